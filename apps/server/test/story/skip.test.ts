import { startSkip } from '@offstage/domain/commands/skip';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readStanding } from '../../src/story/standing.ts';
import type { Client, House } from './harness.ts';
import { beginChat, commandId, Ear, openHouse, refusal } from './harness.ts';
import type { Asked, ScriptedModel } from './scripted.ts';
import { scriptedModel, section } from './scripted.ts';

let house: House;
let client: Client;
let model: ScriptedModel;
let ear: Ear | undefined;

const KICKOFF = { place: { name: 'The harbour', type: 'quay', description: '' }, time: { iso: '1889-10-01T18:30:00Z', label: 'evening' }, weather: 'Rain', anchor: null, title: 'The harbour', you: { posture: 'standing', action: '', holding: [] }, bot: { posture: 'sitting', action: 'mending a net', holding: ['a needle'] }, edge: { affinity: 50, trust: 50, summary: '' } };
const JUMP = { kind: 'jump', minutes: null, until: '1889-10-02T08:00:00Z', label: 'next morning' };
const ELISION = { kind: 'elision', minutes: 40, until: null, label: 'on arriving' };

/** Answers that a test sets; everything else is answered plainly. */
let skipAnswer: unknown = JUMP;
let telling: (asked: Asked) => string | Promise<string> = () => 'Grey light came. Gulls went by.';
let passes: (asked: Asked) => unknown = () => ({ memories: { told: [] } });

beforeAll(async () => {
  model = await scriptedModel((asked) => {
    if (asked.schema === 'kickoff') return KICKOFF;
    if (asked.schema === 'skip') return skipAnswer;
    if (asked.schema === 'passes') return passes(asked);
    if (asked.schema === 'scene_summary') return { summary: 'We talked.', quotes: [], feelings: [] };
    if (section(asked, 'What to skip') !== '') return telling(asked);
    return '"Yes," Mara says.';
  });
  house = await openHouse({ model: { url: model.url, narrative: 'teller', classifier: 'books' } });
  client = house.tab().client;
});

afterEach(() => {
  ear?.close();
  skipAnswer = JUMP;
  telling = () => 'Grey light came. Gulls went by.';
  passes = () => ({ memories: { told: [] } });
});

afterAll(async () => {
  await house.close();
  await model.close();
});

async function chat() {
  const one = await beginChat(client, { continuity: 'own', greeting: 'You are late.' });
  ear = new Ear(client, one.chatId);
  await ear.ready();
  model.asked.length = 0;
  return one;
}

type Chat = Awaited<ReturnType<typeof chat>>;

const head = async ({ chatId }: Chat): Promise<string> => (await client.chats.open.query({ chatId })).head;
const state = ({ chatId }: Chat) => client.chats.drawer.query({ chatId });
const memoriesOf = ({ chatId, botId }: Chat) => client.chats.memories.query({ chatId, ownerId: botId, limit: 20 });

async function send(one: Chat, text: string) {
  return client.turns.send.mutate({ commandId: commandId(), chatId: one.chatId, head: await head(one), text });
}

async function whole(turnId: string) {
  await ear?.whole(turnId);
  await house.app.services.story.idle();
  return house.app.services.store.read.row('turns', turnId);
}

async function play(one: Chat, text: string) {
  const { replyTurnId } = await send(one, text);
  return whole(replyTurnId);
}

async function answer(one: Chat, notable: string) {
  const { replyTurnId } = await client.skips.answer.mutate({ commandId: commandId(), chatId: one.chatId, head: await head(one), notable });
  return whole(replyTurnId);
}

const question = async ({ chatId }: Chat) => (await client.chats.open.query({ chatId })).question;

