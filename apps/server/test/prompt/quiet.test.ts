import type { Row } from '@offstage/domain';
import { expect, test } from 'vitest';
import { Settled } from '../../src/prompt/settled.ts';
import { createTokenCounter } from '../../src/prompt/tokens.ts';
import { bot, chat, context, last, make, memory, turn } from './making.ts';

const counter = createTokenCounter();
const LINE = 'The lamp turns, and the water takes the light and gives it back in pieces. ';

/** A story of many scenes, ten turns each. */
const turns = Array.from({ length: 400 }, (_, n) => turn(n, n === 0 ? 'Rain.' : `${n}: ${LINE.repeat(2)}`, { sceneId: `s${Math.floor(n / 10)}` }));

/** Mara's account of a scene. */
const account = (n: number): Row<'memories'> => ({ ...memory(`s${n}.mara`, `I remember scene ${n}.`), kind: 'scene', chatId: 'c1', sceneId: `s${n}`, turnId: `t${n * 10 + 10}` });

/** Her memory of an exchange of this story. */
const own = (depth: number): Row<'memories'> => ({ ...memory(`m${depth}`, `What was said at ${depth}.`), chatId: 'c1', turnId: `t${depth}`, sceneId: `s${Math.floor(depth / 10)}` });

const headOf = (prompt: Awaited<ReturnType<typeof make>>): string => prompt.messages[0]?.content ?? '';

function play() {
  const story = chat(turns, counter);
  const settled = new Settled();
  return (depth: number, changes: Parameters<typeof context>[0] = {}) => {
    story.upTo(depth);
    const accounts = Array.from({ length: Math.floor(depth / 10) }, (_, n) => account(n));
    return make({ counter, settled, transcript: story.transcript, context: context({ pinned: [], accounts, ...changes }), recall: async () => [] });
  };
}

test('PR-1 PR-3 accounts of old scenes stand at the head from when the transcript is trimmed, and grow at their end', async () => {
  await counter.load();
  const promptAt = play();
  let before = '';
  let changes = 0;
  let trims = 0;
  let from = 0;
  for (let depth = 1; depth < 400; depth += 2) {
    const prompt = await promptAt(depth);
    const { transcript } = prompt.report;
    const trimmed = transcript.fromDepth !== from;
    if (trimmed) trims++;
    if (headOf(prompt) !== before && before !== '') {
      changes++;
      expect(trimmed).toBe(true);
    }
    from = transcript.fromDepth ?? 0;
    before = headOf(prompt);
    const told = [...before.matchAll(/I remember scene (\d+)\./g)].map(([, n]) => Number(n));
    expect(told).toEqual(told.map((_, n) => (told[0] ?? 0) + n));
    // Whatever is left out of the transcript is told by an account, the scene that is cut in two as well.
    if (transcript.trimmed) expect(told.at(-1)).toBeGreaterThanOrEqual(Math.floor(((transcript.fromDepth ?? 0) - 1) / 10));
  }
  expect(trims).toBeGreaterThan(3);
  expect(changes).toBeLessThanOrEqual(trims);
});

test('PR-3 a prompt that nobody is given leaves the next one as it would have been', async () => {
  await counter.load();
  const [plain, between] = [chat(turns, counter), chat(turns, counter)];
  const [settled, disturbed] = [new Settled(), new Settled()];
  for (let depth = 1; depth < 300; depth += 2) {
    const accounts = Array.from({ length: Math.floor(depth / 10) }, (_, n) => account(n));
    const pinned = [memory('old', 'An old pin.'), ...(depth > 50 ? [memory('new', 'A new pin.')] : [])];
    const parts = { counter, context: context({ pinned, accounts }), recall: async () => [] };
    plain.upTo(depth);
    between.upTo(depth);
    for (const message of ['', 'Something else, and much longer than what will be said.']) {
      await make({ ...parts, message, settled: disturbed.rehearsed('c1/mara'), transcript: between.rehearsed });
    }
    const wanted = await make({ ...parts, settled, transcript: plain.transcript });
    expect(await make({ ...parts, settled: disturbed, transcript: between.transcript })).toEqual(wanted);
  }
});

