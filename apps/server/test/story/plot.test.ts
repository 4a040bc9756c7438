import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel, section } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
/** What the model finds in a turn, and in a scene. */
let moved: readonly { plan: string; what: string }[] = [];
let minutes = 0;
interface Found {
  readonly opened: unknown[];
  readonly updated: unknown[];
  readonly closed: unknown[];
}
let threads: Found | ((asked: Asked) => Found) | 'down' = { opened: [], updated: [], closed: [] };

const NO_THREADS = { opened: [], updated: [], closed: [] };

beforeAll(async () => {
  model = await scriptedModel((asked) => {
    if (asked.schema === null) return '*A nod.* "So it is."';
    if (asked.schema === 'scene_summary') return { summary: 'We met.', quotes: [], feelings: [{ to: 'Ava', summary: 'Ava is welcome.' }] };
    if (asked.schema === 'scene_threads') {
      if (threads === 'down') throw new Error('away');
      return typeof threads === 'function' ? threads(asked) : threads;
    }
    return {
      memories: { told: [] }, significance: { score: 1 }, edges: { moves: [] }, activity: { minutes, weather: null, people: [] }, plans: { moved },
      scene: { ended: false, how: 'no', place: null },
    };
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});
beforeEach(() => {
  moved = [];
  minutes = 0;
  threads = NO_THREADS;
});

interface Chat {
  readonly chatId: string;
  readonly botId: string;
  readonly personaId: string;
  readonly continuityId: string;
  head: string;
}

const store = () => house.app.services.store;
const idle = () => house.app.services.story.idle();

async function begin(): Promise<Chat> {
  const begun = await beginChat(client, { continuity: 'own' });
  return { ...begun, continuityId: (await store().read.row('chats', begun.chatId))?.continuityId ?? '' };
}

const say = async (chat: Chat, text: string): Promise<string> => (await sayIn(house, client, chat, text)).replyTurnId;

async function again(chat: Chat): Promise<void> {
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const { replyTurnId } = await client.turns.regenerate.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head });
  await ear.whole(replyTurnId);
  ear.close();
  await idle();
  chat.head = replyTurnId;
}

async function rewind(chat: Chat, to: string, reason: 'rewind' | 'undo' = 'rewind'): Promise<void> {
  chat.head = (await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason })).to;
}

/** The next prompt of the bot, byte for byte; the message is taken back again. */
async function nextPrompt(chat: Chat): Promise<string> {
  const { head } = chat;
  const [kept, clock] = [moved, minutes];
  moved = [];
  minutes = 0;
  await say(chat, 'What now?');
  await rewind(chat, head);
  [moved, minutes] = [kept, clock];
  return JSON.stringify(model.asked.findLast(({ schema }) => schema === null)?.messages);
}

async function plan(chat: Chat, wanted: Partial<Parameters<Client['plot']['plan']['mutate']>[0]['plan']> = {}): Promise<{ storyEventId: string; edit: string }> {
  const before = new Set((await store().read.rows('storyEvents', { chatId: chat.chatId })).map(({ storyEventId }) => storyEventId));
  const { commandId: edit } = await client.plot.plan.mutate({
    commandId: commandId(),
    chatId: chat.chatId,
    plan: { kind: 'date', title: 'Supper at the light', props: { where: 'the gallery' }, plannedFor: null, knownTo: [chat.botId, chat.personaId], ...wanted },
  });
  const made = (await store().read.rows('storyEvents', { chatId: chat.chatId })).find(({ storyEventId }) => !before.has(storyEventId));
  return { storyEventId: made?.storyEventId ?? '', edit };
}

const statusOf = async (storyEventId: string): Promise<string | undefined> => (await store().read.row('storyEvents', storyEventId))?.status;
const undo = (chat: Chat, of: string) => client.edits.undo.mutate({ commandId: commandId(), chatId: chat.chatId, of });
const lastPasses = (): Asked | undefined => model.asked.findLast(({ schema }) => schema === 'passes');
const clockOf = async (chat: Chat): Promise<number> => Date.parse((await store().read.row('stages', chat.chatId))?.clock ?? '');
const setClock = (chat: Chat, at: number) => client.edits.setClock.mutate({ commandId: commandId(), chatId: chat.chatId, clock: new Date(at).toISOString() });