describe('SC-4 an elision', () => {
  test('by prose: your words, then a turn of nobody that all present see; the clock goes on, and what they do is resolved', async () => {
    skipAnswer = ELISION;
    telling = () => 'The tide turned while they walked. The lighthouse stood over them.';
    passes = ({ parts }) => (parts.includes('activity') ? { memories: { told: [] }, activity: { minutes: 7, weather: 'Clear', people: [{ name: 'Mara', place: null, posture: 'standing at the door', action: 'unlocking it', holding: null, attention: null }] }, scene: { ended: true, how: 'left', place: { name: 'The lighthouse', type: 'tower', description: '' } } } : {});
    const one = await chat();
    const turn = await play(one, 'Skip to when we arrive at the lighthouse.');
    expect(turn).toMatchObject({ kind: 'skip', speakerId: null, text: 'The tide turned while they walked. The lighthouse stood over them.', clock: '1889-10-01T19:10:00.000Z', status: 'whole', finishReason: 'stop' });
    expect(new Set(turn?.witnesses)).toEqual(new Set([one.botId, one.personaId]));
    const parent = await house.app.services.store.read.row('turns', turn?.parentId ?? '');
    expect(parent).toMatchObject({ kind: 'user', text: 'Skip to when we arrive at the lighthouse.', clock: '1889-10-01T18:30:00.000Z' });
    const now = await state(one);
    expect(now.stage).toMatchObject({ clock: '1889-10-01T19:10:00.000Z', weather: 'Clear' });
    expect(now.container?.name).toBe('The lighthouse');
    expect(now.activities.find(({ entityId }) => entityId === one.botId)).toMatchObject({ posture: 'standing at the door', action: { verb: 'unlocking it' } });
    expect((await memoriesOf(one)).find(({ turnId, kind }) => turnId === turn?.turnId && kind === 'turn')?.text).toContain('The tide turned');
    // One question about the skip, the telling, one for what it changed; the rest is about the scene that it ended.
    expect(model.asked.map(({ schema }) => schema).slice(0, 4)).toEqual(['skip', null, 'passes', 'scene_summary']);
    expect(section(model.asked.at(1) as Asked, 'What to skip')).toBe('Skip to when we arrive at the lighthouse.');
  });

  test('by /skip: no message of yours, and no question where the words name the time', async () => {
    const one = await chat();
    const { userTurnId, replyTurnId } = await send(one, '/skip an hour');
    expect(userTurnId).toBe(replyTurnId);
    expect(await whole(replyTurnId)).toMatchObject({ kind: 'skip', depth: 2, clock: '1889-10-01T19:30:00.000Z' });
    expect(model.asked.map(({ schema }) => schema)).toEqual([null, 'passes']);
  });

  test('from the drawer, to an exact moment', async () => {
    const one = await chat();
    const { replyTurnId } = await client.skips.begin.mutate({ commandId: commandId(), chatId: one.chatId, head: one.head, when: { moment: '1889-10-01T20:00:00Z' } });
    expect(await whole(replyTurnId)).toMatchObject({ kind: 'skip', clock: '1889-10-01T20:00:00.000Z' });
  });

  test('all tabs hear its words as they come', async () => {
    const one = await chat();
    const second = new Ear(house.tab().client, one.chatId, undefined, 'second');
    await second.ready();
    const { replyTurnId } = await send(one, '/skip an hour');
    await second.whole(replyTurnId);
    expect(second.words(replyTurnId)).toBe('Grey light came. Gulls went by.');
    second.close();
  });
});

