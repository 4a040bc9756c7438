import { projectionNames } from '@offstage/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel, section } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

const MODELS = { narrative: 'narrator', classifier: 'keeper' };

let model: ScriptedModel;
let house: House;
let client: Client;
/** What the model answers for the bookkeeping. */
let books: (asked: Asked) => unknown = () => ({});

beforeAll(async () => {
  model = await scriptedModel((asked) => {
    if (asked.schema === null) return '*Mara nods.* "I hear you."';
    if (asked.schema === 'passes') return books(asked);
    if (asked.schema === 'scene_summary') return { summary: 'I stood at the harbour with Ava.', quotes: [], feelings: [{ to: 'Ava', summary: 'She talks, I listen.' }] };
    return {};
  });
  house = await openHouse({ model: { url: model.url, ...MODELS } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});
beforeEach(() => {
  books = () => found();
});

/** What is found in a turn; `change` says otherwise. */
const found = (change: Record<string, unknown> = {}) => ({
  memories: { told: [{ teller: 'Ava', hearer: 'Mara', fact: 'The mill burned down.' }] },
  significance: { score: 3 },
  edges: { moves: [{ from: 'Mara', to: 'Ava', affinity: 3, trust: -2, facts: ['Ava is a baker.'] }] },
  activity: { minutes: 12, weather: 'Snow', people: [{ name: 'Mara', place: null, posture: 'leaning on the rail', action: null, holding: null, attention: null }] },
  scene: { ended: false, how: 'no', place: null },
  ...change,
});
const anew = (change: Record<string, unknown> = {}) =>
  found({
    memories: { told: [{ teller: 'Ava', hearer: 'Mara', fact: 'The mill was sold.' }] },
    significance: { score: 1 },
    edges: { moves: [{ from: 'Mara', to: 'Ava', affinity: -4, trust: 1, facts: ['Ava is a miller.'] }] },
    activity: { minutes: 5, weather: 'Hail', people: [] },
    ...change,
  });

const LEFT = { ended: true, how: 'left', place: { name: 'The mill', type: 'mill', description: '' } };

const read = () => house.app.services.store.read;
const idle = () => house.app.services.story.idle();
const begin = () => beginChat(client, { continuity: 'own' });
type Chat = Awaited<ReturnType<typeof begin>>;
const say = (chat: Chat, text: string) => sayIn(house, client, chat, text);
const edit = (turnId: string, text: string) => client.turns.edit.mutate({ commandId: commandId(), turnId, text });
const ask = (turnId: string) => client.turns.learnAgain.mutate({ commandId: commandId(), turnId });
const stage = (chat: Chat) => read().row('stages', chat.chatId);
const memories = (chat: Chat) => client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 50 });

async function edgeOf(chat: Chat) {
  const continuityId = (await read().row('chats', chat.chatId))?.continuityId ?? '';
  return read().row('edges', `${continuityId}/${chat.botId}/${chat.personaId}`);
}

async function pinsOf(chat: Chat) {
  const continuityId = (await read().row('chats', chat.chatId))?.continuityId ?? '';
  return (await read().row('pins', `${continuityId}/${chat.botId}`))?.pins ?? [];
}

async function learnAgain(turnId: string): Promise<void> {
  await ask(turnId);
  await idle();
}

/** Every row there is, but what stands apart from the story. */
async function everything(): Promise<Record<string, readonly object[]>> {
  return Object.fromEntries(await Promise.all(projectionNames.map(async (name) => [name, await read().rows(name, {})] as const)));
}