const DAY = 24 * 3_600_000;
const PROMISES = {
  gains: [{ who: 'Mara', thing: 'a brass key' }],
  learns: [{ who: 'Mara', about: 'Ava', fact: 'Ava keeps her word.' }],
  feels: [{ who: 'Mara', about: 'Ava', words: 'Ava is a friend now.' }],
};

describe('WD-10 EV-1 plans', () => {
  test('are offered in kinds, planned, changed, begun and called off; another tab hears each, and each is undone', async () => {
    const chat = await begin();
    const ear = new Ear(house.tab().client, chat.chatId);
    await ear.ready();
    expect((await client.plot.presets.query()).map(({ kind }) => kind)).toEqual(['date', 'meeting', 'deadline', 'journey', 'surprise']);
    const { storyEventId, edit } = await plan(chat);
    const heard = (fits: (row: { title: string; status: string } | null) => boolean) =>
      ear.until((frames) => frames.some((frame) => frame.type === 'commit' && frame.rows.some((now) => now.p === 'storyEvents' && now.key === storyEventId && fits(now.row))), 'the plan');
    await heard((row) => row?.status === 'planned');
    const changed = await client.plot.changePlan.mutate({ commandId: commandId(), chatId: chat.chatId, storyEventId, changes: { title: 'Breakfast' } });
    await heard((row) => row?.title === 'Breakfast');
    await undo(chat, changed.commandId);
    const started = await client.plot.stepPlan.mutate({ commandId: commandId(), chatId: chat.chatId, storyEventId, step: 'start' });
    expect(await statusOf(storyEventId)).toBe('active');
    await undo(chat, started.commandId);
    const off = await client.plot.stepPlan.mutate({ commandId: commandId(), chatId: chat.chatId, storyEventId, step: 'cancel' });
    expect(await refusal(client.plot.stepPlan.mutate({ commandId: commandId(), chatId: chat.chatId, storyEventId, step: 'complete' }))).toMatchObject({ code: 'already_done' });
    await undo(chat, off.commandId);
    expect(await store().read.row('storyEvents', storyEventId)).toMatchObject({ title: 'Supper at the light', status: 'planned' });
    await undo(chat, edit);
    await heard((row) => row === null);
    ear.close();
  });

  test('what cannot be kept is refused, with the field that is at fault', async () => {
    const chat = await begin();
    const clock = await clockOf(chat);
    expect(await refusal(plan(chat, { plannedFor: new Date(clock - 60_000).toISOString() }))).toMatchObject({ code: 'invalid', fields: ['plannedFor'] });
    expect(await refusal(plan(chat, { plannedFor: 'next Tuesday' }))).toMatchObject({ code: 'invalid', fields: [expect.stringContaining('plannedFor')] });
    expect(await refusal(plan(chat, { props: { gains: [{ who: 'Nobody', thing: 'x' }] } }))).toMatchObject({ code: 'invalid', fields: ['props'] });
    expect(await refusal(plan(chat, { title: '' }))).toMatchObject({ fields: ['title'] });
    expect(await store().read.rows('storyEvents', { chatId: chat.chatId })).toEqual([]);
  });
});