describe('SC-5 a jump', () => {
  test('asks whether anything is notable, in the log; the answer becomes memories and feelings, and the story stands at the new moment', async () => {
    passes = ({ parts }) => (parts.includes('notable') ? { notable: { memories: [{ owner: 'Mara', text: 'I mended the lamp with Ava all night.' }], moves: [{ from: 'Mara', to: 'Ava', affinity: 4, trust: 3, facts: ['Ava is good with lamps.'] }], people: [{ name: 'Mara', place: null, posture: 'leaning on the rail', action: null, holding: null, attention: null }], weather: 'Fog' } } : {});
    const one = await chat();
    const asked = await send(one, '*The next morning.*');
    expect(asked).toEqual({ userTurnId: one.head, replyTurnId: one.head, said: null });
    expect(await question(one)).toMatchObject({ turnId: one.head, words: '*The next morning.*', to: '1889-10-02T08:00:00.000Z', from: '1889-10-01T18:30:00.000Z' });
    expect((await state(one)).stage?.clock).toBe('1889-10-01T18:30:00.000Z');

    const turn = await answer(one, 'Ava and Mara mended the great lamp.');
    expect(turn).toMatchObject({ kind: 'skip', text: 'Grey light came. Gulls went by.', clock: '1889-10-02T08:00:00.000Z' });
    expect(await question(one)).toBeNull();
    const [memory] = await memoriesOf(one);
    expect(memory).toMatchObject({ kind: 'synthesized', source: 'synthesized', reliability: 0.7, text: 'I mended the lamp with Ava all night.', turnId: turn?.turnId, clock: '1889-10-02T08:00:00.000Z' });
    const now = await state(one);
    expect(now.edges.find(({ source }) => source === one.botId)).toMatchObject({ affinity: 54, trust: 53, knowledge: ['Ava is good with lamps.'] });
    expect(now.stage).toMatchObject({ clock: '1889-10-02T08:00:00.000Z', weather: 'Fog' });
    expect(now.activities.find(({ entityId }) => entityId === one.botId)).toMatchObject({ posture: 'leaning on the rail', action: null, holding: ['a needle'] });
    expect(section(model.asked.find(({ schema }) => schema === null) as Asked, 'In between')).toBe('Ava and Mara mended the great lamp.');
    // The next prompt says what it remembers, and when it is.
    await play(one, 'Do you remember the lamp?');
    const told = model.asked.findLast(({ schema }) => schema === null)?.messages.map(({ content }) => content).join('\n') ?? '';
    expect(told).toContain('I mended the lamp with Ava all night.');
    expect(told).toContain('2 October 1889');
    expect(told).toContain('Grey light came.');
  });

  test('an empty answer moves the clock alone: no question, no memory', async () => {
    const one = await chat();
    const before = await state(one);
    await send(one, '/skip next morning');
    await answer(one, '   ');
    expect(model.asked.map(({ schema }) => schema)).toEqual([null]);
    const now = await state(one);
    expect({ ...now.stage, clock: null }).toEqual({ ...before.stage, clock: null });
    expect(now.stage?.clock).toBe('1889-10-02T08:00:00.000Z');
    expect(now.activities).toEqual(before.activities);
    expect(now.edges).toEqual(before.edges);
    expect((await memoriesOf(one)).filter(({ kind }) => kind === 'synthesized')).toEqual([]);
  });

  test('where the model has no usable answer, the words themselves are what each remembers', async () => {
    passes = () => 'nonsense';
    const one = await chat();
    await send(one, '/skip a week later');
    await answer(one, 'They nursed each other through a fever.');
    expect((await memoriesOf(one))[0]).toMatchObject({ kind: 'synthesized', text: 'They nursed each other through a fever.', reliability: 0.7 });
  });

  test('taken back it leaves nothing behind, and gives the words back', async () => {
    const one = await chat();
    const before = await state(one);
    await send(one, '*The next morning.*');
    expect(await client.skips.cancel.mutate({ commandId: commandId(), chatId: one.chatId })).toEqual({ words: '*The next morning.*' });
    expect(await question(one)).toBeNull();
    expect(await head(one)).toBe(one.head);
    expect(await state(one)).toEqual(before);
    expect(await refusal(client.skips.answer.mutate({ commandId: commandId(), chatId: one.chatId, head: one.head, notable: '' }))).toMatchObject({ code: 'invalid' });
  });

  test('a message in its place drops the question, for good', async () => {
    skipAnswer = { kind: 'none', minutes: null, until: null, label: '' };
    const one = await chat();
    await send(one, '/skip next morning');
    await play(one, 'On second thought, stay a little.');
    expect(await question(one)).toBeNull();
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: one.head, reason: 'rewind' });
    expect(await question(one)).toBeNull();
  });

  test('TL-14 an answer that comes twice skips once', async () => {
    const one = await chat();
    await send(one, '/skip next morning');
    const input = { commandId: commandId(), chatId: one.chatId, head: one.head, notable: '' };
    const first = await client.skips.answer.mutate(input);
    await whole(first.replyTurnId);
    expect(await client.skips.answer.mutate(input)).toEqual(first);
    expect((await client.chats.open.query({ chatId: one.chatId })).headDepth).toBe(2);
  });

  test.each([
    ['/skip yesterday', 'never back'],
    ['/skip to 1889-09-30', 'never back'],
    ['/skip to 31 December 9999', 'too far ahead'],
    ['/skip to 1890-02-30', 'no such day'],
  ])('%s is refused clearly, and writes nothing', async (text, why) => {
    const one = await chat();
    expect(await refusal(send(one, text))).toMatchObject({ code: 'invalid', message: expect.stringContaining(why) });
    expect(await head(one)).toBe(one.head);
    expect(await question(one)).toBeNull();
  });
});