describe('TL-8 learn this again', () => {
  test('what the words led to is found anew, in place of what was found before', async () => {
    const chat = await begin();
    const before = await edgeOf(chat);
    const clock = Date.parse((await stage(chat))?.clock ?? '');
    const { userTurnId, replyTurnId } = await say(chat, 'The mill burned down, I am a baker.');
    await edit(userTurnId, 'The mill was sold, I am a miller.');
    books = () => anew();
    model.asked.length = 0;
    await learnAgain(userTurnId);
    expect(section(model.asked.find(({ schema }) => schema === 'passes') as Asked, 'The turn')).toContain('I am a miller');
    expect(await edgeOf(chat)).toMatchObject({ affinity: (before?.affinity ?? 0) - 4, trust: (before?.trust ?? 0) + 1, knowledge: ['Ava is a miller.'] });
    expect(await stage(chat)).toMatchObject({ weather: 'Hail', clock: new Date(clock + 5 * 60_000).toISOString() });
    expect(await read().row('activities', `${chat.chatId}/${chat.botId}`)).not.toMatchObject({ posture: 'leaning on the rail' });
    const known = (await memories(chat)).filter(({ turnId }) => turnId === replyTurnId);
    expect(known.map(({ kind, text, significance }) => [kind, text.includes('mill was sold'), significance])).toEqual([['told', true, 1], ['turn', true, 1]]);
    expect(await pinsOf(chat)).toEqual([]);
    expect(await read().rows('owed', {})).toEqual([]);
    expect(JSON.stringify(await client.explain.turns.query({ chatId: chat.chatId, turnIds: [replyTurnId] }))).not.toContain('burned');
  });

  test('and again, as often as is wanted; a command that arrives twice does it once', async () => {
    const chat = await begin();
    const before = await edgeOf(chat);
    const { replyTurnId } = await say(chat, 'Hello.');
    books = () => anew();
    await learnAgain(replyTurnId);
    books = () => found();
    const command = { commandId: commandId(), turnId: replyTurnId };
    await client.turns.learnAgain.mutate(command);
    await client.turns.learnAgain.mutate(command);
    await idle();
    expect(await edgeOf(chat)).toMatchObject({ affinity: (before?.affinity ?? 0) + 3, knowledge: ['Ava is a baker.'] });
    expect((await memories(chat)).filter(({ turnId }) => turnId === replyTurnId)).toHaveLength(2);
  });

  test('the log keeps everything; a rewind past it and back gives the very same rows, and so does a rebuild', async () => {
    const chat = await begin();
    const start = chat.head;
    const first = await edgeOf(chat);
    const { replyTurnId } = await say(chat, 'Hello.');
    await edit(replyTurnId, 'Mara turns away.');
    books = () => anew();
    await learnAgain(replyTurnId);
    const learned = await everything();
    const move = (to: string, reason: 'rewind' | 'undo') => client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason });
    await move(start, 'rewind');
    expect(await edgeOf(chat)).toEqual(first);
    model.asked.length = 0;
    await move(replyTurnId, 'undo');
    await idle();
    const touched = (rows: readonly object[] | undefined) => rows?.map((row) => ({ ...row, touchedAt: '', movedSeq: 0 }));
    const back = await everything();
    expect({ ...back, chats: touched(back['chats']) }).toEqual({ ...learned, chats: touched(learned['chats']) });
    expect(model.asked).toEqual([]);
    await house.app.services.store.rebuild();
    expect(await everything()).toEqual(back);
    const log = await house.app.services.store.events({ after: 0, limit: 100_000 });
    expect(log.filter(({ kind, turnId }) => turnId === replyTurnId && kind === 'edge_update')).toHaveLength(2);
  });

  test('what a hand has set since stays: an edge, the clock, the weather, a memory in its own words, a pin, a score', async () => {
    const chat = await begin();
    const { replyTurnId } = await say(chat, 'Hello.');
    const own = (await memories(chat)).find(({ turnId, kind }) => turnId === replyTurnId && kind === 'turn');
    const told = (await memories(chat)).find(({ turnId, kind }) => turnId === replyTurnId && kind === 'told');
    const at = { chatId: chat.chatId };
    await client.edits.setEdge.mutate({ commandId: commandId(), ...at, source: chat.botId, target: chat.personaId, changes: { affinity: 71, knowledge: [] } });
    await client.edits.setClock.mutate({ commandId: commandId(), ...at, clock: '2031-07-01T12:00:00.000Z' });
    await client.edits.setWeather.mutate({ commandId: commandId(), ...at, weather: 'Fog' });
    await client.edits.editMemory.mutate({ commandId: commandId(), ...at, memoryId: own?.memoryId ?? '', text: 'She greeted me. I was glad.' });
    await client.edits.scoreMemory.mutate({ commandId: commandId(), ...at, memoryId: own?.memoryId ?? '', significance: 2 });
    await client.edits.pinMemory.mutate({ commandId: commandId(), ...at, memoryId: told?.memoryId ?? '' });
    await edit(replyTurnId, 'Mara turns away.');
    books = () => anew({ edges: { moves: [{ from: 'Mara', to: 'Ava', affinity: -4, trust: 1, facts: ['Ava is a miller.', 'Ava is a baker.'] }] } });
    await learnAgain(replyTurnId);
    // What a hand took out of the list is not put back.
    expect(await edgeOf(chat)).toMatchObject({ affinity: 71, knowledge: ['Ava is a miller.'] });
    expect(await stage(chat)).toMatchObject({ weather: 'Fog', clock: '2031-07-01T12:00:00.000Z' });
    const known = await memories(chat);
    expect(known.find(({ memoryId }) => memoryId === own?.memoryId)).toMatchObject({ text: 'She greeted me. I was glad.', significance: 2 });
    expect(known.map(({ memoryId }) => memoryId)).toContain(told?.memoryId);
    expect(await pinsOf(chat)).toMatchObject([{ memoryId: told?.memoryId, auto: false }]);
  });

  test('a memory that a hand has deleted stays so', async () => {
    const chat = await begin();
    const { replyTurnId } = await say(chat, 'Hello.');
    for (const { memoryId, turnId, kind } of await memories(chat)) {
      if (turnId === replyTurnId && kind === 'turn') await client.edits.deleteMemory.mutate({ commandId: commandId(), chatId: chat.chatId, memoryId });
    }
    await edit(replyTurnId, 'Mara turns away.');
    await learnAgain(replyTurnId);
    expect((await memories(chat)).filter(({ turnId, kind }) => turnId === replyTurnId && kind === 'turn')).toEqual([]);
  });

  test('a crash in the middle loses nothing', async () => {
    const options = { model: { url: model.url, ...MODELS } };
    const other = await openHouse(options);
    const tab = other.tab().client;
    const chat = await beginChat(tab, { continuity: 'own' });
    const { replyTurnId } = await sayIn(other, tab, chat, 'Hello.');
    const never = Promise.withResolvers<unknown>();
    books = () => never.promise;
    await tab.turns.learnAgain.mutate({ commandId: commandId(), turnId: replyTurnId });
    await other.leave();
    books = () => anew();
    never.resolve({});
    const again = await openHouse({ folder: other.folder, ...options });
    try {
      await again.app.services.story.idle();
      const { store } = again.app.services;
      expect(await store.read.row('stages', chat.chatId)).toMatchObject({ weather: 'Hail' });
      expect(await store.read.rows('owed', {})).toEqual([]);
    } finally {
      await again.close();
    }
  });

  test('while the turn is first learned from, it is learned from once, and by the words that stand', async () => {
    const chat = await begin();
    const before = await edgeOf(chat);
    const gate = Promise.withResolvers<unknown>();
    const asked = Promise.withResolvers<void>();
    books = () => {
      asked.resolve();
      return gate.promise;
    };
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello.' });
    await ear.whole(replyTurnId);
    ear.close();
    await asked.promise;
    await ask(replyTurnId);
    books = () => anew();
    gate.resolve(found());
    await idle();
    expect(await edgeOf(chat)).toMatchObject({ affinity: (before?.affinity ?? 0) - 4, knowledge: ['Ava is a miller.'] });
    expect((await memories(chat)).filter(({ turnId }) => turnId === replyTurnId)).toHaveLength(2);
  });

  test('a scene that ended in words that no longer say so goes on', async () => {
    const chat = await begin();
    const scene = (await stage(chat))?.sceneId;
    books = () => found({ scene: LEFT });
    const { replyTurnId } = await say(chat, 'We walk to the mill.');
    expect((await stage(chat))?.sceneId).not.toBe(scene);
    expect((await memories(chat)).filter(({ kind }) => kind === 'scene')).toHaveLength(1);
    await edit(replyTurnId, 'Mara stays where she is.');
    books = () => anew();
    await learnAgain(replyTurnId);
    expect((await stage(chat))?.sceneId).toBe(scene);
    expect(await read().rows('scenes', { chatId: chat.chatId })).toMatchObject([{ closed: false }]);
    const known = await memories(chat);
    expect(known.filter(({ kind }) => kind === 'scene')).toEqual([]);
    expect(known.every(({ coveredBy }) => coveredBy === null)).toBe(true);
    expect((await edgeOf(chat))?.summary).not.toBe('She talks, I listen.');
    books = () => found({ scene: LEFT });
    await learnAgain(replyTurnId);
    expect((await memories(chat)).filter(({ kind }) => kind === 'scene')).toHaveLength(1);
  });

  test('a scene that ended stays ended where the story has gone on in the next', async () => {
    const chat = await begin();
    books = () => found({ scene: LEFT });
    const { replyTurnId } = await say(chat, 'We walk to the mill.');
    const next = (await stage(chat))?.sceneId;
    books = () => found({ activity: { minutes: 1, weather: 'Sun', people: [] } });
    await say(chat, 'Here we are.');
    await edit(replyTurnId, 'Mara comes along.');
    books = () => anew();
    await learnAgain(replyTurnId);
    // And the sky of the later turn is the sky of now.
    expect(await stage(chat)).toMatchObject({ sceneId: next, weather: 'Sun' });
    expect((await memories(chat)).filter(({ kind }) => kind === 'scene')).toHaveLength(1);
    expect((await read().rows('scenes', { chatId: chat.chatId })).filter(({ closed }) => closed)).toHaveLength(1);
  });

  test('a turn being written, one beside the path, and one that is not there are refused kindly', async () => {
    const chat = await begin();
    const start = chat.head;
    const { replyTurnId } = await say(chat, 'Hello.');
    await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: start, reason: 'rewind' });
    expect(await refusal(ask(replyTurnId))).toMatchObject({ code: 'invalid', fields: ['turnId'] });
    expect(await refusal(ask('nobody'))).toMatchObject({ code: 'not_found', fields: ['turnId'] });
  });
});

