import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inTurn } from '../../src/catalogue.ts';
import type { MemoryAt, MemoryEdit } from '../../src/commands/memoryEdits.ts';
import { MEMORY_MOST, addMemory, deleteMemory, editMemory, pinMemory, scoreMemory, unpinMemory } from '../../src/commands/memoryEdits.ts';
import { lookedAt, undoEdit } from '../../src/commands/undoEdit.ts';
import { given, logged } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

type Significance = 0 | 1 | 2 | 3;

const written = (memoryId: string, significance: Significance = 1): NewEvent =>
  inTurn('c1', 't1', 'memory_written', {
    memoryId, ownerId: 'mara', continuityId: 'shared', kind: 'turn', text: `About ${memoryId}.`, witnesses: ['ava', 'mara'], clock: null, sceneId: 's1',
    aboutTurnId: 't1', source: 'direct', reliability: 1, significance, quotes: ['You are late.'],
  });
const base = [...people, ...opening(), written('m')];
const decisive = (from: number, to: number): NewEvent[] => Array.from({ length: to - from }, (_, n) => written(`d${from + n}`, 3));

const at = (events: readonly NewEvent[], memoryId = 'm'): MemoryAt => ({
  memory: given(events).row('memories', memoryId),
  pins: given(events).row('pins', 'shared/mara'),
});
const pinsOf = (events: readonly NewEvent[]): string[] => (at(events).pins?.pins ?? []).map((pin) => `${pin.memoryId}${pin.auto ? '' : '!'}`);
const edit = (events: readonly NewEvent[], act: (state: ReturnType<typeof standing>, at: MemoryAt) => MemoryEdit, memoryId = 'm'): MemoryEdit =>
  act(standing(events), at(events, memoryId));
const add = (events: readonly NewEvent[], text: string, significance: Significance = 1, memoryId = 'new'): MemoryEdit =>
  addMemory(standing(events), at(events).pins, { memoryId, ownerId: 'mara', text, significance });

/** Everything after an edit and its undo. */
function undone(before: readonly NewEvent[], made: MemoryEdit, between: readonly NewEvent[] = []): NewEvent[] {
  const all = [...before, ...made.events, ...between];
  const events = logged(all).slice(before.length, before.length + made.events.length);
  return [...all, ...undoEdit(events, standing(all), given(all))];
}

const changedSince = expect.objectContaining({ code: 'already_done' });

describe('ME-9 a memory by hand', () => {
  test('is the bot\'s own, of this moment and of no scene', () => {
    const { events } = add(base, ' She hates gulls. ', 2);
    expect(given([...base, ...events]).row('memories', 'new')).toMatchObject({
      ownerId: 'mara', continuityId: 'shared', kind: 'manual', text: 'She hates gulls.', witnesses: ['mara'], sceneId: null, source: 'direct',
      clock: '2031-05-06T18:00:00.000Z', turnId: 't1', reliability: 1, significance: 2,
    });
  });

  test('goes again when it is undone, unless somebody has worked on it since', () => {
    const made = add(base, 'She hates gulls.');
    expect(given(undone(base, made)).row('memories', 'new')).toBeUndefined();
    const reworded = edit([...base, ...made.events], (state, found) => editMemory(state, found, 'She fears gulls.'), 'new').events;
    expect(() => undone(base, made, reworded)).toThrow(changedSince);
    const gone = edit([...base, ...made.events], deleteMemory, 'new').events;
    expect(given(undone(base, made, gone)).row('memories', 'new')).toBeUndefined();
  });

  test('ME-9 is refused where it is empty, too long, or nobody\'s', () => {
    expect(() => add(base, ' \u200B ')).toThrow(expect.objectContaining({ code: 'invalid', fields: ['text'] }));
    expect(add(base, 'x'.repeat(MEMORY_MOST)).events).toHaveLength(1);
    expect(() => add(base, 'x'.repeat(102_400))).toThrow(
      expect.objectContaining({ code: 'too_long', fields: ['text'], message: 'This is 102,400 characters long; a memory holds 20,000. Shorten it, or write it as several.' }),
    );
    for (const ownerId of ['nobody', 'ava']) {
      expect(() => addMemory(standing(base), undefined, { memoryId: 'x', ownerId, text: 'x', significance: 1 })).toThrow(
        expect.objectContaining({ code: 'not_found', fields: ['ownerId'] }),
      );
    }
  });
});

