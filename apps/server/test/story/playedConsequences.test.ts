import { projectionNames, projections } from '@offstage/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginChat, commandId, openHouse } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel, section } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

/** What the model finds beside the plain, by part or by the name of a question of its own. */
type Finding = (asked: Asked) => Readonly<Record<string, unknown>>;

const QUIET: Finding = () => ({});
let model: ScriptedModel;
let house: House;
let client: Client;
let finds: Finding = QUIET;

const PLAIN: Readonly<Record<string, unknown>> = {
  memories: { told: [] }, significance: { score: 1 }, edges: { moves: [] }, activity: { minutes: 0, weather: null, people: [] },
  scene: { ended: false, how: 'no', place: null }, interjection: { speaks: false, to: null, reason: 'No.' },
  scene_summary: { summary: 'We met.', quotes: [], feelings: [] }, scene_threads: { opened: [], updated: [], closed: [] },
  group: { summary: 'They keep each other warm.', mood: 'easy' }, digest: { digest: 'They spoke of the lamp in low voices.' },
  skip: { kind: 'none', minutes: null, until: null, label: '' },
};

beforeAll(async () => {
  model = await scriptedModel((asked) => {
    if (asked.schema === 'kickoff') return KICKOFF;
    const found = { ...PLAIN, ...finds(asked) };
    if (asked.schema === null) return section(asked, 'What to skip') === '' ? '*A nod.* "So it is."' : 'The night went by, slow and grey.';
    return asked.schema === 'passes' ? found : found[asked.schema];
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});

const KICKOFF = {
  place: { name: 'The harbour', type: 'quay', description: '' }, time: { iso: '1889-10-01T18:30:00Z', label: 'evening' }, weather: 'Rain', anchor: null, title: 'The harbour',
  you: { posture: 'standing', action: '', holding: [] }, bot: { posture: 'sitting', action: '', holding: [] }, edge: { affinity: 50, trust: 50, summary: '' },
};
const QUESTION = 'Mara, what of the lantern, the letter and the tower?';

interface Chat {
  readonly chatId: string;
  readonly botId: string;
  readonly personaId: string;
  readonly continuityId: string;
  readonly jon: string;
  head: string;
}

const store = () => house.app.services.store;
const at = (chat: Chat) => ({ commandId: commandId(), chatId: chat.chatId });

async function begin(guest: boolean): Promise<Chat> {
  const begun = await beginChat(client, { continuity: 'own' });
  const { botId: jon } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', persona: 'Keeps the mill.' } });
  const chat = { ...begun, jon, continuityId: (await store().read.row('chats', begun.chatId))?.continuityId ?? '' };
  if (guest) await client.guests.set.mutate({ ...at(chat), botId: jon });
  await say(chat, 'Mara, I bring a lantern and a letter.');
  return chat;
}

/** Does something, and waits for all that comes of it. */
async function done(chat: Chat, act: Promise<unknown>): Promise<void> {
  await act;
  await house.app.services.story.idle();
  chat.head = (await client.chats.open.query({ chatId: chat.chatId })).head;
}

const say = (chat: Chat, text: string): Promise<void> => done(chat, client.turns.send.mutate({ ...at(chat), head: chat.head, text }));
const close = (chat: Chat): Promise<void> => done(chat, client.scenes.close.mutate(at(chat)));
const move = (chat: Chat, to: string, reason: 'rewind' | 'undo'): Promise<void> => done(chat, client.timeline.move.mutate({ ...at(chat), to, reason }));
const guest = (chat: Chat, botId: string | null): Promise<void> => done(chat, client.guests.set.mutate({ ...at(chat), botId }));

/** The prompt of the reply to the next message, byte for byte; the message is taken back again. */
async function nextPrompt(chat: Chat): Promise<string> {
  const [head, finding] = [chat.head, finds];
  finds = QUIET;
  await say(chat, QUESTION);
  const asked = model.asked.findLast(({ schema }) => schema === null);
  await move(chat, head, 'rewind');
  finds = finding;
  return JSON.stringify(asked?.messages);
}

/** Every row that a story makes, of one chat and its continuity. */
async function world(chat: Chat): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of projectionNames.filter((one) => projections[one].class === 'story')) {
    const rows = await store().read.rows(name, {}, 10_000);
    found[name] = rows.filter((row) => ('chatId' in row ? row.chatId === chat.chatId : 'continuityId' in row && row.continuityId === chat.continuityId));
  }
  return found;
}

interface Played {
  readonly of: string;
  /** True where Jon is a guest from the beginning. */
  readonly guest?: true;
  /** The tables in which it stands. */
  readonly in: readonly string[];
  /** What the next prompt tells of it, and did not before; null where none tells of it. */
  readonly told: string | null;
  /** What must have happened before. */
  before?(chat: Chat): Promise<void>;
  play(chat: Chat): Promise<void>;
}

const PROMISES = {
  gains: [{ who: 'Mara', thing: 'a brass key' }],
  learns: [{ who: 'Mara', about: 'Ava', fact: 'Ava keeps her word.' }],
  feels: [{ who: 'Mara', about: 'Ava', words: 'Ava is a friend now.' }],
};

