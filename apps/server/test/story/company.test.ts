import type { NewEvent } from '@offstage/domain';
import { inTurn } from '@offstage/domain';
import { decideInterjection } from '@offstage/domain/commands/interject';
import { closeScene } from '@offstage/domain/commands/scenes';
import { groupKey } from '@offstage/domain/members';
import { wordsOf } from '@offstage/domain/words';
import { openStore } from '@offstage/store';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel, section } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
/** What the model answers for the interjection; how a bot speaks; how three are together. */
let interjection: unknown;
let speech: (asked: Asked, name: string) => unknown;
let group: unknown;
let addressee: unknown;

beforeAll(async () => {
  model = await scriptedModel((asked) => {
    const name = /^You are (\w+)[.,]/m.exec(asked.messages[0]?.content ?? '')?.[1] ?? '';
    switch (asked.schema) {
      case null:
        return speech(asked, name);
      case 'passes':
        return { significance: { score: 1 }, ...(asked.parts.includes('interjection') && { interjection }) };
      case 'scene_summary':
        return { summary: `${name} was there.`, quotes: [], feelings: [] };
      case 'scene_threads':
        return { opened: [], updated: [], closed: [] };
      case 'group':
        return group;
      case 'addressee':
        return addressee;
      default:
        return { kind: 'none', label: '' };
    }
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});
beforeEach(() => {
  model.asked.length = 0;
  interjection = { speaks: false, to: null, reason: 'Nothing to add.' };
  speech = (_asked, name) => `"I am ${name}."`;
  group = { summary: 'Ava, Mara and Wren keep each other warm.', mood: 'easy' };
  addressee = { addressee: 'Wren', confidence: 'medium', reason: 'Wren was asked before.' };
});

const services = () => house.app.services;
const read = () => services().store.read;
const idle = () => services().story.idle();

interface Company {
  readonly chatId: string;
  readonly mara: string;
  readonly wren: string;
  readonly ava: string;
}

/** Ava and Mara at the harbour, with Wren as their guest. */
async function company(guest = true): Promise<Company> {
  const { chatId, botId: mara, personaId: ava } = await beginChat(client, { continuity: 'own' });
  const { botId: wren } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Wren', persona: 'Mends nets.', kickoff: 'Wren waits.' } });
  if (guest) await client.guests.set.mutate({ commandId: commandId(), chatId, botId: wren });
  await idle();
  model.asked.length = 0;
  return { chatId, mara, wren, ava };
}

const headOf = async (chatId: string) => (await read().head(chatId))?.turnId ?? '';

/** Says something, and waits until all that follows is done. */
async function say({ chatId }: Company, text: string, to?: string) {
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId, head: await headOf(chatId), text, ...(to !== undefined && { to }) });
  await idle();
  return sent;
}

/** Tries the last reply again, with other words for the message. */
async function again({ chatId }: Company, text: string): Promise<void> {
  await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head: await headOf(chatId), text });
  await idle();
}

/** Who spoke on the active path, from the kickoff on. */
async function speakers({ chatId, mara, wren, ava }: Company): Promise<string[]> {
  const head = await read().head(chatId);
  const turns = await read().path(chatId, 1, (head?.depth ?? 0) + 1);
  const names: Record<string, string> = { [mara]: 'Mara', [wren]: 'Wren', [ava]: 'Ava' };
  return turns.map(({ speakerId }) => names[speakerId ?? ''] ?? '');
}

const narrations = () => model.asked.filter(({ schema }) => schema === null);