test('ME-9 words are changed, and come back', () => {
  const made = edit(base, (state, found) => editMemory(state, found, 'Another thing.'));
  expect(given([...base, ...made.events]).row('memories', 'm')?.text).toBe('Another thing.');
  expect(given(undone(base, made)).row('memories', 'm')?.text).toBe('About m.');
  expect(() => undone(base, made, [inTurn('c1', 't1', 'memory_edited', { memoryId: 'm', ownerId: 'mara', continuityId: 'shared', text: 'No.', prior: '' })])).toThrow(changedSince);
  expect(edit(base, (state, found) => editMemory(state, found, ' About m. ')).events).toEqual([]);
});

test('ME-9 WD-14 a memory that is not there, or is of another story, is refused', () => {
  const refused = expect.objectContaining({ code: 'not_found', fields: ['memoryId'] });
  const { memory } = at(base);
  for (const stranger of [undefined, { ...memory!, continuityId: 'own' }]) {
    for (const act of [deleteMemory, pinMemory, unpinMemory]) expect(() => act(standing(base), { memory: stranger, pins: undefined })).toThrow(refused);
    expect(() => scoreMemory(standing(base), { memory: stranger, pins: undefined }, 3)).toThrow(refused);
    expect(() => editMemory(standing(base), { memory: stranger }, 'x')).toThrow(refused);
  }
});