describe('TN-3 a message that skips time and speaks too', () => {
  test('is answered once it is told how time went by, in the new moment and place; a rewind to the skip takes the answer, and it does not come again', async () => {
    skipAnswer = ELISION;
    passes = ({ parts }) => (parts.includes('scene') && !parts.includes('edges') ? { memories: { told: [] }, scene: { ended: true, how: 'left', place: { name: 'The lighthouse', type: 'tower', description: '' } } } : {});
    const one = await chat();
    const skipped = await play(one, '*Skip to when we arrive at the lighthouse.* Mara, is the lamp lit?');
    const answered = await house.app.services.store.read.row('turns', await head(one));
    expect(answered).toMatchObject({ kind: 'assistant', parentId: skipped?.turnId, speakerId: one.botId, addresseeId: one.personaId, text: '"Yes," Mara says.', clock: '1889-10-01T19:10:00.000Z' });
    expect(answered?.sceneId).toBe((await state(one)).scene?.sceneId);
    const asked = model.asked.findLast(({ schema }) => schema === null)?.messages.at(-1)?.content ?? '';
    expect(asked).toContain('The lighthouse');
    expect(asked).toContain("Write Mara's next turn, to Ava.");
    expect(asked).not.toContain('breaks in');
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: skipped?.turnId ?? '', reason: 'rewind' });
    await house.app.services.story.idle();
    expect(await head(one)).toBe(skipped?.turnId);
    expect(await house.app.services.store.read.rows('owed', { chatId: one.chatId })).toEqual([]);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: answered?.turnId ?? '', reason: 'undo' });
    expect(await head(one)).toBe(answered?.turnId);
  });

  test('also after a leap, by the one whom the words name; told anew, it is answered anew', async () => {
    const one = await chat();
    const { botId: wren } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Wren', persona: 'Mends nets.' } });
    await client.guests.set.mutate({ commandId: commandId(), chatId: one.chatId, botId: wren });
    await send(one, '"Good night, Wren." *The next morning.*');
    const skipped = await answer(one, '');
    expect(await house.app.services.store.read.row('turns', await head(one))).toMatchObject({ parentId: skipped?.turnId, speakerId: wren });
    const [told] = (await client.explain.turns.query({ chatId: one.chatId, turnIds: [skipped?.turnId ?? ''] })).turns;
    expect(told?.changes).toContainEqual(expect.objectContaining({ what: 'addressed', addresseeId: wren, by: 'name' }));
    const again = await client.turns.regenerate.mutate({ commandId: commandId(), chatId: one.chatId, head: await head(one), turnId: skipped?.turnId ?? '' });
    await house.app.services.story.idle();
    expect(await house.app.services.store.read.row('turns', await head(one))).toMatchObject({ parentId: again.replyTurnId, speakerId: wren });
  });

  test('SC-5 TN-2 a turn and a leap in one message, nothing marked: the leap is taken, the words stand before it, none is lost', async () => {
    const one = await chat();
    const sent = await send(one, 'We talk until the lamp burns low. Next morning.');
    expect(sent).toMatchObject({ userTurnId: one.head, replyTurnId: one.head });
    expect(await question(one)).toMatchObject({ words: 'We talk until the lamp burns low. Next morning.', to: '1889-10-02T08:00:00.000Z' });
    const skipped = await answer(one, 'She taught me the knots.');
    expect(skipped).toMatchObject({ kind: 'skip', clock: '1889-10-02T08:00:00.000Z' });
    expect(await house.app.services.store.read.row('turns', skipped?.parentId ?? '')).toMatchObject({ kind: 'user', text: 'We talk until the lamp burns low. Next morning.', parentId: one.head });
    expect(section(model.asked.find((asked) => section(asked, 'What to skip') !== '') as Asked, 'What to skip')).toBe('We talk until the lamp burns low. Next morning.');
    expect(await head(one)).toBe(skipped?.turnId);
  });

  test('SC-5 where it asks something, nothing marked, it is answered when the morning has come', async () => {
    const one = await chat();
    await send(one, 'Why does the light burn blue?\n\nThe next morning.');
    const skipped = await answer(one, '');
    expect(await house.app.services.store.read.row('turns', await head(one))).toMatchObject({ kind: 'assistant', parentId: skipped?.turnId, speakerId: one.botId });
  });

  test('not where it only skips, and not where nobody could tell the skip', async () => {
    const one = await chat();
    await send(one, '*Fade out, skip to morning.*');
    const quiet = await answer(one, '');
    expect(await head(one)).toBe(quiet?.turnId);
    telling = () => {
      throw new Error('down');
    };
    ear?.close();
    const other = await chat();
    await send(other, '"Good night, Mara." *The next morning.*');
    const plain = await answer(other, '');
    expect(plain).toMatchObject({ finishReason: 'written' });
    expect(await head(other)).toBe(plain?.turnId);
  });
});