describe('GU-1 GU-2 a guest comes and goes', () => {
  test('present set, witnesses and prompts follow at once', async () => {
    const at = await company();
    const { userTurnId, replyTurnId } = await say(at, 'Good evening.');
    for (const id of [userTurnId, replyTurnId]) expect((await read().row('turns', id))?.witnesses.toSorted()).toEqual([at.ava, at.mara, at.wren].toSorted());
    const prompt = narrations()[0]?.messages.at(-1)?.content ?? '';
    expect(prompt).toContain('Present: Ava, Mara, Wren');
    expect(prompt).toContain("Write Mara's next turn, to Ava.");
    expect(prompt).toContain('Ava and Wren speak for themselves.');
    await client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: null });
    model.asked.length = 0;
    const alone = await say(at, 'He is gone.');
    expect((await read().row('turns', alone.replyTurnId))?.witnesses).not.toContain(at.wren);
    expect(narrations()[0]?.messages.at(-1)?.content).toContain('Present: Ava, Mara\n');
  });

  test('who came and who left stands by the turn after which they did, and goes with a rewind', async () => {
    const at = await company(false);
    const before = await headOf(at.chatId);
    const { replyTurnId } = await say(at, 'Is anybody there?');
    await client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: at.wren });
    const comings = async () => (await client.chats.drawer.query({ chatId: at.chatId })).comings.map(({ turnId, steps }) => ({ turnId, steps }));
    expect(await comings()).toEqual([{ turnId: replyTurnId, steps: [{ entityId: at.wren, came: true }] }]);
    expect((await client.chats.cast.query({ chatId: at.chatId })).map(({ name }) => name)).toEqual(['Ava', 'Mara', 'Wren']);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: at.chatId, to: before, reason: 'rewind' });
    expect(await comings()).toEqual([]);
    expect((await read().row('stages', at.chatId))?.guestId).toBeNull();
    expect((await client.chats.cast.query({ chatId: at.chatId })).map(({ name }) => name)).toEqual(['Ava', 'Mara']);
  });

  test('a guest who is let go while speaking ends the sentence first', async () => {
    const at = await company();
    let goOn = (): void => {};
    speech = (_asked, name) => new Promise((resolve) => (goOn = () => resolve(`"I am ${name}, and I am leaving."`)));
    const ear = new Ear(client, at.chatId);
    await ear.ready();
    const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: at.chatId, head: await headOf(at.chatId), text: 'Wren, who are you?' });
    const leaving = client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: null });
    await expect.poll(() => narrations().length).toBe(1);
    expect((await read().row('stages', at.chatId))?.guestId).toBe(at.wren);
    goOn();
    await leaving;
    ear.close();
    expect(await read().row('turns', replyTurnId)).toMatchObject({ speakerId: at.wren, text: '"I am Wren, and I am leaving."', truncated: false });
    expect((await read().row('stages', at.chatId))?.guestId).toBeNull();
    await idle();
  });
});

