import { inTurn } from '@offstage/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel, section } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
/** What the model answers for the parts of the bookkeeping; anything else is plain. */
let books: Record<string, unknown> | string | ((asked: Asked) => unknown) = {};

beforeAll(async () => {
  model = await scriptedModel((asked) => {
    if (asked.schema === null) return '*Mara nods.* "I hear you."';
    if (asked.schema === 'passes') return typeof books === 'function' ? books(asked) : books;
    if (asked.schema === 'scene_summary') return { summary: 'I stood at the harbour with Ava.', quotes: ['I hear you.'], feelings: [{ to: 'Ava', summary: 'She talks, I listen.' }] };
    return {};
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
  books = {};
});

const play = (chat: { readonly chatId: string; head: string }, text: string) => sayIn(house, client, chat, text);

const read = () => house.app.services.store.read;
const edgeOf = async (chat: { botId: string; personaId: string; chatId: string }) => {
  const continuityId = (await read().row('chats', chat.chatId))?.continuityId ?? '';
  return read().row('edges', `${continuityId}/${chat.botId}/${chat.personaId}`);
};
const own = () => beginChat(client, { continuity: 'own' });

const whole = {
  memories: { told: [{ teller: 'Ava', hearer: 'Mara', fact: 'The mill at Stade burned down.' }] },
  significance: { score: 2 },
  edges: { moves: [{ from: 'Mara', to: 'Ava', affinity: 3, trust: -2, facts: ['Ava is a baker.'] }] },
  activity: { minutes: 12, weather: 'Snow', people: [{ name: 'Mara', place: null, posture: 'leaning on the rail', action: null, holding: ['a lamp'], attention: null }] },
  scene: { ended: false, how: 'no', place: null },
};

describe('TN-8 what is learned from a reply', () => {
  test('one call carries all parts, and all of them take effect on the reply\'s turn', async () => {
    const chat = await own();
    const before = await edgeOf(chat);
    const clock = (await read().row('stages', chat.chatId))?.clock ?? '';
    books = whole;
    const { replyTurnId } = await play(chat, 'The mill at Stade burned down.');
    const calls = model.asked.filter(({ schema }) => schema === 'passes');
    expect(calls.map(({ parts, model: by }) => [parts, by])).toEqual([[['memories', 'significance', 'edges', 'activity', 'scene'], 'keeper']]);
    expect(await edgeOf(chat)).toMatchObject({ affinity: (before?.affinity ?? 0) + 3, trust: (before?.trust ?? 0) - 2, knowledge: ['Ava is a baker.'] });
    const stage = await read().row('stages', chat.chatId);
    expect(Date.parse(stage?.clock ?? '') - Date.parse(clock)).toBe(12 * 60_000);
    expect(stage?.weather).toBe('Snow');
    expect(await read().row('activities', `${chat.chatId}/${chat.botId}`)).toMatchObject({ posture: 'leaning on the rail', holding: ['a lamp'] });
    const memories = (await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 10 })).filter(({ turnId }) => turnId === replyTurnId);
    expect(memories.map(({ kind, significance, source, reliability }) => ({ kind, significance, source, reliability }))).toEqual([
      { kind: 'told', significance: 2, source: `told_by:${chat.personaId}`, reliability: 0.8 },
      { kind: 'turn', significance: 2, source: 'direct', reliability: 1 },
    ]);
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('PF-10 a turn costs two calls, and none comes before the narrative one (TN-2)', async () => {
    const chat = await own();
    model.asked.length = 0;
    books = whole;
    await play(chat, 'Good evening.');
    expect(model.asked.map(({ schema }) => schema)).toEqual([null, 'passes']);
  });

  test('a part that fails falls back alone; the others keep their result', async () => {
    const chat = await own();
    const before = await edgeOf(chat);
    books = { ...whole, activity: { minutes: 'a while', people: 'everyone' }, significance: { score: 9 }, memories: 'none' };
    await play(chat, 'I am a baker.');
    expect(await edgeOf(chat)).toMatchObject({ affinity: (before?.affinity ?? 0) + 3 });
    const [memory] = await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 1 });
    expect(memory).toMatchObject({ kind: 'turn', significance: 1 });
    const failures = await house.app.services.store.failures(3);
    expect(failures.map(({ purpose }) => purpose).toSorted()).toEqual(['passes: activity', 'passes: memories', 'passes: significance']);
  });

  test.each([
    ['prose', 'Well, a lot happened in that turn, I would say.'],
    ['a refusal', 'I\'m sorry, but I can\'t help with that.'],
    ['a torn object', '{"edges": {"moves": [{"from": "Mara", "to": '],
    ['a list', '[1, 2, 3]'],
    ['nothing that was asked for', '{"hello": "world"}'],
    ['2 MB', `{"edges": {"moves": []}, "pad": "${'x'.repeat(2_000_000)}"}`],
  ])('MO-3 %s costs no story: the memory is there, and the next turn works', async (_, raw) => {
    const chat = await own();
    books = () => raw;
    const { replyTurnId } = await play(chat, 'I am a baker.');
    const [memory] = await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 1 });
    expect(memory).toMatchObject({ turnId: replyTurnId, kind: 'turn' });
    books = whole;
    const before = await edgeOf(chat);
    await play(chat, 'And you?');
    expect((await edgeOf(chat))?.affinity).toBe((before?.affinity ?? 0) + 3);
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('names of nobody present, and values out of range, move nothing that they should not', async () => {
    const chat = await own();
    const before = await edgeOf(chat);
    books = {
      memories: { told: [{ teller: 'Napoleon', hearer: 'Mara', fact: 'x' }, { teller: 'Ava', hearer: 'Ava', fact: 'y' }, { teller: 'Mara', hearer: 'Ava', fact: 'z' }] },
      significance: { score: 1 },
      edges: { moves: [{ from: 'Mara', to: 'Napoleon', affinity: 9, trust: 9, facts: [] }, { from: 'Mara', to: 'Ava', affinity: 99, trust: 0, facts: [] }] },
      activity: { minutes: 1e12, weather: null, people: [{ name: 'Napoleon', posture: 'sulking' }] },
      scene: { ended: true, how: 'left', place: null },
    };
    await play(chat, 'Hello.');
    expect((await edgeOf(chat))?.affinity).toBe((before?.affinity ?? 0) + 10);
    const memories = await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 10 });
    expect(memories.filter(({ kind }) => kind === 'told')).toEqual([]);
    expect((await read().rows('activities', { chatId: chat.chatId })).length).toBe(2);
    expect((await read().rows('scenes', { chatId: chat.chatId })).length).toBe(1);
  });

  test('separate runs one call a pass; passes that are off are neither asked for nor run', async () => {
    const other = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' }, settings: '[passes]\nmode = "separate"\noff = ["scene", "activity"]\n' });
    try {
      const tab = other.tab().client;
      const chat = await beginChat(tab);
      model.asked.length = 0;
      books = whole;
      const ear = new Ear(tab, chat.chatId);
      await ear.ready();
      const sent = await tab.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'I am a baker.' });
      await ear.whole(sent.replyTurnId);
      ear.close();
      await other.app.services.story.idle();
      expect(model.asked.filter(({ schema }) => schema === 'passes').map(({ parts }) => parts)).toEqual([['memories'], ['significance'], ['edges']]);
      expect((await other.app.services.store.read.row('stages', chat.chatId))?.weather).not.toBe('Snow');
    } finally {
      await other.close();
    }
  });

  test('TN-8 an absolute value yields to a hand that has set it since', async () => {
    const chat = await own();
    let setByHand: () => Promise<unknown> = () => Promise.resolve();
    books = async () => {
      await setByHand();
      return whole;
    };
    setByHand = () => client.edits.setWeather.mutate({ commandId: commandId(), chatId: chat.chatId, weather: 'Fog' });
    await play(chat, 'Look at the sky.');
    expect((await read().row('stages', chat.chatId))?.weather).toBe('Fog');
  });
});

