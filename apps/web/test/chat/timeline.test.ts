import { describe, expect, test } from 'vitest';
import type { TreeTurn } from '../../src/features/chat/timeline/lines.ts';
import { linesOf, neighbour, tipOf } from '../../src/features/chat/timeline/lines.ts';
import { undoneInWords } from '../../src/features/chat/timeline/undone-words.ts';
import { actsOf } from '../../src/features/chat/turn-menu/acts.ts';
import { turnOf } from './make.ts';

/** `a`, or `a<b`: a turn that follows another; a `*` in front puts it on the path. */
function tree(...told: readonly string[]): TreeTurn[] {
  const depths = new Map<string, number>();
  return told.map((one) => {
    const [id = '', parentId] = one.replace('*', '').split('<');
    const depth = parentId === undefined ? 0 : (depths.get(parentId) ?? 0) + 1;
    depths.set(id, depth);
    return { turnId: id, parentId: parentId ?? null, depth, onPath: one.startsWith('*'), kind: 'user', speakerId: null, sceneId: null, words: id };
  });
}

describe('TL-9 the map of a story', () => {
  const turns = tree('*r', '*a<r', 'x<r', '*b<a', 'c<a', 'y<x', '*d<b', 'e<c', 'f<c');
  const map = linesOf({ turns, names: [{ tipId: 'y', name: 'The other way' }] });
  const lane = (id: string): number | undefined => map.lineOf.get(id)?.lane;
  const at = (id: string): TreeTurn => turns.find(({ turnId }) => turnId === id) ?? expect.fail(id);

  test('puts the active path in the first column, branches beside it, none over another', () => {
    expect(['r', 'a', 'b', 'd'].map(lane)).toEqual([0, 0, 0, 0]);
    const taken = new Set<string>();
    for (const line of map.lines) {
      for (const { depth } of line.turns) {
        expect(taken.has(`${line.lane} ${depth}`)).toBe(false);
        taken.add(`${line.lane} ${depth}`);
      }
    }
    expect(taken.size).toBe(turns.length);
    expect(tipOf(map.lineOf.get('x') ?? expect.fail())?.turnId).toBe('y');
    expect([...(map.lineOf.get('x')?.names.values() ?? [])]).toEqual(['The other way']);
  });

  test('what lies straight ahead of where one stands goes on in the same column', () => {
    const ahead = linesOf({ turns: tree('*r', '*a<r', 'b<a', 'c<a', 'd<b'), names: [] });
    expect(['b', 'd'].map((id) => ahead.lineOf.get(id)?.lane)).toEqual([0, 0]);
    expect(ahead.lineOf.get('c')?.lane).toBe(1);
  });

  test.each([
    ['d', 'ArrowUp', 'b'],
    ['x', 'ArrowUp', 'r'],
    ['a', 'ArrowDown', 'b'],
    ['a', 'ArrowRight', 'x'],
    ['x', 'ArrowLeft', 'a'],
    ['d', 'ArrowDown', undefined],
    ['r', 'ArrowUp', undefined],
  ])('from %s %s leads to %s', (from, key, to) => {
    expect(neighbour(map, at(from), key)?.turnId).toBe(to);
  });

  test('5,000 turns are laid out in a moment, whatever the tree looks like', () => {
    const straight = Array.from({ length: 5_000 }, (_, n) => (n === 0 ? '*0' : `*${n}<${n - 1}`));
    const wide = Array.from({ length: 5_000 }, (_, n) => (n === 0 ? '*0' : `${n}<0`));
    const bushy = Array.from({ length: 5_000 }, (_, n) => (n === 0 ? '*0' : `${n}<${Math.floor((n - 1) / 2)}`));
    for (const told of [straight, wide, bushy]) {
      const laid = tree(...told);
      // Processor time, since a busy machine makes anybody late; work that grows with the square would take many seconds.
      const since = process.cpuUsage();
      linesOf({ turns: laid, names: [] });
      expect(process.cpuUsage(since).user / 1_000, 'ms').toBeLessThan(2_000);
    }
  });
});

test('TL-5 what would be undone is counted in words', () => {
  const none = { turns: 0, scenes: 0, feelings: 0, memories: 0, plans: 0, threads: 0, things: 0, stage: 0 };
  expect(undoneInWords(none)).toBe('nothing');
  expect(undoneInWords({ ...none, turns: 1 })).toBe('one turn');
  expect(undoneInWords({ ...none, turns: 6, memories: 2, feelings: 1 })).toBe('6 turns, 2 memories and one change of feeling');
});

describe('UI-3 what can be done with a turn', () => {
  const reply = turnOf({ turnId: 't4', depth: 4, text: 'Yes.' });
  const usual = { turn: reply, reply, isHead: true, alternates: false, streaming: false };

  test('the last reply is tried again and gone on with, not rewound to', () => {
    expect(actsOf(usual)).toEqual({ usual: ['again', 'edit', 'prompt'], more: ['continue', 'hide', 'copy', 'changed'] });
  });
  test('one in the middle is rewound to and branched from', () => {
    expect(actsOf({ ...usual, isHead: false, alternates: true })).toEqual({ usual: ['again', 'rewind', 'edit', 'compare', 'prompt'], more: ['hide', 'branch', 'look', 'copy', 'changed'] });
  });
  test('while a reply is written none is tried again', () => {
    expect(actsOf({ ...usual, streaming: true }).usual).not.toContain('again');
  });
  test('your own turn has no prompt, and a hidden one is shown again', () => {
    const own = turnOf({ turnId: 't3', depth: 3, kind: 'user', text: 'Hm.', hidden: true });
    expect(actsOf({ ...usual, turn: own, isHead: false })).toEqual({ usual: ['again', 'rewind', 'edit'], more: ['show', 'branch', 'look', 'copy'] });
  });
});