describe('TN-3 who is spoken to', () => {
  const addressedIn = async (chatId: string, replyTurnId: string) =>
    (await client.explain.turns.query({ chatId, turnIds: [replyTurnId] })).turns[0]?.changes.find(({ what }) => what === 'addressed');

  test('by name the guest, else the one spoken to last; why is kept with the turn', async () => {
    const at = await company();
    const wren = await say(at, 'Wren, come here.');
    const again = await say(at, 'And what then?');
    const mara = await say(at, 'I would rather hear Mara.');
    expect((await speakers(at)).slice(-6)).toEqual(['Ava', 'Wren', 'Ava', 'Wren', 'Ava', 'Mara']);
    expect(await addressedIn(at.chatId, wren.replyTurnId)).toMatchObject({ addresseeId: at.wren, by: 'name', confidence: 'high' });
    expect(await addressedIn(at.chatId, again.replyTurnId)).toMatchObject({ addresseeId: at.wren, by: 'last', reason: 'You spoke to Wren last.' });
    expect(await addressedIn(at.chatId, mara.replyTurnId)).toMatchObject({ addresseeId: at.mara, by: 'name' });
    expect(model.asked.filter(({ schema }) => schema === 'addressee')).toEqual([]);
  });

  test('only where it is ambiguous a model is asked; what it is not sure of is passed over', async () => {
    const at = await company();
    const { replyTurnId } = await say(at, 'What do you two think?');
    expect(await addressedIn(at.chatId, replyTurnId)).toEqual({ what: 'addressed', byHand: false, addresseeId: at.wren, by: 'model', confidence: 'medium', reason: 'Wren was asked before.' });
    addressee = { addressee: 'Mara', confidence: 'low', reason: 'Who knows.' };
    const second = await say(at, 'What do you two think?');
    expect(await addressedIn(at.chatId, second.replyTurnId)).toMatchObject({ addresseeId: at.wren, by: 'last', confidence: 'low' });
  });

  test('whom the person chose, whatever the words say', async () => {
    const at = await company();
    const { replyTurnId } = await say(at, 'Mara is quiet today.', at.wren);
    expect(await addressedIn(at.chatId, replyTurnId)).toMatchObject({ addresseeId: at.wren, by: 'hand' });
    await client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: null });
    const gone = client.turns.send.mutate({ commandId: commandId(), chatId: at.chatId, head: await headOf(at.chatId), text: 'Still there?', to: at.wren });
    expect(await refusal(gone)).toMatchObject({ code: 'invalid', fields: ['to'], message: expect.stringContaining('Wren is not here any more') });
  });

  test('TL-6 other words in the place of a message are answered by whom they name; who was chosen by hand stays chosen where they name nobody', async () => {
    const at = await company();
    await say(at, 'Mara, is it late?');
    await again(at, 'Wren, is it late?');
    expect((await speakers(at)).slice(-2)).toEqual(['Ava', 'Wren']);
    expect(narrations().at(-1)?.messages[0]?.content).toContain('You are Wren.');
    expect(await addressedIn(at.chatId, await headOf(at.chatId))).toMatchObject({ addresseeId: at.wren, by: 'name' });
    const message = await read().row('turns', (await read().row('turns', await headOf(at.chatId)))?.parentId ?? '');
    expect(message).toMatchObject({ text: 'Wren, is it late?', addresseeId: at.wren });
    // Nobody is named: the one spoken to last before it.
    await again(at, 'Is it late?');
    expect((await speakers(at)).at(-1)).toBe('Mara');

    await say(at, 'Who has the key?', at.wren);
    await again(at, 'Who has the old key?');
    expect((await speakers(at)).at(-1)).toBe('Wren');
    expect(await addressedIn(at.chatId, await headOf(at.chatId))).toMatchObject({ addresseeId: at.wren, by: 'hand' });
    await again(at, 'Mara, who has the key?');
    expect((await speakers(at)).at(-1)).toBe('Mara');
    // The same words are no others: the one who answered tries again.
    await again(at, 'Mara, who has the key?');
    expect((await speakers(at)).at(-1)).toBe('Mara');
  });

  test('with one bot there nothing is decided, and nothing kept', async () => {
    const at = await company(false);
    const { replyTurnId } = await say(at, 'Hello, everyone.');
    expect(await addressedIn(at.chatId, replyTurnId)).toBeUndefined();
  });
});