describe('TN-7 TL-13 what comes late', () => {
  test('the next turn does not wait, and what the one before taught hangs from its own turn', async () => {
    const chat = await own();
    const gate = Promise.withResolvers<void>();
    let first = true;
    books = async () => {
      if (!first) return {};
      first = false;
      await gate.promise;
      return whole;
    };
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    const one = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'One.' });
    await ear.whole(one.replyTurnId);
    const two = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: one.replyTurnId, text: 'Two.' });
    await ear.whole(two.replyTurnId);
    gate.resolve();
    await house.app.services.story.idle();
    ear.close();
    const [last] = await read().history('edges', `${(await read().row('chats', chat.chatId))?.continuityId}/${chat.botId}/${chat.personaId}`, 1);
    expect(last?.turnId).toBe(one.replyTurnId);
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('TN-9 a restart between the reply and its passes loses none and doubles none', async () => {
    const other = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    const never = Promise.withResolvers<unknown>();
    books = () => never.promise;
    const tab = other.tab().client;
    const chat = await beginChat(tab);
    const ear = new Ear(tab, chat.chatId);
    await ear.ready();
    const sent = await tab.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'I am a baker.' });
    await ear.whole(sent.replyTurnId);
    ear.close();
    await other.leave();
    books = whole;
    never.resolve({});
    const again = await openHouse({ folder: other.folder, model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    try {
      await again.app.services.story.idle();
      const { store } = again.app.services;
      const memories = await store.read.memories(chat.botId, 'shared', { limit: 20 });
      expect(memories.filter(({ turnId, kind }) => turnId === sent.replyTurnId && kind === 'turn')).toHaveLength(1);
      expect(await store.read.rows('owed', {})).toEqual([]);
    } finally {
      await again.close();
    }
  });
});