describe('EV-2 what became of a plan', () => {
  test('with nothing planned nothing is asked; else only of plans that the speaker knows of', async () => {
    const chat = await begin();
    await say(chat, 'Good evening.');
    expect(lastPasses()?.parts).not.toContain('plans');
    await plan(chat, { title: 'A surprise for Mara', knownTo: [chat.personaId] });
    await say(chat, 'Rain again.');
    expect(lastPasses()?.parts).not.toContain('plans');
    await plan(chat);
    await say(chat, 'And wind.');
    expect(lastPasses()?.parts).toEqual(['memories', 'significance', 'edges', 'activity', 'plans', 'scene']);
    expect(JSON.stringify(lastPasses()?.messages)).toContain('plan-1: Supper at the light (date, planned)');
    expect(JSON.stringify(model.asked.map(({ messages }) => messages))).not.toContain('A surprise for Mara');
  });

  test('it begins, and comes to pass; a label that stands for nothing is nothing', async () => {
    const chat = await begin();
    const { storyEventId } = await plan(chat);
    moved = [{ plan: 'plan-7', what: 'completed' }, { plan: ' Plan-1', what: 'started' }];
    await say(chat, 'Let us go up.');
    expect(await statusOf(storyEventId)).toBe('active');
    moved = [{ plan: 'plan-1', what: 'started' }, { plan: 'plan-1', what: 'completed' }];
    await say(chat, 'That was a good supper.');
    expect(await statusOf(storyEventId)).toBe('completed');
    await say(chat, 'Good night.');
    expect(lastPasses()?.parts).not.toContain('plans');
  });

  test('a part that cannot be used changes nothing', async () => {
    const chat = await begin();
    const { storyEventId } = await plan(chat);
    moved = [{ plan: 'plan-1', what: 'exploded' }];
    await say(chat, 'Boom.');
    expect(await statusOf(storyEventId)).toBe('planned');
  });

  test('a day after its time it expires: with the hand that moves the clock, or after the reply that does, also where the speaker knows nothing of it', async () => {
    const chat = await begin();
    const clock = await clockOf(chat);
    const soon = new Date(clock + 60_000).toISOString();
    const { storyEventId } = await plan(chat, { plannedFor: soon, knownTo: [chat.personaId] });
    await setClock(chat, clock + DAY);
    expect(await statusOf(storyEventId)).toBe('planned');
    const set = await setClock(chat, clock + DAY + 61_000);
    expect(await statusOf(storyEventId)).toBe('expired');
    await undo(chat, set.commandId);
    expect([await statusOf(storyEventId), await clockOf(chat)]).toEqual(['planned', clock + DAY]);
    minutes = 10;
    await say(chat, 'Time goes by.');
    expect(await statusOf(storyEventId)).toBe('expired');
    await rewind(chat, (await store().read.row('turns', chat.head))?.parentId ?? '');
    expect(await statusOf(storyEventId)).toBe('planned');
  });
});

describe('EV-3 EV-4 what it brings', () => {
  test('things, knowledge and a new view, told in the next prompt; another try and a rewind take all of it, byte for byte', async () => {
    const chat = await begin();
    const { storyEventId } = await plan(chat, { props: { where: 'the gallery', ...PROMISES } });
    const start = chat.head;
    await say(chat, 'Let us eat.');
    const [plainHead, plain] = [chat.head, await nextPrompt(chat)];
    expect(plain).toContain('Supper at the light (date), planned; where: the gallery');
    expect(plain).not.toContain('brass key');

    moved = [{ plan: 'plan-1', what: 'completed' }];
    await rewind(chat, start);
    await say(chat, 'Let us eat.');
    const doneHead = chat.head;
    expect(await store().read.rows('inventory', { chatId: chat.chatId })).toMatchObject([{ entityId: chat.botId, name: 'a brass key', lost: false }]);
    const edge = (await store().read.rows('edges', { continuityId: chat.continuityId })).find(({ source }) => source === chat.botId);
    expect(edge).toMatchObject({ summary: 'Ava is a friend now.' });
    expect(edge?.knowledge).toContain('Ava keeps her word.');
    const after = await nextPrompt(chat);
    for (const told of ['a brass key', 'Ava keeps her word.', 'Ava is a friend now.']) expect(after).toContain(told);
    expect(after).not.toContain('Supper at the light (date)');

    const [told] = (await client.explain.turns.query({ chatId: chat.chatId, turnIds: [doneHead] })).turns;
    expect(told?.changes).toContainEqual({ what: 'plan', byHand: false, storyEventId, title: 'Supper at the light', became: 'completed' });
    expect(told?.changes).toContainEqual(expect.objectContaining({ what: 'thing', name: 'a brass key', entityId: chat.botId, became: 'gained' }));
    expect((await client.timeline.undoing.query({ chatId: chat.chatId, to: start })).counts).toMatchObject({ plans: 1, things: 1, feelings: 1 });

    moved = [];
    await again(chat);
    expect(await statusOf(storyEventId)).toBe('planned');
    expect(await store().read.rows('inventory', { chatId: chat.chatId })).toEqual([]);
    await rewind(chat, plainHead, 'undo');
    expect(await nextPrompt(chat)).toBe(plain);
    await rewind(chat, doneHead, 'undo');
    expect(await nextPrompt(chat)).toBe(after);
  });

  test('by hand it brings the same, which goes with its undo; TL-6 another reply keeps what a hand said', async () => {
    const chat = await begin();
    const { storyEventId } = await plan(chat, { props: PROMISES });
    await say(chat, 'Let us eat.');
    const done = await client.plot.stepPlan.mutate({ commandId: commandId(), chatId: chat.chatId, storyEventId, step: 'complete' });
    const view = async () => (await store().read.rows('edges', { continuityId: chat.continuityId })).find(({ source }) => source === chat.botId)?.summary;
    await again(chat);
    expect([await statusOf(storyEventId), await view(), (await store().read.rows('inventory', { chatId: chat.chatId })).length]).toEqual(['completed', 'Ava is a friend now.', 1]);
    await undo(chat, done.commandId);
    expect([await statusOf(storyEventId), (await store().read.rows('inventory', { chatId: chat.chatId })).length]).toEqual(['planned', 0]);
    expect(await view()).not.toBe('Ava is a friend now.');
  });

  test('what is called off brings nothing', async () => {
    const chat = await begin();
    await plan(chat, { props: PROMISES });
    moved = [{ plan: 'plan-1', what: 'cancelled' }];
    await say(chat, 'Not tonight.');
    expect(await store().read.rows('inventory', { chatId: chat.chatId })).toEqual([]);
  });
});