describe('TN-10 the one who was not spoken to breaks in', () => {
  const speaks = { speaks: true, to: 'Mara', reason: 'Wren knows better.' };

  test('once, under the reply, witnessed by all, and learned from like any other', async () => {
    const at = await company();
    interjection = speaks;
    const { replyTurnId } = await say(at, 'Mara, is the light broken?');
    expect((await speakers(at)).slice(-3)).toEqual(['Ava', 'Mara', 'Wren']);
    const aside = await read().row('turns', await headOf(at.chatId));
    expect(aside).toMatchObject({ parentId: replyTurnId, speakerId: at.wren, addresseeId: at.mara, status: 'whole' });
    // Two calls for the reply, two for the interjection, and it is not asked again whether somebody breaks in.
    expect(model.asked.map(({ schema, parts }) => (schema === 'passes' ? parts.includes('interjection') : schema))).toEqual([null, true, null, false]);
    const asked = narrations()[1];
    expect(asked?.messages[0]?.content).toContain('You are Wren.');
    expect(asked?.messages.at(-1)?.content).toContain('Wren was not asked, but breaks in now, speaking to Mara');
    expect(asked?.messages.at(-1)?.content).toContain('# The turn\nMara: "I am Mara."');
    const memories = await client.chats.memories.query({ chatId: at.chatId, ownerId: at.mara, limit: 5 });
    expect(memories[0]?.text).toBe('Wren said to me: "I am Wren."');
    const explained = await client.explain.turns.query({ chatId: at.chatId, turnIds: [replyTurnId] });
    expect(explained.turns[0]?.changes.filter(({ what }) => what === 'interjection')).toEqual([{ what: 'interjection', byHand: false, botId: at.wren, speaks: true, addresseeId: at.mara, reason: 'Wren knows better.' }]);
    expect(await read().rows('owed', {})).toEqual([]);
    // The one spoken to last is still Mara.
    interjection = { speaks: false, to: null, reason: 'No.' };
    await say(at, 'I see.');
    expect((await speakers(at)).at(-1)).toBe('Mara');
  });

  test('not where nobody else is there, or the part is switched off', async () => {
    const alone = await company(false);
    interjection = speaks;
    await say(alone, 'Hello.');
    expect((await speakers(alone)).at(-1)).toBe('Mara');
    expect(model.asked.some(({ parts }) => parts.includes('interjection'))).toBe(false);
    const at = await company();
    await client.tuning.set.mutate({ commandId: commandId(), chatId: at.chatId, passesOff: ['interjection'] });
    await say(at, 'Hello.');
    expect((await speakers(at)).at(-1)).toBe('Mara');
  });

  test('TL-4 rewinding to the reply takes it away for good; undone, it is back', async () => {
    const at = await company();
    interjection = speaks;
    const { replyTurnId } = await say(at, 'Mara, is the light broken?');
    const aside = await headOf(at.chatId);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: at.chatId, to: replyTurnId, reason: 'rewind' });
    await idle();
    expect(await headOf(at.chatId)).toBe(replyTurnId);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: at.chatId, to: aside, reason: 'undo' });
    await idle();
    expect(await headOf(at.chatId)).toBe(aside);
  });

  test('TL-6 TL-7 it is tried again by itself, and an alternate of the reply brings its own interjection back', async () => {
    const at = await company();
    interjection = speaks;
    const { replyTurnId } = await say(at, 'Mara, is the light broken?');
    const aside = await headOf(at.chatId);
    speech = (_asked, name) => `"Once more, ${name}."`;
    model.asked.length = 0;
    await client.turns.regenerate.mutate({ commandId: commandId(), chatId: at.chatId, head: aside });
    await idle();
    const again = await read().row('turns', await headOf(at.chatId));
    expect(again).toMatchObject({ parentId: replyTurnId, speakerId: at.wren, text: '"Once more, Wren."' });
    expect(narrations()[0]?.messages.at(-1)?.content).toContain('breaks in now, speaking to Mara');
    interjection = { speaks: false, to: null, reason: 'No.' };
    const other = await client.turns.regenerate.mutate({ commandId: commandId(), chatId: at.chatId, head: again?.turnId ?? '', turnId: replyTurnId });
    await idle();
    expect(await headOf(at.chatId)).toBe(other.replyTurnId);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: at.chatId, to: replyTurnId, reason: 'swipe' });
    expect(await headOf(at.chatId)).toBe(again?.turnId);
  });

  test('where the person has written on, its moment has passed', async () => {
    const at = await company();
    interjection = speaks;
    let decide = (): void => {};
    const held = new Promise<void>((resolve) => (decide = resolve));
    const script = model.script;
    model.script = async (asked) => {
      if (asked.parts.includes('interjection')) await held;
      return script(asked);
    };
    const ear = new Ear(client, at.chatId);
    await ear.ready();
    const first = await client.turns.send.mutate({ commandId: commandId(), chatId: at.chatId, head: await headOf(at.chatId), text: 'Mara, listen.' });
    await ear.whole(first.replyTurnId);
    const second = await client.turns.send.mutate({ commandId: commandId(), chatId: at.chatId, head: first.replyTurnId, text: 'No, wait.' });
    await ear.whole(second.replyTurnId);
    interjection = speaks;
    decide();
    model.script = script;
    await idle();
    ear.close();
    expect((await speakers(at)).slice(-5)).toEqual(['Ava', 'Mara', 'Ava', 'Mara', 'Wren']);
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('it can be stopped, and nobody breaks in after a reply that was', async () => {
    const at = await company();
    interjection = speaks;
    speech = (_asked, name) => (name === 'Mara' ? '"I am Mara."' : new Promise(() => {}));
    const ear = new Ear(client, at.chatId);
    await ear.ready();
    const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: at.chatId, head: await headOf(at.chatId), text: 'Mara, listen.' });
    await ear.whole(replyTurnId);
    await expect.poll(() => narrations().length).toBe(2);
    expect((await client.turns.stop.mutate({ chatId: at.chatId })).stopped).toBe(true);
    await idle();
    expect(await read().row('turns', await headOf(at.chatId))).toMatchObject({ speakerId: at.wren, finishReason: 'aborted', status: 'whole' });
    ear.close();
  });
});