describe('SC-2 scenes', () => {
  test('a scene that is left by its words closes, is told by its witness, and the next opens in the new place', async () => {
    const chat = await own();
    books = { ...whole, significance: { score: 3 }, scene: { ended: true, how: 'left', place: { name: 'The mill', type: 'mill', description: 'Burnt beams.' } } };
    const { replyTurnId } = await play(chat, 'We walk to the mill.');
    const scenes = (await read().rows('scenes', { chatId: chat.chatId })).toSorted((a, b) => Number(b.closed) - Number(a.closed));
    expect(scenes).toMatchObject([{ closed: true, significance: 3 }, { closed: false }]);
    expect((await read().rows('containers', { chatId: chat.chatId })).map(({ name }) => name)).toContain('The mill');
    const told = model.asked.filter(({ schema }) => schema === 'scene_summary');
    expect(told).toHaveLength(1);
    expect(section(told[0] as Asked, 'What happened')).toContain('Ava: We walk to the mill.');
    const memories = await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 20 });
    expect(memories[0]).toMatchObject({ kind: 'scene', text: 'I stood at the harbour with Ava.', quotes: ['I hear you.'], turnId: replyTurnId });
    expect(memories.filter(({ kind }) => kind === 'turn').every(({ coveredBy }) => coveredBy === memories[0]?.memoryId)).toBe(true);
    expect((await edgeOf(chat))?.summary).toBe('She talks, I listen.');
    expect(await read().rows('owed', {})).toEqual([]);
  });

  test('SC-2 by hand; SC-9 closing again, where nothing has happened since, does nothing', async () => {
    const chat = await own();
    await play(chat, 'Hello.');
    expect(await client.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId })).toEqual({ closed: true });
    expect(await client.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId })).toEqual({ closed: false });
    await house.app.services.story.idle();
    expect(await read().rows('scenes', { chatId: chat.chatId })).toHaveLength(2);
  });

  test('SC-9 with the model down a plain account stands in, and the real one stays owed and comes', async () => {
    const other = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    const script = model.script;
    model.script = (asked) => {
      if (asked.schema === 'scene_summary') throw new Error('down');
      return script(asked);
    };
    try {
      const tab = other.tab().client;
      const chat = await beginChat(tab);
      const ear = new Ear(tab, chat.chatId);
      await ear.ready();
      const sent = await tab.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello there.' });
      await ear.whole(sent.replyTurnId);
      ear.close();
      await tab.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId });
      await other.app.services.story.idle();
      const standIn = (await other.app.services.store.read.memories(chat.botId, 'shared', { limit: 1 }))[0];
      expect(standIn).toMatchObject({ kind: 'scene' });
      expect(standIn?.text).toContain('I was with Ava');
      expect(await other.app.services.store.read.rows('owed', {})).toHaveLength(1);
      await other.leave();
      model.script = script;
      const again = await openHouse({ folder: other.folder, model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
      await again.app.services.story.idle();
      const scenes = (await again.app.services.store.read.memories(chat.botId, 'shared', { limit: 20 })).filter(({ kind }) => kind === 'scene');
      expect(scenes.map(({ text }) => text)).toEqual(['I stood at the harbour with Ava.']);
      expect(await again.app.services.store.read.rows('owed', {})).toEqual([]);
      await again.close();
    } finally {
      model.script = script;
    }
  });
});

