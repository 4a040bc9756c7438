import type { Frame } from '@offstage/domain';
import { describe, expect, it } from 'vitest';
import { originOf, weightOf } from '../../src/features/chat/drawer/memory-words.ts';
import { foldedUnder, heldAfter, isFolded } from '../../src/features/chat/model/memory-list.ts';
import type { MemoryRow } from '../../src/features/chat/model/memory-list.ts';
import { memoryOf, openOf } from './make.ts';

type Commit = Extract<Frame, { type: 'commit' }>;

const commit = (...rows: { key: string; row: MemoryRow | null }[]): Commit => ({ type: 'commit', seq: 11, path: [], rows: rows.map((now) => ({ p: 'memories' as const, ...now })) });

describe('memories that a scene tells too', () => {
  const scene = memoryOf({ memoryId: 'scene', bornSeq: 9, kind: 'scene', significance: 2 });
  const small = memoryOf({ memoryId: 'small', bornSeq: 3, coveredBy: 'scene', significance: 1 });
  const heavy = memoryOf({ memoryId: 'heavy', bornSeq: 4, coveredBy: 'scene', significance: 2 });

  it('ME-7 are folded under it, but for those that matter', () => {
    expect([scene, small, heavy].map(isFolded)).toEqual([false, true, false]);
    expect(foldedUnder([scene, heavy, small]).map(({ memory, folded }) => [memory.memoryId, folded.map((row) => row.memoryId)])).toEqual([
      ['scene', ['small']],
      ['heavy', []],
    ]);
  });

  it('ME-7 stand by themselves where the scene does not', () => {
    expect(foldedUnder([heavy, small]).map(({ memory }) => memory.memoryId)).toEqual(['heavy', 'small']);
  });
});

describe('a list that was asked for', () => {
  const [one, two] = [memoryOf({ memoryId: 'one', bornSeq: 1 }), memoryOf({ memoryId: 'two', bornSeq: 2 })];

  it('LV-1 keeps its order while its rows change and go, and takes none in', () => {
    const known = [one, two];
    const changed = { ...one, text: 'Otherwise.' };
    expect(heldAfter(known, commit({ key: 'one', row: changed }, { key: 'three', row: memoryOf({ memoryId: 'three', bornSeq: 3 }) }))).toEqual([changed, two]);
    expect(heldAfter(known, commit({ key: 'two', row: null }))).toEqual([one]);
    expect(heldAfter(known, commit({ key: 'three', row: null }))).toBe(known);
  });
});

describe('where a memory came from', () => {
  it.each([
    ['This story', {}],
    ['Another story', { chatId: 'd' }],
    ['A whole scene', { kind: 'scene' as const }],
    ['Written by hand', { kind: 'manual' as const }],
    ['While time passed', { kind: 'synthesized' as const, source: 'synthesized' }],
    ['Told by Mara', { kind: 'told' as const, source: 'told_by:mara' }],
    ['Told by Someone', { kind: 'told' as const, source: 'told_by:nobody' }],
  ])('ME-9 %s', (words, told) => expect(originOf(memoryOf({ memoryId: 'm', bornSeq: 1, ...told }), openOf())).toBe(words));

  it('ME-4 a choice stands for its weight', () => {
    expect(['0', '1', '2', '3', 'x'].map(weightOf)).toEqual([0, 1, 2, 3, 0]);
  });
});