describe('WD-11 EV-5 threads', () => {
  const close = async (chat: Chat): Promise<void> => {
    await client.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId });
    await idle();
  };
  const rows = (chat: Chat) => store().read.rows('threads', { chatId: chat.chatId });

  test('open at the end of a scene from its own lines, go on two scenes later, and are tied up; each in the next prompt, all of it undone by a rewind', async () => {
    const chat = await begin();
    const first = await say(chat, 'Who lit the lamp last night?');
    threads = { opened: [{ title: 'Who lit the lamp?', summary: 'Ava asked. Nobody answered.' }], updated: [], closed: [] };
    await close(chat);
    expect(await rows(chat)).toMatchObject([{ title: 'Who lit the lamp?', open: true, knownTo: expect.arrayContaining([chat.botId, chat.personaId]) as string[] }]);
    expect(await nextPrompt(chat)).toContain('Who lit the lamp?: Ava asked. Nobody answered.');
    const opened = chat.head;

    threads = NO_THREADS;
    await say(chat, 'The second scene, about fish.');
    await close(chat);
    await say(chat, 'The third: it was the boy, I think.');
    threads = { opened: [], updated: [{ thread: 'Thread-1', summary: 'Ava thinks that it was the boy.' }, { thread: 'thread-9', summary: 'x' }], closed: [] };
    await close(chat);
    const asked = model.asked.findLast(({ schema }) => schema === 'scene_threads');
    expect(asked && section(asked, 'What happened')).toContain('The third');
    expect(asked && section(asked, 'What happened')).not.toContain('about fish');
    expect(asked && section(asked, 'Left open before')).toBe('thread-1: Who lit the lamp?. Ava asked. Nobody answered.');
    expect(await rows(chat)).toMatchObject([{ summary: 'Ava thinks that it was the boy.', open: true }]);

    await say(chat, 'The boy has owned up.');
    threads = { opened: [], updated: [], closed: [{ thread: 'thread-1', summary: 'The boy did.' }] };
    await close(chat);
    expect(await rows(chat)).toMatchObject([{ summary: 'The boy did.', open: false }]);
    const [told] = (await client.explain.turns.query({ chatId: chat.chatId, turnIds: [chat.head] })).turns;
    expect(told?.changes).toContainEqual(expect.objectContaining({ what: 'thread', title: 'Who lit the lamp?', became: 'closed' }));
    expect(await nextPrompt(chat)).not.toContain('# Left open');

    const end = chat.head;
    await rewind(chat, opened);
    expect(await rows(chat)).toMatchObject([{ summary: 'Ava asked. Nobody answered.', open: true }]);
    await rewind(chat, (await store().read.row('turns', first))?.parentId ?? '');
    expect(await rows(chat)).toEqual([]);
    await rewind(chat, end, 'undo');
    expect(await rows(chat)).toMatchObject([{ open: false }]);
  });

  test('with the model down they wait with what is owed, and what one makes of the other changes once', async () => {
    const chat = await begin();
    await say(chat, 'Where is the letter?');
    threads = 'down';
    await close(chat);
    expect(await rows(chat)).toEqual([]);
    expect(await store().read.rows('owed', { chatId: chat.chatId })).toMatchObject([{ what: 'summaries' }]);
    const summaries = async () =>
      (await Promise.all((await store().read.rows('edges', { continuityId: chat.continuityId })).map(({ continuityId, source, target }) => store().read.history('edges', `${continuityId}/${source}/${target}`, 50))))
        .flat()
        .filter(({ kind }) => kind === 'edge_summarized').length;
    expect(await summaries()).toBe(0);
    threads = { opened: [{ title: 'The letter', summary: 'Gone.' }], updated: [], closed: [] };
    const { folder } = house;
    await house.leave();
    house = await openHouse({ folder, model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    client = house.tab().client;
    for (let tries = 0; tries < 50 && (await rows(chat)).length === 0; tries += 1) await sleep(50);
    await idle();
    expect(await rows(chat)).toMatchObject([{ title: 'The letter' }]);
    expect(await store().read.rows('owed', { chatId: chat.chatId })).toEqual([]);
    expect(await summaries()).toBe(1);
  });

  test('a model that has no answer to it keeps nothing else waiting', async () => {
    const chat = await begin();
    await say(chat, 'Where is the letter?');
    threads = { opened: 'all of it' } as unknown as typeof threads;
    await close(chat);
    expect(await rows(chat)).toEqual([]);
    expect(await store().read.rows('owed', { chatId: chat.chatId })).toEqual([]);
  });

  test('ME-2 a guest who came late learns of nothing that the scene left open before, and of all that came up since', async () => {
    const chat = await begin();
    await say(chat, 'Secretly: where is the letter-7q?');
    const wren = (await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Wren', kickoff: 'Wren waits.' } })).botId;
    await client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId: wren });
    await say(chat, 'Mara, this is Wren.');
    await say(chat, 'Wren, who sank the boat-8q?');
    threads = (asked) => {
      const happened = section(asked, 'What happened');
      const left = ['letter-7q', 'boat-8q'].filter((what) => happened.includes(what));
      return { opened: left.map((what) => ({ title: `The ${what}`, summary: 'Nobody says.' })), updated: [], closed: [] };
    };
    const before = model.asked.length;
    await close(chat);
    const questions = model.asked.slice(before).filter(({ schema }) => schema === 'scene_threads');
    expect(questions).toHaveLength(2);
    expect(questions.map((asked) => section(asked, 'Left open before'))).toEqual(['Nothing.', 'noted already: The boat-8q. Nobody says.']);
    const known = async (title: string) => (await rows(chat)).find((row) => row.title === title)?.knownTo.toSorted();
    expect(await rows(chat)).toHaveLength(2);
    expect(await known('The letter-7q')).toEqual([chat.botId, chat.personaId].toSorted());
    expect(await known('The boat-8q')).toEqual([chat.botId, chat.personaId, wren].toSorted());
    const asked = model.asked.length;
    await say(chat, 'Wren, what do you say?');
    const wrens = model.asked.slice(asked).filter((one) => JSON.stringify(one.messages).includes('You are Wren'));
    expect(wrens.length).toBeGreaterThan(0);
    expect(JSON.stringify(wrens)).not.toContain('7q');
    expect(JSON.stringify(wrens)).toContain('# Left open\\n- The boat-8q');
  });

  test('by hand they are worded anew and tied up, and put back; a hand\'s words stay at the end of the scene', async () => {
    const chat = await begin();
    await say(chat, 'Where is the letter?');
    threads = { opened: [{ title: 'The letter', summary: 'Gone.' }], updated: [], closed: [] };
    await close(chat);
    const threadId = (await rows(chat))[0]?.threadId ?? '';
    const worded = await client.plot.changeThread.mutate({ commandId: commandId(), chatId: chat.chatId, threadId, changes: { summary: 'Burned.' } });
    await undo(chat, worded.commandId);
    expect(await rows(chat)).toMatchObject([{ summary: 'Gone.' }]);
    const tied = await client.plot.closeThread.mutate({ commandId: commandId(), chatId: chat.chatId, threadId });
    expect(await rows(chat)).toMatchObject([{ open: false }]);
    expect(await refusal(client.plot.changeThread.mutate({ commandId: commandId(), chatId: chat.chatId, threadId, changes: { title: 'x' } }))).toMatchObject({ code: 'already_done' });
    await undo(chat, tied.commandId);
    expect(await rows(chat)).toMatchObject([{ open: true }]);
  });
});