describe('TN-9 TN-10 the turn of one who is to break in', () => {
  /** Plays a reply, stops the server, writes down that Wren is to break in, and what else, as if the server had been killed just then. */
  async function killedAfter(more: (at: Company, replyId: string) => Promise<NewEvent[]> = async () => []): Promise<Company> {
    const at = await company();
    const { replyTurnId } = await say(at, 'Mara, is the light broken?');
    const events = [...decideInterjection({ chatId: at.chatId, turnId: replyTurnId }, { botId: at.wren, speaks: true, addresseeId: at.mara, reason: 'Wren knows better.' }), ...(await more(at, replyTurnId))];
    await house.leave();
    const store = await openStore({ path: join(house.folder, 'offstage.db'), migrationsFolder: join(import.meta.dirname, '../../../../drizzle') });
    await store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, async () => ({ events, answer: null }));
    await store.close();
    model.asked.length = 0;
    return at;
  }

  async function start(): Promise<void> {
    house = await openHouse({ folder: house.folder, model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    client = house.tab().client;
    await idle();
  }

  test('killed between the decision and the turn, it is played at the next start, and once', async () => {
    const at = await killedAfter();
    await start();
    expect((await speakers(at)).slice(-3)).toEqual(['Ava', 'Mara', 'Wren']);
    expect(narrations()[0]?.messages.at(-1)?.content).toContain('breaks in now, speaking to Mara');
    expect(await read().rows('owed', {})).toEqual([]);
    await house.leave();
    await start();
    expect((await speakers(at)).slice(-3)).toEqual(['Ava', 'Mara', 'Wren']);
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('not where the scene has been closed since, or the bot has gone: its moment has passed', async () => {
    const closing = async (at: Company, replyId: string): Promise<NewEvent[]> => {
      const scene = await read().row('scenes', (await read().row('stages', at.chatId))?.sceneId ?? '');
      return closeScene({ chatId: at.chatId, turnId: replyId, scene, cast: { personaId: at.ava, hostId: at.mara, guestId: at.wren }, clock: null, significance: 1, nextSceneId: 'next', place: undefined });
    };
    const closed = await killedAfter(closing);
    await start();
    expect((await speakers(closed)).at(-1)).toBe('Mara');
    expect(await read().rows('owed', { what: 'interjection' })).toEqual([]);

    const left = await killedAfter(async (at, replyId) => [
      inTurn(at.chatId, replyId, 'guest_set', { guestId: null, leaving: at.wren }),
      inTurn(at.chatId, replyId, 'scene_present_changed', { sceneId: (await read().row('stages', at.chatId))?.sceneId ?? '', present: [at.ava, at.mara], presentSet: 'you_host' }),
    ]);
    await start();
    expect((await speakers(left)).at(-1)).toBe('Mara');
    expect(await read().rows('owed', { what: 'interjection' })).toEqual([]);
  });

  test('not where the reply itself has ended the scene; why is told', async () => {
    const at = await company();
    const script = model.script;
    model.script = (asked) => (asked.schema === 'passes' ? { scene: { ended: true, how: 'ended', place: null }, interjection: { speaks: true, to: null, reason: 'Wait!' } } : script(asked));
    const { replyTurnId } = await say(at, 'Mara, good night.');
    model.script = script;
    expect((await speakers(at)).at(-1)).toBe('Mara');
    const [told] = (await client.explain.turns.query({ chatId: at.chatId, turnIds: [replyTurnId] })).turns;
    expect(told?.changes).toContainEqual(expect.objectContaining({ what: 'interjection', speaks: false, reason: 'The scene has ended.' }));
  });
});

describe('GU-3 WD-9 how three are together', () => {
  const groupOf = ({ chatId, mara, wren, ava }: Company) => read().row('groupNodes', groupKey(chatId, [ava, mara, wren]));

  test('is put in words when a scene ends, in one question, and comes to the prompts of those three alone', async () => {
    const at = await company();
    await say(at, 'Good evening.');
    model.asked.length = 0;
    await client.scenes.close.mutate({ commandId: commandId(), chatId: at.chatId });
    await idle();
    expect(model.asked.map(({ schema }) => schema ?? '').toSorted()).toEqual(['group', 'scene_summary', 'scene_summary', 'scene_threads']);
    const asked = model.asked.find(({ schema }) => schema === 'group');
    expect(asked && section(asked, 'Present')).toBe('Ava (the person), Mara, Wren');
    expect(asked && section(asked, 'What happened')).toContain('Ava: Good evening.');
    expect(await groupOf(at)).toMatchObject({ summary: 'Ava, Mara and Wren keep each other warm.', mood: 'easy' });
    model.asked.length = 0;
    await say(at, 'And now?');
    expect(narrations()[0]?.messages.at(-1)?.content).toContain('# How they are together\nAva, Mara and Wren keep each other warm. Mood: easy.');
    await client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: null });
    model.asked.length = 0;
    await say(at, 'Just us two.');
    expect(JSON.stringify(model.asked)).not.toContain('keep each other warm');
    const { botId: pia } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Pia', persona: 'A stranger.', kickoff: 'Pia waits.' } });
    await client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: pia });
    model.asked.length = 0;
    await say(at, 'Pia, welcome.');
    expect(JSON.stringify(model.asked)).not.toContain('keep each other warm');
  });

  test('a hand changes it where it stands, and undoes that', async () => {
    const at = await company();
    await say(at, 'Good evening.');
    await client.scenes.close.mutate({ commandId: commandId(), chatId: at.chatId });
    await idle();
    const edited = await client.edits.setGroup.mutate({ commandId: commandId(), chatId: at.chatId, changes: { summary: 'They do not trust each other.' } });
    expect(await groupOf(at)).toMatchObject({ summary: 'They do not trust each other.', mood: 'easy' });
    await client.edits.undo.mutate({ commandId: commandId(), chatId: at.chatId, of: edited.commandId });
    expect(await groupOf(at)).toMatchObject({ summary: 'Ava, Mara and Wren keep each other warm.', mood: 'easy' });
  });

  test('what a hand says while the question is on its way stays', async () => {
    const at = await company();
    await say(at, 'Good evening.');
    let tell = (): void => {};
    group = new Promise((resolve) => (tell = () => resolve({ summary: 'Nothing of the kind.', mood: 'cold' })));
    await client.scenes.close.mutate({ commandId: commandId(), chatId: at.chatId });
    await expect.poll(() => model.asked.some(({ schema }) => schema === 'group')).toBe(true);
    await client.edits.setGroup.mutate({ commandId: commandId(), chatId: at.chatId, changes: { summary: 'As I say.' } });
    tell();
    await idle();
    expect(await groupOf(at)).toMatchObject({ summary: 'As I say.' });
  });

  test('without a usable answer it stays as it was, and nothing is owed for it', async () => {
    const at = await company();
    await say(at, 'Good evening.');
    group = 'no';
    await client.scenes.close.mutate({ commandId: commandId(), chatId: at.chatId });
    await idle();
    expect(await groupOf(at)).toBeUndefined();
    expect(await read().rows('owed', {})).toEqual([]);
  });
});