describe('ME-4 pins', () => {
  test('one made by hand takes the place of the weakest automatic one, which comes back', () => {
    const full = [...base, ...decisive(0, 8)];
    const made = edit(full, pinMemory);
    expect(made.gaveWay).toBe('d0');
    expect(pinsOf([...full, ...made.events])).toEqual(['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'm!']);
    expect(pinsOf(undone(full, made)).toSorted()).toEqual(pinsOf(full));
  });

  test('a ninth where all are by hand is refused', () => {
    const full = [...base, ...Array.from({ length: 8 }, (_, n) => written(`h${n}`))];
    const pinned = full.reduce<NewEvent[]>((all, _event, n) => (n < 8 ? [...all, ...edit(all, pinMemory, `h${n}`).events] : all), full);
    expect(pinsOf(pinned)).toHaveLength(8);
    expect(() => edit(pinned, pinMemory)).toThrow(expect.objectContaining({ code: 'limit_reached', message: 'Eight memories are pinned already. Unpin one first.' }));
    // The highest score pins by itself, but not in a hand's stead.
    const scored = edit(pinned, (state, found) => scoreMemory(state, found, 3));
    expect(scored.gaveWay).toBeNull();
    expect(pinsOf([...pinned, ...scored.events])).toEqual(pinsOf(pinned));
    const off = edit(pinned, unpinMemory, 'h3');
    const instead = edit([...pinned, ...off.events], pinMemory).events;
    expect(() => undone(pinned, off, instead)).toThrow(expect.objectContaining({ code: 'limit_reached' }));
  });

  test('an automatic one that a hand pins is automatic again after the undo', () => {
    const auto = [...base, written('d', 3)];
    const made = edit(auto, pinMemory, 'd');
    expect(pinsOf([...auto, ...made.events])).toEqual(['d!']);
    expect(pinsOf(undone(auto, made))).toEqual(['d']);
  });

  test.each([['hand', 'm', ['m!']], ['auto', 'd', ['d']]] as const)('taken off by hand, a pin by %s comes back as it was', (how, memoryId, pins) => {
    const start = [...base, ...(how === 'auto' ? [written('d', 3)] : [])];
    const before = how === 'auto' ? start : [...start, ...edit(start, pinMemory).events];
    const made = edit(before, unpinMemory, memoryId);
    expect(pinsOf([...before, ...made.events])).toEqual([]);
    expect(pinsOf(undone(before, made))).toEqual(pins);
    expect(edit([...before, ...made.events], unpinMemory, memoryId).events).toEqual([]);
  });

  test('pinned or taken off again since, the undo changes nothing', () => {
    const made = edit(base, pinMemory);
    const off = edit([...base, ...made.events], unpinMemory);
    expect(undone(base, made, off.events)).toHaveLength(base.length + 2);
    expect(undone([...base, ...made.events], off, edit([...base, ...made.events, ...off.events], pinMemory).events)).toHaveLength(base.length + 3);
    expect(edit([...base, ...made.events], pinMemory).events).toEqual([]);
  });
});

describe('ME-4 ME-9 a score by hand', () => {
  test('the highest pins, pushing the weakest out; undone, both are as they were', () => {
    const full = [...base, ...decisive(0, 8)];
    const made = edit(full, (state, found) => scoreMemory(state, found, 3));
    expect(made.gaveWay).toBe('d0');
    expect(pinsOf([...full, ...made.events])).toContain('m');
    const back = undone(full, made);
    expect(pinsOf(back).toSorted()).toEqual(pinsOf(full));
    expect(given(back).row('memories', 'm')?.significance).toBe(1);
  });

  test('a lower one lets an automatic pin go; undone, it is pinned again', () => {
    const auto = [...base, written('d', 3)];
    const made = edit(auto, (state, found) => scoreMemory(state, found, 0), 'd');
    expect(pinsOf([...auto, ...made.events])).toEqual([]);
    expect(pinsOf(undone(auto, made))).toEqual(['d']);
  });

  test('what was not pinned though it is decisive is not pinned by the undo', () => {
    const auto = [...base, written('d', 3)];
    const bare = [...auto, ...edit(auto, unpinMemory, 'd').events];
    const made = edit(bare, (state, found) => scoreMemory(state, found, 2), 'd');
    const back = undone(bare, made);
    expect(given(back).row('memories', 'd')?.significance).toBe(3);
    expect(pinsOf(back)).toEqual([]);
  });

  test('a pin made since stays; a score given since refuses', () => {
    const made = edit(base, (state, found) => scoreMemory(state, found, 3));
    const after = [...base, ...made.events];
    expect(pinsOf(undone(base, made, edit(after, pinMemory).events))).toEqual(['m!']);
    expect(() => undone(base, made, edit(after, (state, found) => scoreMemory(state, found, 2)).events)).toThrow(changedSince);
    expect(edit(after, (state, found) => scoreMemory(state, found, 3)).events).toEqual([]);
  });
});

describe('ME-9 a deleted memory', () => {
  const covered = inTurn('c1', 't1', 'memory_covered', { ownerId: 'mara', sceneMemoryId: 'scene', memoryIds: ['m', 'd'] });

  test.each([
    ['plain', []],
    ['pinned by hand', edit(base, pinMemory).events],
    ['folded into its scene', [covered]],
    ['reworded', edit(base, (state, found) => editMemory(state, found, 'Otherwise.')).events],
  ] as const)('that was %s comes back whole, in its place', (_what, more) => {
    const before = [...base, written('later'), ...more];
    const made = edit(before, deleteMemory);
    expect(given([...before, ...made.events]).row('memories', 'm')).toBeUndefined();
    const back = undone(before, made);
    expect(given(back).row('memories', 'm')).toEqual(given(before).row('memories', 'm'));
    expect(pinsOf(back)).toEqual(pinsOf(before));
    // And can go again.
    expect(given([...back, ...edit(back, deleteMemory).events]).row('memories', 'm')).toBeUndefined();
  });

  test('that was decisive comes back pinned or not, as it was', () => {
    for (const off of [false, true]) {
      const auto = [...base, written('d', 3)];
      const before = off ? [...auto, ...edit(auto, unpinMemory, 'd').events] : auto;
      expect(pinsOf(undone(before, edit(before, deleteMemory, 'd')))).toEqual(pinsOf(before));
    }
  });

  test('takes with it what can still be done to it', () => {
    const reworded = edit(base, (state, found) => editMemory(state, found, 'x'));
    const gone = edit([...base, ...reworded.events], deleteMemory).events;
    expect(() => undone(base, reworded, gone)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('that was written anew since is left as it is', () => {
    const made = edit(base, deleteMemory);
    expect(undone(base, made, [written('m', 2)])).toHaveLength(base.length + 2);
  });
});

test('ED-4 what a pass remembered, scored or deleted is no edit by hand', () => {
  for (const event of [
    written('p'),
    inTurn('c1', 't1', 'memory_scored', { memoryId: 'm', ownerId: 'mara', continuityId: 'shared', significance: 2, by: 'pass' }),
    inTurn('c1', 't1', 'memory_pinned', { memoryId: 'm', ownerId: 'mara', continuityId: 'shared', significance: 2 }),
    inTurn('c1', 't1', 'memory_unpinned', { memoryId: 'm', ownerId: 'mara', continuityId: 'shared' }),
    inTurn('c1', 't1', 'memory_deleted', { memoryId: 'm', ownerId: 'mara', continuityId: 'shared' }),
  ]) {
    expect(() => undone(base, { events: [event], gaveWay: null })).toThrow(expect.objectContaining({ code: 'invalid' }));
  }
});

test('an undo says which rows it looks at', () => {
  const full = [...base, ...decisive(0, 8)];
  const [event] = logged([...full, ...edit(full, pinMemory).events]).slice(-1);
  const keys = lookedAt(event!).map(({ projection, key }) => `${projection} ${key}`);
  expect(keys).toEqual(expect.arrayContaining(['pins shared/mara', 'memories m', 'memories d0']));
  const [weather] = logged([inTurn('c1', 't1', 'weather_set', { weather: 'Hail' })]);
  expect(lookedAt(weather!)).toEqual([{ projection: 'stages', key: 'c1' }]);
});