describe('TL-13 what comes when its turn has left the path', () => {
  /** Sends a message whose bookkeeping waits for what is returned, and rewinds before it. */
  async function rewoundMeanwhile(chat: Chat) {
    const start = chat.head;
    const gate = Promise.withResolvers<unknown>();
    const asked = Promise.withResolvers<void>();
    books = () => {
      asked.resolve();
      return gate.promise;
    };
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello.' });
    await ear.whole(replyTurnId);
    ear.close();
    await asked.promise;
    const move = (to: string, reason: 'rewind' | 'undo') => client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason });
    return { replyTurnId, gate, back: () => move(start, 'rewind'), there: () => move(replyTurnId, 'undo') };
  }

  test('it lands there: nothing changes here, and nothing is asked again when the turn is back', async () => {
    const chat = await begin();
    const before = await edgeOf(chat);
    const { replyTurnId, gate, back, there } = await rewoundMeanwhile(chat);
    await back();
    gate.resolve(found({ scene: LEFT }));
    await idle();
    expect(await edgeOf(chat)).toEqual(before);
    expect((await read().rows('scenes', { chatId: chat.chatId }))).toHaveLength(1);
    model.asked.length = 0;
    await there();
    await idle();
    expect(model.asked.filter(({ schema }) => schema === 'passes')).toEqual([]);
    expect(await edgeOf(chat)).toMatchObject({ affinity: (before?.affinity ?? 0) + 3, knowledge: ['Ava is a baker.'] });
    expect(await stage(chat)).toMatchObject({ weather: 'Snow' });
    expect((await memories(chat)).filter(({ turnId, kind }) => turnId === replyTurnId && kind === 'turn')).toHaveLength(1);
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('TN-8 there too an absolute value yields to a hand that had set it on that branch', async () => {
    const chat = await begin();
    const { gate, back, there } = await rewoundMeanwhile(chat);
    await client.edits.setWeather.mutate({ commandId: commandId(), chatId: chat.chatId, weather: 'Fog' });
    await back();
    await client.edits.setWeather.mutate({ commandId: commandId(), chatId: chat.chatId, weather: 'Drizzle' });
    gate.resolve(found());
    await idle();
    expect(await stage(chat)).toMatchObject({ weather: 'Drizzle' });
    await there();
    await idle();
    expect((await stage(chat))?.weather).not.toBe('Snow');
  });

  test('what was not begun waits until the turn is back', async () => {
    const chat = await begin();
    const start = chat.head;
    const { replyTurnId, gate, back } = await rewoundMeanwhile(chat);
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    const next = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: replyTurnId, text: 'And on.' });
    await ear.whole(next.replyTurnId);
    ear.close();
    await back();
    books = () => found();
    model.asked.length = 0;
    gate.resolve(found());
    await idle();
    expect(model.asked).toEqual([]);
    expect((await read().head(chat.chatId))?.turnId).toBe(start);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: next.replyTurnId, reason: 'undo' });
    await idle();
    expect(model.asked.filter(({ schema }) => schema === 'passes')).toHaveLength(1);
    expect((await memories(chat)).filter(({ kind }) => kind === 'turn').map(({ turnId }) => turnId)).toEqual(expect.arrayContaining([replyTurnId, next.replyTurnId]));
  });

  test('the accounts of a scene land where it ended', async () => {
    const chat = await begin();
    const { replyTurnId } = await say(chat, 'Hello.');
    const script = model.script;
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    model.script = async (call) => {
      if (call.schema !== 'scene_summary') return script(call);
      asked.resolve();
      await gate.promise;
      return script(call);
    };
    try {
      await client.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId });
      await asked.promise;
      const start = (await read().path(chat.chatId, 0, 1))[0]?.turnId ?? '';
      await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: start, reason: 'rewind' });
      gate.resolve();
      await idle();
      expect((await memories(chat)).filter(({ kind }) => kind === 'scene')).toEqual([]);
      model.asked.length = 0;
      await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: replyTurnId, reason: 'undo' });
      await idle();
      expect(model.asked).toEqual([]);
      expect((await memories(chat)).filter(({ kind }) => kind === 'scene')).toMatchObject([{ text: 'I stood at the harbour with Ava.' }]);
    } finally {
      model.script = script;
    }
  });
});

test('SC-2 a scene that closed before its last reply was judged matters as much as that reply', async () => {
  const chat = await begin();
  const gate = Promise.withResolvers<unknown>();
  books = () => gate.promise;
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello.' });
  await ear.whole(replyTurnId);
  ear.close();
  const sceneId = (await stage(chat))?.sceneId ?? '';
  await client.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId });
  gate.resolve(found());
  await idle();
  expect(await read().row('scenes', sceneId)).toMatchObject({ closed: true, significance: 3 });
});

test('PR-1 a memory that was added by hand comes to mind although its turn stands in the transcript', async () => {
  const chat = await begin();
  await say(chat, 'Hello.');
  await client.edits.addMemory.mutate({ commandId: commandId(), chatId: chat.chatId, ownerId: chat.botId, text: 'The key of the lighthouse hangs behind the stove.', significance: 1 });
  model.asked.length = 0;
  await say(chat, 'Where does the key of the lighthouse hang?');
  expect(JSON.stringify(model.asked.find(({ schema }) => schema === null)?.messages)).toContain('behind the stove');
});