test('PR-3 a transcript that is trimmed begins where a scene does, if one does nearby', async () => {
  await counter.load();
  const promptAt = play();
  const begins = new Set<number>();
  for (let depth = 1; depth < 400; depth += 2) begins.add((await promptAt(depth)).report.transcript.fromDepth ?? 0);
  expect([...begins].every((depth) => depth % 10 === 0)).toBe(true);
});

test('PR-3 a new pin stands late until the transcript is trimmed, then at the head', async () => {
  await counter.load();
  const promptAt = play();
  const first = await promptAt(101);
  const pin = memory('p', 'Ava said to me: I lied.');
  const pinned = await promptAt(103, { pinned: [pin] });
  expect(headOf(pinned)).toBe(headOf(first));
  expect(last(pinned)).toContain('# What Mara remembers\n- Ava said to me: I lied.');
  expect(pinned.report.pins).toMatchObject([{ memoryId: 'p', place: 'late' }]);
  let depth = 105;
  let prompt = pinned;
  while (prompt.report.transcript.fromDepth === pinned.report.transcript.fromDepth) prompt = await promptAt((depth += 2), { pinned: [pin] });
  expect(headOf(prompt)).toContain('# What Mara never forgets\n- Ava said to me: I lied.');
  expect(last(prompt)).not.toContain('I lied');
  expect(prompt.report.pins).toMatchObject([{ memoryId: 'p', place: 'head' }]);
  const unpinned = await promptAt(depth + 2);
  expect(headOf(unpinned)).not.toContain('I lied');
});

test('PR-3 what stands late for long is settled once that is cheaper', async () => {
  await counter.load();
  const promptAt = play();
  await promptAt(21);
  const pinned = Array.from({ length: 8 }, (_, n) => memory(`p${n}`, `${n}: ${LINE.repeat(4)}`));
  const places: (string | undefined)[] = [];
  for (let depth = 23; depth < 43; depth += 2) places.push((await promptAt(depth, { pinned })).report.pins[0]?.place);
  expect(places[0]).toBe('late');
  expect(places.at(-1)).toBe('head');
});

test('PR-1 a pin that the transcript tells word for word is not told twice, and is when its turn is trimmed', async () => {
  await counter.load();
  const promptAt = play();
  const early = await promptAt(21, { pinned: [own(15)] });
  expect(early.report.pins).toMatchObject([{ place: 'in the transcript' }]);
  expect(early.messages.map(({ content }) => content).join('\n')).not.toContain('What was said at 15.');
  let prompt = early;
  for (let depth = 23; prompt.report.transcript.fromDepth === 0; depth += 2) prompt = await promptAt(depth, { pinned: [own(15)] });
  expect(headOf(prompt)).toContain('What was said at 15.');
});

test('PR-3 what was learned stands late until the head is settled', async () => {
  const settled = new Settled();
  const edge = context().edges[0];
  if (edge === undefined) throw new Error('There is no edge.');
  const knowing = (...knowledge: string[]) => make({ settled, context: context({ edges: [{ ...edge, knowledge }] }) });
  const first = await knowing('is late');
  expect(headOf(first)).toContain('# What Mara knows about Ava\n- is late');
  const second = await knowing('is late', 'has a brother.');
  expect(headOf(second)).toBe(headOf(first));
  expect(last(second)).toContain('Known about Ava: has a brother.');
  const forgotten = await knowing('has a brother.');
  expect(headOf(forgotten)).not.toContain('is late');
});

test('PR-2 accounts never take more than their share', async () => {
  await counter.load();
  const story = chat(turns, counter);
  const accounts = Array.from({ length: 38 }, (_, n) => ({ ...account(n), text: `Scene ${n}: ${LINE.repeat(8)}` }));
  const { report } = await make({ counter, transcript: story.transcript, context: context({ speaker: bot(), accounts }) });
  const block = report.blocks.find(({ name }) => name === 'accounts');
  expect(block?.tokens).toBeGreaterThan(300);
  expect(block?.tokens).toBeLessThanOrEqual(1_550);
  expect(block?.text).toContain('Scene');
});
