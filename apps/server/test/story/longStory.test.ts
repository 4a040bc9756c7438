import { groupKey } from '@offstage/domain/members';
import { wordsOf } from '@offstage/domain/words';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commandId, openHouse } from './harness.ts';
import type { House } from './harness.ts';
import { marksIn } from './longLedger.ts';
import { PEOPLE } from './longModel.ts';
import { LongStory } from './longStory.ts';
import type { Place } from './longStory.ts';
import { scriptedModel, section } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';

const DAY = 24 * 3_600_000;
const SUPPER = {
  title: 'Supper at the light',
  plannedFor: '1889-10-01T23:00:00.000Z',
};

let model: ScriptedModel;
let house: House;
let story: LongStory;
let harbour: Place;
let mill: Place;

/** What later acts look back at. */
const noted = { letter: '', secret: '', threadId: '', planId: '' };
/** How things stood before the date was planned, and what each would have been told next. */
const before = { head: '', moment: 0, world: {} as Record<string, unknown>, prompts: new Map<string, string>() };

beforeAll(async () => {
  model = await scriptedModel(() => ({}));
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  story = await LongStory.begin(house, model);
  harbour = await story.open('harbour', 'Mara');
  mill = await story.open('mill', 'Jon');
});
afterAll(async () => {
  await house.close();
  await model.close();
});
beforeEach(() => {
  Object.assign(story.cues, { learn: () => ({}), threads: () => ({}), before: () => Promise.resolve() });
});

const lastPrompt = (reader: string): string => story.ledger.sent.findLast((one) => one.reader === reader && one.what === 'narration')?.text ?? '';
const threads = () => story.read.rows('threads', { chatId: harbour.chatId });
const plan = () => story.read.row('storyEvents', noted.planId);
const stage = async (place: Place) => (await story.read.row('stages', place.chatId)) ?? { clock: null, weather: '', sceneId: null, meanwhileId: null, guestId: null };
const clock = async (place: Place): Promise<number> => Date.parse((await stage(place)).clock ?? '');
const closedScenes = async (place: Place) => (await story.read.rows('scenes', { chatId: place.chatId })).filter(({ closed, meanwhile }) => closed && meanwhile !== true);
const knownTo = (ids: readonly (string | null)[]): readonly string[] => story.bots(ids);
const things = () => story.read.rows('inventory', { chatId: harbour.chatId });
const digests = () => story.read.rows('digests', { chatId: harbour.chatId });

/**
 * One story in acts: each goes on where the one before it ended, and looks at what everyone knows, feels and is told.
 */