async function plan(chat: Chat, plannedFor: string | null = null): Promise<void> {
  const knownTo = [chat.botId, chat.personaId];
  await done(chat, client.plot.plan.mutate({ ...at(chat), plan: { kind: 'date', title: 'Supper at the tower', props: PROMISES, plannedFor, knownTo } }));
}
const moved = (what: string): Finding => () => ({ plans: { moved: [{ plan: 'plan-1', what }] } });

async function found(chat: Chat, threads: object, words = 'Mara, who lit the tower?'): Promise<void> {
  finds = () => ({ scene_threads: { opened: [], updated: [], closed: [], ...threads } });
  await say(chat, words);
  await close(chat);
}
const OPENED = { opened: [{ title: 'Who lit the tower?', summary: 'Nobody says.' }] };

async function leap(chat: Chat, words: string, notable: string): Promise<void> {
  await say(chat, words);
  await done(chat, client.skips.answer.mutate({ ...at(chat), head: chat.head, notable }));
}
const NOTABLE: Finding = ({ parts }) =>
  parts.includes('notable')
    ? { notable: { memories: [{ owner: 'Mara', text: 'I mended the tower with Ava.' }], moves: [{ from: 'Mara', to: 'Ava', affinity: 5, trust: 5, facts: ['Ava can climb.'] }], people: [], weather: 'Snow' } }
    : {};

const aside = (chat: Chat, turns: number): Promise<void> => done(chat, client.meanwhile.begin.mutate({ ...at(chat), turns }));