describe('WD-12 things', () => {
  test('by hand: given, passed on, lost; a prompt tells the speaker of their own alone', async () => {
    const chat = await begin();
    const add = (entityId: string, name: string) => client.plot.addThing.mutate({ commandId: commandId(), chatId: chat.chatId, thing: { entityId, name, note: '' } });
    await add(chat.botId, 'A brass lamp');
    const hers = await add(chat.personaId, 'A wax seal');
    const things = async () => (await store().read.rows('inventory', { chatId: chat.chatId })).map(({ entityId, name, lost }) => [entityId === chat.botId ? 'Mara' : 'Ava', name, lost]);
    expect(await things()).toEqual([['Mara', 'A brass lamp', false], ['Ava', 'A wax seal', false]]);
    const prompt = await nextPrompt(chat);
    expect(prompt).toContain('# What Mara has\\n- A brass lamp');
    expect(prompt).not.toContain('wax seal');
    const lamp = (await store().read.rows('inventory', { chatId: chat.chatId }))[0]?.itemId ?? '';
    const given = await client.plot.changeThing.mutate({ commandId: commandId(), chatId: chat.chatId, itemId: lamp, changes: { entityId: chat.personaId } });
    expect(await nextPrompt(chat)).not.toContain('brass lamp');
    await undo(chat, given.commandId);
    const lost = await client.plot.loseThing.mutate({ commandId: commandId(), chatId: chat.chatId, itemId: lamp });
    expect(await things()).toEqual([['Mara', 'A brass lamp', true], ['Ava', 'A wax seal', false]]);
    await undo(chat, lost.commandId);
    await undo(chat, hers.commandId);
    expect(await things()).toEqual([['Mara', 'A brass lamp', false]]);
    expect(await nextPrompt(chat)).toBe(prompt);
    expect((await client.chats.drawer.query({ chatId: chat.chatId })).things).toMatchObject([{ name: 'A brass lamp' }]);
  });
});

test('TL-11 TL-12 looking back shows what stood then; with its chat all of it is deleted for good', async () => {
  const chat = await begin();
  const start = chat.head;
  await say(chat, 'Let us eat.');
  const { storyEventId } = await plan(chat, { title: 'Supper Quillfeather', props: { gains: [{ who: 'Mara', thing: 'A Quillfeather ring' }] } });
  await client.plot.stepPlan.mutate({ commandId: commandId(), chatId: chat.chatId, storyEventId, step: 'complete' });
  expect((await client.timeline.at.query({ chatId: chat.chatId, turnId: start })).plans).toEqual([]);
  const { title } = (await store().read.row('chats', chat.chatId)) ?? { title: '' };
  await client.purge.run.mutate({ commandId: commandId(), target: { what: 'chat', chatId: chat.chatId }, name: title });
  const left = [...(await store().read.rows('storyEvents', {})), ...(await store().read.rows('inventory', {}))].filter((row) => row.chatId === chat.chatId);
  expect(left).toEqual([]);
  expect(JSON.stringify(await store().events({ after: 0, limit: 100_000 })).includes('Quillfeather')).toBe(false);
});