describe('one long story of three bots in two chats', { timeout: 60_000 }, () => {
  test('GU-1 TN-3 TN-10 ME-3 a guest comes, breaks in, tells a secret, and goes', async () => {
    await story.talk(harbour, 8);
    noted.letter = await story.say(harbour, 'Mara, who took the letter?');
    await story.guest(harbour, 'Jon');
    await story.talk(harbour, 8);
    // Asked of Mara; Jon cannot keep still.
    story.cues.learn = (asked, spoke) => (asked.parts.includes('interjection') && spoke === 'Mara' ? { interjection: { speaks: true, to: 'Mara', reason: 'He was there.' } } : {});
    await story.say(harbour, 'Mara, did the ferry sink?');
    const [, , reply, aside] = (await story.path(harbour)).slice(-4);
    expect([reply, aside].map((turn) => story.bots([turn?.speakerId ?? null]))).toEqual([['Mara'], ['Jon']]);
    expect(lastPrompt('Jon')).toContain('Jon was not asked, but breaks in now, speaking to Mara');

    story.cues.learn = (_asked, spoke) => (spoke === 'Jon' ? { memories: { told: [{ teller: 'Jon', hearer: 'Mara', fact: `The silver lies under the willow, ${story.ledger.mint('told', 'harbour', ['Mara'])}.` }] } } : {});
    noted.secret = await story.say(harbour, 'Jon, tell us your secret.');
    const told = (await story.memories('Mara')).find(({ kind, text }) => kind === 'told' && text.includes('willow'));
    expect(told).toMatchObject({ source: `told_by:${story.id('Jon')}`, reliability: 0.8 });
    expect((await story.memories('Jon')).some(({ text }) => text.includes('willow'))).toBe(false);

    await story.guest(harbour, null);
    story.cues.learn = () => ({});
    await story.talk(harbour, 3);
    expect((await stage(harbour)).guestId).toBeNull();
    expect(lastPrompt('Mara')).toContain('Present: Ava, Mara\n');
    expect(lastPrompt('Jon')).not.toContain(noted.letter);
    expect(lastPrompt('Mara')).toContain(noted.secret);
  });

  test('WD-11 EV-5 SC-2 the scene ends: each has an account of its own, and what it left open is known to who heard it', async () => {
    story.cues.threads = (asked, mark) => (section(asked, 'What happened').includes(noted.letter) ? { opened: [{ title: 'Who took the letter?', summary: `Nobody says, ${mark()}.` }] } : {});
    await story.close(harbour);
    const [thread] = await threads();
    noted.threadId = thread?.threadId ?? '';
    expect(thread).toMatchObject({ title: 'Who took the letter?', open: true });
    expect(knownTo(thread?.knownTo ?? [])).toEqual(['Mara']);
    for (const name of ['Mara', 'Jon']) expect((await story.memories(name)).filter(({ kind }) => kind === 'scene')).toHaveLength(1);
    await story.talk(harbour, 1);
    expect(lastPrompt('Mara')).toContain('# Left open\n- Who took the letter?');
  });

  test('ME-2 WD-14 in his own chat Jon knows what he witnessed at the harbour, and no more', async () => {
    await story.talk(mill, 10);
    await story.say(mill, 'Jon, what is your secret? Tell us of the letter.');
    expect(lastPrompt('Jon')).toContain(noted.secret);
    expect(lastPrompt('Jon')).not.toContain(noted.letter);
    expect(lastPrompt('Jon')).not.toContain('Who took the letter?');
  });

  test('EV-5 two scenes later it is taken up again', async () => {
    await story.talk(harbour, 10);
    await story.close(harbour);
    await story.say(harbour, 'Mara, it was the boy who took the letter.');
    await story.talk(harbour, 7);
    story.cues.threads = (asked, mark) => (section(asked, 'Left open before').startsWith('thread-1: Who took the letter?') ? { updated: [{ thread: 'thread-1', summary: `It may have been the boy, ${mark()}.` }] } : {});
    await story.close(harbour);
    expect(await threads()).toMatchObject([{ threadId: noted.threadId, open: true, summary: expect.stringContaining('the boy') as string }]);
    await story.talk(harbour, 1);
    expect(lastPrompt('Mara')).toContain('- Who took the letter?: It may have been the boy');
    before.head = harbour.head;
    before.world = await story.world(harbour);
    for (const name of ['Mara']) before.prompts.set(name, await story.nextPrompt(harbour, name));
    before.moment = story.ledger.now;
  });

  test('WD-10 EV-1 EV-2 a date is planned, told to the one who knows of it, and begins', async () => {
    // What hands do hangs from the turn at which they do it.
    await story.say(harbour, 'Mara, shall we have supper tomorrow?');
    const plot = story.ledger.mint('plot', 'harbour', ['Mara']);
    const props = {
      where: `the gallery, ${plot}`,
      gains: [{ who: 'Mara', thing: `a brass key, ${story.ledger.mint('thing', 'harbour', ['Mara'])}` }],
      learns: [{ who: 'Mara', about: 'Ava', fact: `Ava keeps her word, ${story.ledger.mint('lesson', 'harbour', ['Mara'])}.` }],
      feels: [{ who: 'Mara', about: 'Ava', words: `Ava is a friend now, ${story.ledger.mint('view', 'harbour', ['Mara'])}.` }],
    };
    await story.plan(harbour, { ...SUPPER, props }, ['Ava', 'Mara']);
    // A second one, of which nobody else knows, and which is never kept.
    await story.plan(harbour, { title: 'A boat to paint', props: { where: `the slip, ${story.ledger.mint('plot', 'harbour', [])}` }, plannedFor: new Date((await clock(harbour)) + 60_000).toISOString() }, ['Ava']);
    noted.planId = (await story.read.rows('storyEvents', { chatId: harbour.chatId })).find(({ title }) => title === SUPPER.title)?.storyEventId ?? '';
    await story.talk(harbour, 2);
    expect(lastPrompt('Mara')).toContain('Supper at the light (date), planned for');
    expect(lastPrompt('Mara')).not.toContain('A boat to paint');
    story.cues.learn = () => ({ plans: { moved: [{ plan: 'plan-1', what: 'started' }] } });
    await story.say(harbour, 'Mara, let us go up to supper.');
    expect(await plan()).toMatchObject({ status: 'active' });
  });

  test('EV-3 WD-12 it comes to pass: a thing, a lesson and a new view of Ava, and the next prompt tells them', async () => {
    story.cues.learn = () => ({ plans: { moved: [{ plan: 'plan-1', what: 'completed' }] } });
    await story.say(harbour, 'Mara, that was a good supper.');
    expect(await plan()).toMatchObject({ status: 'completed' });
    expect((await things()).map(({ entityId, name }) => [story.bots([entityId])[0], marksIn(name).length])).toEqual([['Mara', 1]]);
    const edge = await story.feels('Mara', 'Ava');
    expect(edge?.summary).toContain('Ava is a friend now');
    expect(edge?.knowledge.join(' ')).toContain('Ava keeps her word');
    story.cues.learn = () => ({});
    await story.talk(harbour, 3);
    for (const promoted of ['a brass key', 'Ava keeps her word', 'Ava is a friend now']) expect(lastPrompt('Mara')).toContain(promoted);
    expect(lastPrompt('Mara')).not.toContain('Supper at the light (date)');
  });

  test('SC-4 an elision by prose moves the clock, and the turn is told to all who are there; EV-5 the scene ends, and the loose end is tied up', async () => {
    const was = await clock(harbour);
    await story.skip(harbour, 'Skip to when we arrive at the lighthouse.');
    const [told] = (await story.path(harbour)).slice(-1);
    expect(told).toMatchObject({ kind: 'skip', speakerId: null });
    expect((await clock(harbour)) - was).toBe(40 * 60_000);
    await story.talk(harbour, 4);
    expect(lastPrompt('Mara')).toContain(wordsOf(told ?? { text: '', edited: null }));
    story.cues.threads = (_asked, mark) => ({ closed: [{ thread: 'thread-1', summary: `The boy has owned up, ${mark()}.` }] });
    await story.close(harbour);
    expect(await threads()).toMatchObject([{ threadId: noted.threadId, open: false }]);
    story.cues.threads = () => ({});
    await story.talk(harbour, 2);
    expect(lastPrompt('Mara')).not.toContain('# Left open');
  });

  test('SC-5 EV-2 a leap asks what is notable: memories of it, feelings; what was planned for long before is past', async () => {
    await story.guest(harbour, 'Jon');
    const note = story.ledger.mint('note', 'harbour', ['Mara', 'Jon']);
    const was = await clock(harbour);
    const trust = (await story.feels('Mara', 'Jon'))?.trust ?? 50;
    story.cues.learn = ({ parts }) =>
      parts.includes('notable')
        ? {
            notable: {
              memories: ['Mara', 'Jon'].map((owner) => ({ owner, text: `I mended the lamp, ${story.ledger.mint('synth', 'harbour', [owner])}.` })),
              moves: [{ from: 'Mara', to: 'Jon', affinity: 0, trust: 4, facts: [] }],
              people: [],
              weather: 'Fog',
            },
          }
        : {};
    await story.say(harbour, '*The next morning.*');
    expect(await story.client.chats.open.query({ chatId: harbour.chatId })).toMatchObject({ question: { words: expect.stringContaining('next morning') as string } });
    await story.act(harbour, () => story.client.skips.answer.mutate({ commandId: commandId(), chatId: harbour.chatId, head: harbour.head, notable: `All mended the lamp, ${note}.` }));
    expect((await clock(harbour)) - was).toBe(DAY / 2);
    expect((await stage(harbour)).weather).toBe('Fog');
    for (const name of ['Mara', 'Jon']) expect((await story.memories(name)).filter(({ kind }) => kind === 'synthesized')).toMatchObject([{ reliability: 0.7 }]);
    expect(await story.feels('Mara', 'Jon')).toMatchObject({ trust: trust + 4 });
    await story.talk(harbour, 2);
    for (const name of ['Mara', 'Jon']) {
      await story.say(harbour, `${name}, do you remember how you mended the lamp?`);
      expect(lastPrompt(name)).toContain('I mended the lamp');
    }
  });

  test('SC-6 the words fade out: the scene ends first, then it is morning, and how three are together is put in words; EV-2 EV-6 what nobody kept is past', async () => {
    const open = (await stage(harbour)).sceneId;
    const was = await clock(harbour);
    await story.skip(harbour, '*Fade out, skip to the next morning.*', '');
    harbour.closed += 1;
    expect(await story.read.row('scenes', open ?? '')).toMatchObject({ closed: true, endedAt: new Date(was).toISOString() });
    expect((await stage(harbour)).sceneId).not.toBe(open);
    expect(await closedScenes(harbour)).toHaveLength(harbour.closed);
    const group = await story.read.row('groupNodes', groupKey(harbour.chatId, ['Ava', 'Mara', 'Jon'].map((name) => story.id(name))));
    expect(group).toMatchObject({ mood: 'calm' });
    const drawer = await story.client.chats.drawer.query({ chatId: harbour.chatId });
    expect(drawer.plans.map(({ title, status }) => `${title}: ${status}`).toSorted()).toEqual(['A boat to paint: expired', `${SUPPER.title}: completed`]);
    expect(drawer.threads).toMatchObject([{ threadId: noted.threadId, open: false }]);
    await story.talk(harbour, 3);
    expect(lastPrompt('Mara')).toContain(group?.summary);
  });

  test('MW-1 MW-3 MW-4 the two by themselves, twice: each time they remember it, and one prompt each carries what was told of it', async () => {
    const feels = await story.feels('Mara', 'Ava');
    const { chatId } = harbour;
    await story.aside(harbour, () => story.client.meanwhile.begin.mutate({ commandId: commandId(), chatId, turns: 4 }));
    expect(await story.feels('Mara', 'Ava')).toEqual(feels);
    expect(await digests()).toMatchObject([{ consumed: false }]);
    const [first] = await digests();
    expect(story.bots(first?.knownTo ?? [])).toEqual(['Jon', 'Mara']);
    await story.say(harbour, 'Mara, I am back.');
    expect(lastPrompt('Mara')).toContain(first?.text);
    await story.say(harbour, 'Jon, and you?');
    expect(lastPrompt('Jon')).not.toContain(first?.text);

    // The second is broken into, goes on, and ends when neither has more to say.
    let said = 0;
    story.cues.before = async () => {
      said += 1;
      if (said === 2) await story.client.meanwhile.steer.mutate({ commandId: commandId(), chatId, running: false });
    };
    story.cues.learn = ({ parts }) => (parts.includes('meanwhile') ? { meanwhile: { next: said < 4 ? 'Jon' : 'nobody', reason: '' } } : {});
    await story.aside(harbour, () => story.client.meanwhile.begin.mutate({ commandId: commandId(), chatId, turns: 9, mode: 'initiative' }));
    const sceneId = (await stage(harbour)).meanwhileId;
    expect(sceneId).not.toBeNull();
    story.cues.before = () => Promise.resolve();
    await story.say(harbour, 'Mara, only a word.');
    said = 2;
    story.cues.before = () => Promise.resolve(void (said += 1));
    await story.aside(harbour, () => story.client.meanwhile.steer.mutate({ commandId: commandId(), chatId, running: true }));
    expect(await stage(harbour)).toMatchObject({ meanwhileId: null });
    expect((await digests()).map(({ consumed }) => consumed)).toEqual([true, false]);
    const played = (await story.path(harbour)).filter((turn) => turn.sceneId === sceneId);
    expect(played.map(({ speakerId }) => story.bots([speakerId])[0])).toEqual(['Mara', 'Jon', 'Jon', 'Jon']);
    expect(played.every(({ witnesses }) => !witnesses.includes(story.id('Ava')))).toBe(true);
    story.cues.learn = () => ({});
    await story.say(harbour, 'Jon, so it is.');
    expect(lastPrompt('Jon')).toContain((await digests())[1]?.text);
    await story.guest(harbour, null);
    await story.close(harbour);
  });

  test('ME-2 GU-2 Pia comes to both, and is told of nothing that was before', async () => {
    await story.guest(harbour, 'Pia');
    await story.say(harbour, 'Pia, do you know of the letter, the lamp, the willow?');
    expect(marksIn(lastPrompt('Pia')).filter((mark) => !story.ledger.mayKnow(mark, 'Pia'))).toEqual([]);
    expect(lastPrompt('Pia')).toContain('Present: Ava, Mara, Pia');
    await story.talk(harbour, 10);
    await story.close(harbour);
    await story.guest(harbour, null);
    await story.talk(harbour, 7);
    await story.guest(mill, 'Pia');
    await story.talk(mill, 10);
    await story.close(mill);
    await story.guest(mill, null);
    await story.talk(mill, 8);
    expect(story.turns).toBeGreaterThanOrEqual(115);
  });

  test('ME-1 ME-2 the witness matrix: of every turn, memory, loose end, plan, thing and feeling, who may know it, against every row and every prompt', async () => {
    const { ledger } = story;
    // Every turn was witnessed by those who were there as the script has it, and each of them remembers it.
    const remembered = new Map(await Promise.all(PEOPLE.map(async (name) => [name, (await story.memories(name)).filter(({ kind }) => kind === 'turn' || kind === 'told').map(({ text }) => text).join('\n')] as const)));
    let turns = 0;
    for (const place of [harbour, mill]) {
      for (const turn of await story.path(place)) {
        const [mark] = marksIn(wordsOf(turn));
        if (mark === undefined) throw new Error(`A turn has no mark: ${wordsOf(turn)}`);
        expect([mark, story.bots(turn.witnesses)]).toEqual([mark, ledger.knowers(mark)]);
        for (const name of PEOPLE) if (turn.kind !== 'skip') expect([mark, name, remembered.get(name)?.includes(mark)]).toEqual([mark, name, ledger.mayKnow(mark, name) && !(turn.kind === 'user' && askedForLeap(wordsOf(turn)))]);
        turns += 1;
      }
    }
    expect(turns).toBeGreaterThanOrEqual(210);

    // What is somebody's holds nothing that is not.
    for (const name of PEOPLE) {
      const own = [...(await story.memories(name)), ...(await story.read.rows('edges', { source: story.id(name) })), ...(await story.read.rows('inventory', { entityId: story.id(name) }))];
      expect(ledger.strangers(name, own)).toEqual([]);
    }
    // What is known to several is known to just those.
    const shared = [...(await threads()), ...(await digests()), ...(await story.read.rows('storyEvents', {})), ...(await story.read.rows('groupNodes', {}))];
    expect(shared.length).toBeGreaterThanOrEqual(7);
    for (const row of shared) {
      const marks = marksIn({ ...row, props: 'props' in row ? row.props['where'] : undefined });
      expect(marks.length).toBeGreaterThan(0);
      for (const mark of marks) expect([mark, story.bots(row.knownTo)]).toEqual([mark, ledger.knowers(mark)]);
    }

    // No prompt that was sent, for whatever purpose, holds a word that its reader may not know.
    expect(ledger.sent.length).toBeGreaterThan(300);
    expect(ledger.leaks()).toEqual([]);
    // And not because nothing is told at all.
    const carried = (name: string) => (['card', 'said', 'reply', 'tale', 'fact', 'feeling', 'matter', 'group', 'digest', 'plot', 'thing', 'lesson', 'view', 'synth'] as const).filter((kind) => ledger.carried(name, kind));
    expect(carried('Mara')).toEqual(['card', 'said', 'reply', 'tale', 'fact', 'feeling', 'matter', 'group', 'digest', 'plot', 'thing', 'lesson', 'view', 'synth']);
    expect(carried('Jon')).toEqual(['card', 'said', 'reply', 'tale', 'fact', 'feeling', 'group', 'digest', 'synth']);
    expect(carried('Pia')).toEqual(['card', 'said', 'reply', 'fact', 'feeling']);
  });

  test('TL-4 TL-5 EV-4 rewound to before the date, all that came after it is gone from state and prompts, and the mill stands as it was; undone, all is back', async () => {
    const { ledger } = story;
    const end = harbour.head;
    const after = { harbour: await story.world(harbour), mill: await story.world(mill), nobody: await story.world(null) };
    const prompts = { mara: await story.nextPrompt(harbour, 'Mara'), jon: await story.nextPrompt(mill, 'Jon') };
    const gone = ledger.since(before.moment, 'harbour');
    const left = (told: unknown): string[] => marksIn(told).filter((mark) => gone.has(mark));
    expect(left(after.harbour).length).toBeGreaterThan(100);
    expect(left(prompts.jon).length).toBeGreaterThan(0);

    const { counts } = await story.client.timeline.undoing.query({ chatId: harbour.chatId, to: before.head });
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    await story.move(harbour, before.head, 'rewind');
    expect(await story.world(harbour)).toEqual(before.world);
    expect(await story.world(mill)).toEqual(after.mill);
    expect(left(await story.world(null))).toEqual([]);
    expect(await plan()).toBeUndefined();
    expect(await threads()).toMatchObject([{ open: true, summary: expect.stringContaining('the boy') as string }]);
    expect(await story.nextPrompt(harbour, 'Mara')).toBe(before.prompts.get('Mara'));
    const jons = await story.nextPrompt(mill, 'Jon');
    expect(left(jons)).toEqual([]);
    expect(jons).toContain(noted.secret);

    await story.move(harbour, end, 'undo');
    expect(await story.world(harbour)).toEqual(after.harbour);
    expect(await story.world(mill)).toEqual(after.mill);
    expect(await story.world(null)).toEqual(after.nobody);
    expect(await story.nextPrompt(harbour, 'Mara')).toBe(prompts.mara);
    expect(await story.nextPrompt(mill, 'Jon')).toBe(prompts.jon);
    expect(await story.read.rows('owed', {})).toEqual([]);
    expect(ledger.leaks()).toEqual([]);
  });
});

/** A message that asks for a leap is nobody's memory: what was made of it is. */
const askedForLeap = (words: string): boolean => /next morning/.test(words);
