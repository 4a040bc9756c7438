import type { Row } from '@offstage/domain';
import { expect, test } from 'vitest';
import { LoreIndex } from '../../src/prompt/lore.ts';
import { bot, chat, context, last, make, memory, turn, whole } from './making.ts';

const plan = (title: string, changes: Partial<Row<'storyEvents'>> = {}): Row<'storyEvents'> => ({
  storyEventId: title, chatId: 'c1', kind: 'meeting', title, props: {}, plannedFor: null, knownTo: ['mara'], status: 'planned', ...changes,
});

test('PR-1 plans, open arcs, digests and how all are together stand late', async () => {
  const prompt = await make({
    context: context({
      plans: [plan('The sale', { plannedFor: '2031-05-08T09:00:00.000Z', props: { where: 'town hall', seats: 4 } }), plan('The storm', { status: 'active' })],
      threads: [{ threadId: 't', chatId: 'c1', title: 'The ledger', summary: 'Nobody knows who has it.', open: true, sceneId: null, knownTo: ['mara'] }],
      digests: [{ digestId: 'd', chatId: 'c1', sceneId: 's', text: 'Jon fell asleep.', knownTo: ['mara'], consumed: false }],
      group: { chatId: 'c1', summary: 'They tease each other.', mood: 'easy', knownTo: ['mara'] },
    }),
  });
  const late = last(prompt);
  expect(late).toContain('# How they are together\nThey tease each other. Mood: easy.');
  expect(late).toMatch(/- The sale \(meeting\), planned for Thursday.* 8 May 2031 at 09:00; where: town hall\n- The storm \(meeting\), under way/);
  expect(late).toContain('# Left open\n- The ledger: Nobody knows who has it.');
  expect(late).toContain('# Meanwhile, while Ava was away\nJon fell asleep.');
  expect(prompt.report.digests).toEqual(['d']);
});

test('WD-13 lore that always stands is at the head, lore that is called for late; the report names the key', async () => {
  const entry = (loreId: string, changes: Partial<Row<'lore'>>): Row<'lore'> => ({
    loreId, botId: null, chatId: null, name: loreId, keys: [], secondaryKeys: [], content: '', enabled: true, constant: false, order: 1, ...changes,
  });
  const index = new LoreIndex([
    entry('world', { constant: true, content: 'The sea is rising. {{char}} knows it.' }),
    entry('ferry', { keys: ['ferry'], content: 'The ferry comes on Tuesdays.' }),
    entry('long', { keys: ['ferry'], content: 'word '.repeat(1_200), order: 0 }),
    entry('train', { keys: ['train'], content: 'There is no train.' }),
  ]);
  const prompt = await make({ message: 'When is the ferry?', lore: (text) => index.find(text, { botId: 'mara', chatId: 'c1' }) });
  expect(prompt.messages[0]?.content).toContain('# About this world\nThe sea is rising. Mara knows it.');
  expect(last(prompt)).toContain('# About what was spoken of\nThe ferry comes on Tuesdays.');
  expect(prompt.report.lore).toEqual([
    { loreId: 'long', name: 'long', key: 'ferry', included: false },
    { loreId: 'ferry', name: 'ferry', key: 'ferry', included: true },
    { loreId: 'world', name: 'world', key: null, included: true },
  ]);
});

test('PR-7 the author\'s note stands as many turns before the end as it says', async () => {
  const story = chat([turn(0, 'Rain.'), turn(1, 'Late.'), turn(2, 'Sorry.'), turn(3, 'Hm.')]);
  const at = async (depth: number) => {
    const { messages } = await make({ transcript: story.transcript, context: context({ note: { text: 'Let {{char}} be tired.', depth } }) });
    return messages.map(({ content }) => content);
  };
  const note = "[Author's note: Let Mara be tired.]";
  expect((await at(0)).at(-1)).toContain("# Author's note\nLet Mara be tired.");
  expect((await at(1)).slice(1, -1)).toEqual(['Rain.', 'Late.', `Ava: Sorry.\n\n${note}`, 'Hm.']);
  expect((await at(2)).slice(1, -1)).toEqual(['Rain.', 'Late.', `${note}\n\nAva: Sorry.`, 'Hm.']);
  expect((await at(3)).slice(1, -1)).toEqual([`Rain.\n\n${note}`, 'Late.', 'Ava: Sorry.', 'Hm.']);
  expect((await at(90)).slice(1, -1)).toEqual([`${note}\n\nRain.`, 'Late.', 'Ava: Sorry.', 'Hm.']);
});

test('TN-1 what is a remark by the marks of today is nobody\'s to read, also in turns that were read before', async () => {
  const story = chat([turn(0, 'Rain.'), turn(1, 'Late.'), turn(2, 'Sorry. [[Is the lamp lit?]]'), turn(3, 'Hm.')]);
  const told = async () => (await make({ transcript: story.transcript })).messages.map(({ content }) => content);
  expect(await told()).toContain('Ava: Sorry. [[Is the lamp lit?]]');
  story.mark(['[[', ']]']);
  expect(await told()).toContain('Ava: Sorry.');
  story.mark(['((', '))']);
  expect(await told()).toContain('Ava: Sorry. [[Is the lamp lit?]]');
});