describe('TL-12 a bot that is deleted', () => {
  test('from the library, while it is a guest elsewhere: that chat is read and played on', async () => {
    const at = await company();
    interjection = { speaks: true, to: null, reason: 'Always.' };
    await say(at, 'Wren, hello.');
    await client.bots.remove.mutate({ commandId: commandId(), botId: at.wren });
    await say(at, 'Wren, still here?');
    expect(wordsOf((await read().row('turns', await headOf(at.chatId))) ?? { text: '', edited: null })).not.toBe('');
    await client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: null });
    const back = client.guests.set.mutate({ commandId: commandId(), chatId: at.chatId, botId: at.wren });
    expect(await refusal(back)).toMatchObject({ code: 'not_found' });
  });

  test('for good, while it is a guest elsewhere: it leaves, its name stays by its turns, and the story goes on', async () => {
    const at = await company();
    await say(at, 'Wren, hello.');
    await client.purge.run.mutate({ commandId: commandId(), target: { what: 'bot', botId: at.wren, together: false }, name: 'Wren' });
    const { cast } = await client.chats.open.query({ chatId: at.chatId });
    expect(cast.map(({ name }) => name)).toContain('Wren');
    interjection = { speaks: true, to: null, reason: 'Always.' };
    await say(at, 'Wren is gone.');
    expect((await speakers(at)).slice(-2)).toEqual(['Ava', 'Mara']);
  });
});