describe('EV-2 EV-4 a skip past the day of a plan', () => {
  test('expires it in the same step: a rewind gives it back, undone it is past again; one that is under way goes on', async () => {
    const one = await chat();
    const plan = async (title: string): Promise<string> => {
      await client.plot.plan.mutate({ commandId: commandId(), chatId: one.chatId, plan: { kind: 'date', title, props: {}, plannedFor: '1889-10-01T20:00:00.000Z', knownTo: [one.botId, one.personaId] } });
      return (await state(one)).plans.find((row) => row.title === title)?.storyEventId ?? '';
    };
    const [late, begun] = [await plan('Supper'), await plan('A walk')];
    await client.plot.stepPlan.mutate({ commandId: commandId(), chatId: one.chatId, storyEventId: begun, step: 'start' });
    const statuses = async () => Promise.all([late, begun].map(async (id) => (await state(one)).plans.find(({ storyEventId }) => storyEventId === id)?.status));
    await send(one, '/skip an hour');
    await house.app.services.story.idle();
    expect(await statuses()).toEqual(['planned', 'active']);
    const before = await head(one);
    await send(one, '/skip a week later');
    const skipped = await answer(one, '');
    expect(await statuses()).toEqual(['expired', 'active']);
    const events = await house.app.services.store.read.ofTurn(skipped?.turnId ?? '');
    const [started, moved] = ['skip_started', 'story_event_moved'].map((kind) => events.find((event) => event.kind === kind));
    expect(moved?.commandId).toBe(started?.commandId);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: before, reason: 'rewind' });
    expect(await statuses()).toEqual(['planned', 'active']);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: skipped?.turnId ?? '', reason: 'undo' });
    expect(await statuses()).toEqual(['expired', 'active']);
    // Told anew it is the same leap.
    await client.turns.regenerate.mutate({ commandId: commandId(), chatId: one.chatId, head: await head(one) });
    await house.app.services.story.idle();
    expect(await statuses()).toEqual(['expired', 'active']);
  });
});