test('PR-7 a note has a place of its own where only the bot has spoken', async () => {
  const story = chat([turn(1, 'Late.'), turn(3, 'Hello?')]);
  const { messages, report } = await make({ transcript: story.transcript, context: context({ note: { text: 'Slowly.', depth: 1 } }) });
  expect(messages.slice(1, -1)).toEqual([
    { role: 'assistant', content: 'Late.' }, { role: 'user', content: "[Author's note: Slowly.]" }, { role: 'assistant', content: 'Hello?' },
  ]);
  expect(report.blocks.find(({ name }) => name === 'note')).toMatchObject({ position: 'transcript', why: 'Stands 1 turn before the end.' });
});

const recalling = (...found: Row<'memories'>[]) => async () => found.map((one, n) => ({ memory: one, score: 9 - n, why: { text: 1, vector: null, neighbour: 0, significance: 1, recency: 1, reliability: 1 } }));

test('ME-7 a memory and the scene memory that covers it are never offered together', async () => {
  const scene = { ...memory('s1.mara', 'The evening.'), kind: 'scene' as const, sceneId: 's1' };
  const covered = { ...memory('m1', 'A word of it.'), coveredBy: 's1.mara' };
  expect((await make({ recall: recalling(scene, covered) })).report.retrieved.map(({ memoryId }) => memoryId)).toEqual(['s1.mara']);
  expect((await make({ recall: recalling(covered, scene) })).report.retrieved.map(({ memoryId }) => memoryId)).toEqual(['m1']);
  const pinned = await make({ context: context({ pinned: [covered] }), recall: recalling(scene, memory('m2', 'Else.')) });
  expect(pinned.report.retrieved.map(({ memoryId }) => memoryId)).toEqual(['m2']);
});

test('ME-5 what the transcript tells word for word does not come to mind beside it', async () => {
  const story = chat([turn(0, 'Rain.'), turn(1, 'Late.')]);
  const here = { ...memory('m1', 'Late.'), chatId: 'c1', turnId: 't1' };
  const sought: unknown[] = [];
  const prompt = await make({
    transcript: story.transcript,
    recall: async (query) => {
      sought.push(query);
      return recalling(here, memory('m2', 'Long ago.'))();
    },
  });
  expect(sought).toEqual([{ text: 'Late.\nHello.', k: 4, turnIds: ['t1'], exclude: ['p1'] }]);
  expect(prompt.report.retrieved.map(({ memoryId }) => memoryId)).toEqual(['m2']);
});

test('ME-5 a memory says how long ago it was by the story\'s clock', async () => {
  const aged = (clock: string) => ({ ...memory(clock, 'It rained.'), clock });
  const prompt = await make({ recall: recalling(aged('2031-05-06T10:00:00.000Z'), aged('2031-05-05T10:00:00.000Z'), aged('2031-04-01T10:00:00.000Z'), aged('2040-01-01T00:00:00.000Z')) });
  expect(last(prompt)).toContain('- It rained.\n- (a day ago) It rained.\n- (5 weeks ago) It rained.\n- It rained.');
});

test('PR-4 a prompt that is trimmed says why', async () => {
  const story = chat([turn(0, 'Rain.'), ...Array.from({ length: 400 }, (_, n) => turn(n + 1, `${n} ${'The tide turns. '.repeat(12)}`))]);
  const { report } = await make({ transcript: story.transcript });
  expect(report.transcript).toMatchObject({ trimmed: true, toTurnId: 't400' });
  expect(report.blocks.find(({ name }) => name === 'transcript')).toMatchObject({ included: true, why: 'Older turns had no room.', text: '' });
});

test('PR-1 a very long place, a long memory and long feelings are cut short', async () => {
  const edge = context().edges[0];
  if (edge === undefined) throw new Error('There is no edge.');
  const prompt = await make({
    context: context({
      speaker: bot(), edges: [{ ...edge, summary: 'word '.repeat(2_000) }], pinned: [memory('p', 'word '.repeat(2_000))],
      place: { containerId: 'k', chatId: 'c1', name: 'Hall', type: '', description: 'word '.repeat(4_000), moving: false, public: true, audibleRange: '', parentId: null },
    }),
  });
  expect(whole(prompt).length).toBeLessThan(5_000);
});

test('TL-6 a nudge stands last above the message', async () => {
  const prompt = await make({ context: context({ nudge: 'be shorter' }) });
  expect(last(prompt)).toContain("Only Mara's own words and acts.\n\nThis time: be shorter\n\n# The turn\nAva: Hello.");
});