const PLAYED: readonly Played[] = [
  { of: 'a guest who comes', in: ['stages', 'scenes', 'activities', 'comings'], told: 'Present: Ava, Mara, Jon', play: (chat) => guest(chat, chat.jon) },
  { of: 'a guest who leaves', guest: true, in: ['stages', 'scenes', 'comings'], told: 'Present: Ava, Mara\\n', play: (chat) => guest(chat, null) },
  {
    of: 'one who breaks in, with what is learned of it', guest: true, in: ['memories', 'edges'], told: 'Jon: *A nod.*',
    async play(chat) {
      finds = ({ parts }) => (parts.includes('interjection') ? { interjection: { speaks: true, to: 'Mara', reason: 'He knows.' } } : { edges: { moves: [{ from: 'Jon', to: 'Mara', affinity: 4, trust: 4, facts: [] }] } });
      await say(chat, 'Mara, is it late?');
    },
  },
  {
    // While the turn itself is in the prompt, what was told in it is not.
    of: 'what a guest told', guest: true, in: ['memories'], told: null,
    async play(chat) {
      finds = () => ({ memories: { told: [{ teller: 'Jon', hearer: 'Mara', fact: 'the letter lies in the tower, Jon says.' }] } });
      await say(chat, 'Jon, say it.');
    },
  },
  { of: 'how three are together', guest: true, in: ['groupNodes', 'scenes', 'memories'], told: 'They keep each other warm.', play: close },
  { of: 'an elision', in: ['stages', 'memories'], told: 'The night went by', play: (chat) => say(chat, '/skip an hour') },
  {
    of: 'the question of a leap', in: ['skipQuestions'], told: null,
    play: (chat) => say(chat, '/skip next morning'),
  },
  { of: 'a leap, and nothing of note', in: ['stages'], told: 'Wednesday, 2 October 1889', play: (chat) => leap(chat, '/skip next morning', '') },
  {
    of: 'a leap with what was notable', in: ['stages', 'memories', 'edges', 'activities'], told: 'Ava can climb.',
    async play(chat) {
      finds = NOTABLE;
      await leap(chat, '/skip a week later', 'They mended the tower.');
    },
  },
  { of: 'a leap that ends the scene', in: ['scenes', 'stages', 'memories'], told: 'Wednesday, 2 October 1889', play: (chat) => leap(chat, '/skip fade out, next morning', '') },
  {
    of: 'a leap that was spoken with, and its answer', in: ['stages', 'memories'], told: 'Are you up?',
    async play(chat) {
      finds = ({ schema }) => (schema === 'skip' ? { skip: { kind: 'jump', minutes: null, until: '1889-10-02T08:00:00Z', label: 'next morning' } } : {});
      await leap(chat, '*The next morning.* "Are you up?"', '');
    },
  },
  { of: 'a plan', in: ['storyEvents'], told: 'Supper at the tower (date), planned', play: (chat) => plan(chat) },
  {
    of: 'a plan that begins', in: ['storyEvents'], told: 'Supper at the tower (date), under way', before: (chat) => plan(chat),
    async play(chat) {
      finds = moved('started');
      await say(chat, 'Mara, come up.');
    },
  },
  {
    of: 'a plan that comes to pass, and all that it brings', in: ['storyEvents', 'inventory', 'edges'], told: 'Ava is a friend now.', before: (chat) => plan(chat),
    async play(chat) {
      finds = moved('completed');
      await say(chat, 'Mara, that was good.');
    },
  },
  {
    of: 'a plan that comes to pass by hand', in: ['storyEvents', 'inventory', 'edges'], told: 'a brass key', before: (chat) => plan(chat),
    async play(chat) {
      const [row] = await store().read.rows('storyEvents', { chatId: chat.chatId });
      await done(chat, client.plot.stepPlan.mutate({ ...at(chat), storyEventId: row?.storyEventId ?? '', step: 'complete' }));
    },
  },
  {
    of: 'a plan that is called off', in: ['storyEvents'], told: null, before: (chat) => plan(chat),
    async play(chat) {
      finds = moved('cancelled');
      await say(chat, 'Mara, not tonight.');
    },
  },
  { of: 'a plan that a leap leaves behind', in: ['storyEvents', 'stages'], told: null, before: (chat) => plan(chat, '1889-10-01T20:00:00.000Z'), play: (chat) => leap(chat, '/skip a week later', '') },
  { of: 'a loose end', in: ['threads', 'scenes'], told: 'Who lit the tower?: Nobody says.', play: (chat) => found(chat, OPENED) },
  {
    of: 'a loose end that is taken up', in: ['threads'], told: 'Somebody with a lantern.', before: (chat) => found(chat, OPENED),
    play: (chat) => found(chat, { updated: [{ thread: 'thread-1', summary: 'Somebody with a lantern.' }] }, 'Mara, I saw a light.'),
  },
  {
    of: 'a loose end that is tied up', in: ['threads'], told: null, before: (chat) => found(chat, OPENED),
    play: (chat) => found(chat, { closed: [{ thread: 'thread-1', summary: 'The boy did.' }] }, 'Mara, the boy has owned up.'),
  },
  {
    of: 'a loose end that a hand ties up', in: ['threads'], told: null, before: (chat) => found(chat, OPENED),
    async play(chat) {
      const [row] = await store().read.rows('threads', { chatId: chat.chatId });
      await done(chat, client.plot.closeThread.mutate({ ...at(chat), threadId: row?.threadId ?? '' }));
    },
  },
  {
    of: 'a thing that is given, and one that is lost', in: ['inventory'], told: 'a rope of hemp',
    async play(chat) {
      for (const name of ['a rope of hemp', 'a hat']) await done(chat, client.plot.addThing.mutate({ ...at(chat), thing: { entityId: chat.botId, name, note: '' } }));
      const hat = (await store().read.rows('inventory', { chatId: chat.chatId })).find(({ name }) => name === 'a hat');
      await done(chat, client.plot.loseThing.mutate({ ...at(chat), itemId: hat?.itemId ?? '' }));
    },
  },
  { of: 'two by themselves, and what is told of it', guest: true, in: ['scenes', 'digests', 'memories'], told: 'They spoke of the lamp in low voices.', play: (chat) => aside(chat, 2) },
  {
    of: 'two by themselves who are paused in the middle', guest: true, in: ['scenes', 'meanwhiles', 'stages', 'memories'], told: '[Meanwhile, without Ava:]',
    async play(chat) {
      await client.meanwhile.begin.mutate({ ...at(chat), turns: 9, nudge: 'Softly.' });
      await done(chat, client.meanwhile.steer.mutate({ ...at(chat), running: false }));
    },
  },
  { of: 'a digest that was carried', guest: true, in: ['digests'], told: null, before: (chat) => aside(chat, 2), play: (chat) => say(chat, 'Mara, I am back.') },
];

describe('TL-4 a rewind takes back, through play', () => {
  test.each(PLAYED)('$of', async ({ guest: withGuest = false, in: tables, told, before: first, play }) => {
    const chat = await begin(withGuest);
    finds = QUIET;
    await first?.(chat);
    finds = QUIET;
    const start = chat.head;
    const before = { prompt: await nextPrompt(chat), world: await world(chat) };

    // What hands do hangs from the turn at which they do it.
    await say(chat, 'Mara, the wind has turned.');
    await play(chat);
    finds = QUIET;
    const after = { head: chat.head, world: await world(chat), prompt: '' };
    for (const table of tables) expect(after.world[table], `${table} while it stands`).not.toEqual(before.world[table]);
    if (told !== null) expect(before.prompt).not.toContain(told);
    // A question that is open gives way to the next message.
    if (!tables.includes('skipQuestions')) {
      after.prompt = await nextPrompt(chat);
      expect(after.prompt, 'the prompt while it stands').toContain(told ?? '');
    }

    await move(chat, start, 'rewind');
    expect(await world(chat)).toEqual(before.world);
    expect(await nextPrompt(chat), 'the next prompt').toBe(before.prompt);

    await move(chat, after.head, 'undo');
    expect(await world(chat)).toEqual(after.world);
    if (after.prompt !== '') expect(await nextPrompt(chat), 'the prompt when it is back').toBe(after.prompt);
    expect(await store().read.rows('owed', { chatId: chat.chatId })).toEqual([]);
  });
});