describe('SC-6 a skip that ends the scene', () => {
  test('closes it first, then skips, then opens the next', async () => {
    const one = await chat();
    await play(one, 'Good night, Mara.');
    const before = await state(one);
    await send(one, '*Fade out, skip to morning.*');
    const turn = await answer(one, '');
    const now = await state(one);
    const [old, next] = [now.scenes.find(({ sceneId }) => sceneId === before.scene?.sceneId), now.scene];
    expect(old).toMatchObject({ closed: true, endedAt: expect.stringMatching(/^1889-10-01T18:3/) });
    expect(next).toMatchObject({ closed: false, startedAt: '1889-10-02T08:00:00.000Z', containerId: old?.containerId });
    expect(turn?.sceneId).toBe(next?.sceneId);
    expect((await memoriesOf(one)).some(({ kind, sceneId }) => kind === 'scene' && sceneId === old?.sceneId)).toBe(true);
    const kinds = (await house.app.services.store.read.ofTurn(turn?.turnId ?? '')).map(({ kind }) => kind);
    expect(kinds.slice(0, 4)).toEqual(['skip_started', 'scene_closed', 'scene_opened', 'clock_set']);
  });
});

describe('SC-7 a skip never blocks', () => {
  test('with the model down a plain sentence tells the new time; Try again tells it properly', async () => {
    telling = () => {
      throw new Error('down');
    };
    const one = await chat();
    await send(one, '/skip next morning');
    const plain = await answer(one, 'They slept.');
    expect(plain).toMatchObject({ text: 'Time passes. It is Wednesday, 2 October 1889 at 08:00.', truncated: false, finishReason: 'written', problem: expect.any(String) });
    expect((await memoriesOf(one))[0]).toMatchObject({ kind: 'synthesized', text: 'They slept.' });

    telling = () => 'Morning, at last.';
    const { replyTurnId } = await client.turns.regenerate.mutate({ commandId: commandId(), chatId: one.chatId, head: plain?.turnId ?? '' });
    expect(await whole(replyTurnId)).toMatchObject({ kind: 'skip', text: 'Morning, at last.', clock: '1889-10-02T08:00:00.000Z', problem: null });
    expect((await state(one)).stage?.clock).toBe('1889-10-02T08:00:00.000Z');
    expect((await memoriesOf(one)).filter(({ kind }) => kind === 'synthesized')).toHaveLength(1);
  });

  test('a chapter of 3,000 words is cut at the end of a sentence', async () => {
    telling = () => 'The night went by as nights do. '.repeat(430);
    const one = await chat();
    const { replyTurnId } = await send(one, '/skip an hour');
    const turn = await whole(replyTurnId);
    expect(turn?.text).toBe('The night went by as nights do. '.repeat(3).trim());
    telling = () => 'and on and on '.repeat(900);
    const endless = await whole((await send(one, '/skip an hour')).replyTurnId);
    expect(endless?.text.length).toBeLessThan(720);
  });
});

describe('TL-4 a skip is a turn', () => {
  test('rewound, everything that it changed is gone; undone, all is back', async () => {
    passes = ({ parts }) => (parts.includes('notable') ? { notable: { memories: [], moves: [{ from: 'Mara', to: 'Ava', affinity: 5, trust: 5, facts: [] }], people: [], weather: 'Snow' } } : {});
    const one = await chat();
    const before = await state(one);
    await send(one, '/skip a week later, fade out');
    const turn = await answer(one, 'They quarrelled and made up.');
    const after = await state(one);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: one.head, reason: 'rewind' });
    expect(await state(one)).toEqual(before);
    expect((await memoriesOf(one)).filter(({ kind }) => kind === 'synthesized')).toEqual([]);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: one.chatId, to: turn?.turnId ?? '', reason: 'undo' });
    expect(await state(one)).toEqual(after);
  });

  test('TL-8 it can be hidden from prompts, and edited', async () => {
    const one = await chat();
    const turn = await whole((await send(one, '/skip an hour')).replyTurnId);
    await client.turns.edit.mutate({ commandId: commandId(), turnId: turn?.turnId ?? '', text: 'An hour of herrings.' });
    await play(one, 'So.');
    const said = (): string => model.asked.findLast(({ schema }) => schema === null)?.messages.map(({ content }) => content).join('\n') ?? '';
    expect(said()).toContain('An hour of herrings.');
    await client.turns.hide.mutate({ commandId: commandId(), turnId: turn?.turnId ?? '', hidden: true });
    await play(one, 'So?');
    expect(said()).not.toContain('herrings');
  });
});