test('SC-9 a scene that could not be told is told in the end, however far the story has gone on', async () => {
  const options = { model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } };
  const other = await openHouse(options);
  const script = model.script;
  model.script = (asked) => {
    if (asked.schema === 'scene_summary') throw new Error('down');
    return script(asked);
  };
  const { story, store } = other.app.services;
  const tab = other.tab().client;
  const chat = await beginChat(tab);
  const ear = new Ear(tab, chat.chatId);
  await ear.ready();
  const sent = await tab.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello there.' });
  await ear.whole(sent.replyTurnId);
  ear.close();
  await story.idle();
  await tab.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId });
  await story.idle();
  const depth = (await store.read.row('turns', sent.replyTurnId))?.depth ?? 0;
  const sceneId = (await store.read.row('stages', chat.chatId))?.sceneId ?? null;
  const said = { speakerId: chat.personaId, addresseeId: chat.botId, sceneId, witnesses: [chat.personaId, chat.botId], clock: null, text: 'On.' };
  const turns = Array.from({ length: 450 }, (_, n) => inTurn(chat.chatId, `on${n}`, 'user_turn', { ...said, parentId: n === 0 ? sent.replyTurnId : `on${n - 1}`, depth: depth + 1 + n }));
  await store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, () => ({ events: turns, answer: null }));
  await other.leave();
  model.script = script;
  const again = await openHouse({ folder: other.folder, ...options });
  try {
    await again.app.services.story.idle();
    const scenes = (await again.app.services.store.read.rows('memories', { ownerId: chat.botId })).filter(({ kind }) => kind === 'scene');
    expect(scenes.map(({ text }) => text)).toEqual(['I stood at the harbour with Ava.']);
  } finally {
    await again.close();
  }
});

test('ME-2 no place is named in a prompt whose reader has never been there', async () => {
  const chat = await own();
  const left = (name: string) => ({ ...whole, scene: { ended: true, how: 'left', place: { name, type: '', description: '' } } });
  books = left('The smugglers\' cave');
  await play(chat, 'We go to the cave.');
  books = left('The market');
  await play(chat, 'And to the market.');
  const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Otto', persona: 'A miller.', kickoff: 'Otto waits.' } });
  await client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId });
  books = whole;
  for (const [name, knows] of [['Otto', false], ['Mara', true]] as const) {
    model.asked.length = 0;
    await play(chat, `${name}, good day.`);
    expect(JSON.stringify(model.asked.filter(({ schema }) => schema === 'passes')).includes('smugglers')).toBe(knows);
  }
});

test('ED-1 ME-3 a bot and a person of one name are told apart', async () => {
  const { personaId } = await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Mara' } });
  const chat = await beginChat(client, { continuity: 'own', personaId });
  const before = (await edgeOf(chat))?.affinity ?? 0;
  books = {
    ...whole,
    memories: { told: [{ teller: 'Mara (the person)', hearer: 'Mara', fact: 'The mill burned down.' }] },
    edges: { moves: [{ from: 'Mara', to: 'Mara (the person)', affinity: 4, trust: 0, facts: [] }] },
  };
  await play(chat, 'The mill burned down.');
  expect((await edgeOf(chat))?.affinity).toBe(before + 4);
  const told = (await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 10 })).filter(({ kind }) => kind === 'told');
  expect(told).toMatchObject([{ source: `told_by:${personaId}` }]);
  expect(await read().row('activities', `${chat.chatId}/${chat.botId}`)).toMatchObject({ posture: 'leaning on the rail' });
});

describe('PR-6 the narrator keeps the books itself', () => {
  test('the call is the narrative prompt and its reply, with the instructions at the end', async () => {
    const other = await openHouse({ model: { url: model.url, narrative: 'both', classifier: 'both' } });
    try {
      const tab = other.tab().client;
      const chat = await beginChat(tab);
      model.asked.length = 0;
      const ear = new Ear(tab, chat.chatId);
      await ear.ready();
      const sent = await tab.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Good evening.' });
      await ear.whole(sent.replyTurnId);
      ear.close();
      await other.app.services.story.idle();
      const [narrative, passes] = model.asked;
      expect(passes?.messages.slice(0, narrative?.messages.length)).toEqual(narrative?.messages);
      expect(passes?.messages.slice(narrative?.messages.length).map(({ role }) => role)).toEqual(['assistant', 'user']);
      expect(section(passes as Asked, 'Present')).toBe('Ava (the person), Mara');
    } finally {
      await other.close();
    }
  });
});