test('TN-2 only what looks like a skip asks; what is none is an ordinary turn', async () => {
  skipAnswer = { kind: 'none', minutes: null, until: null, label: '' };
  const one = await chat();
  const reply = await play(one, '*Time passes strangely here, she thinks.*');
  expect(reply?.kind).toBe('assistant');
  expect(model.asked.map(({ schema }) => schema)).toEqual(['skip', null, 'passes']);
  model.asked.length = 0;
  await play(one, 'Good evening.');
  expect(model.asked.map(({ schema }) => schema)).toEqual([null, 'passes']);
  model.asked.length = 0;
  await play(one, 'I saw her at the ball. The next morning she was gone.');
  expect(model.asked.map(({ schema }) => schema)).toEqual([null, 'passes']);
});

test('SC-7 a model that cannot say whether it is a skip does not keep the words from telling', async () => {
  skipAnswer = 'no idea';
  const one = await chat();
  await send(one, '*The next morning.*');
  expect(await question(one)).toMatchObject({ to: '1889-10-02T08:00:00.000Z' });
});

describe('TN-5 a skip that is broken off', () => {
  test('stopped, it keeps what came; before the first word a plain sentence stands there', async () => {
    const slow = await openHouse({ model: { url: model.url, narrative: 'teller', classifier: 'books' } });
    let release: () => void = () => undefined;
    try {
      const tab = slow.tab().client;
      const chat = await beginChat(tab, { continuity: 'own' });
      telling = () => new Promise<string>((resolve) => (release = () => resolve('Late words.')));
      const { replyTurnId } = await tab.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: '/skip an hour' });
      expect(await tab.turns.stop.mutate({ chatId: chat.chatId })).toEqual({ stopped: true });
      const turn = await slow.app.services.store.read.row('turns', replyTurnId);
      expect(turn).toMatchObject({ kind: 'skip', status: 'whole', text: 'Time passes. It is Tuesday, 1 October 1889 at 19:30.', problem: null });
    } finally {
      release();
      await slow.close();
    }
  });

  test('OP-3 what a crash left open is ended at the next start; the time has passed, and what it owes is done', async () => {
    const settings = { model: { url: model.url, narrative: 'teller', classifier: 'books' } };
    const first = await openHouse(settings);
    const tab = first.tab().client;
    const chat = await beginChat(tab, { continuity: 'own' });
    const { store } = first.app.services;
    // The start stands in the log, and nothing that would write its end goes on.
    await store.execute({ id: 'cut-off', actor: 'person', at: new Date().toISOString() }, async (read) => ({
      events: startSkip(await readStanding(read, chat.chatId), {
        head: chat.head,
        plan: { mode: 'jump', asked: 'tomorrow 9:00', to: '1889-10-02T09:00:00.000Z', closes: false },
        words: '', notable: 'They slept on the quay.', model: 'teller', question: undefined, significance: 0,
        userTurnId: 'u', skipTurnId: 'cut', nextSceneId: 's',
      }),
      answer: null,
    }));
    await first.leave();

    const second = await openHouse({ folder: first.folder, ...settings });
    try {
      const { services } = second.app;
      await services.story.idle();
      expect(await services.store.read.row('turns', 'cut')).toMatchObject({ status: 'whole', text: 'Time passes. It is Wednesday, 2 October 1889 at 09:00.' });
      expect(await services.store.read.rows('memories', { ownerId: chat.botId })).toContainEqual(expect.objectContaining({ kind: 'synthesized', text: 'They slept on the quay.' }));
      expect(await services.store.read.rows('owed', {})).toEqual([]);
    } finally {
      await second.close();
    }
  });
});
