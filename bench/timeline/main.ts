import { copyFileSync } from 'node:fs';
import { Bed, makeBed } from '../engine/bed.ts';
import type { Operation } from '../engine/bed.ts';
import { Folder } from '../lib/folder.ts';
import { load } from '../lib/load.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { longMoves } from './longMoves.ts';
import { scrubs, switches } from './travel.ts';

const SIZES = [1_000, 10_000, 100_000] as const;
const ROUNDS = 40;
/** Rounds that are not counted: what was just opened has not read its pages yet. */
const WARM_UP = 3;
/** Events that a round adds: two turns, another reply, and the moves. */
const EVENTS_A_ROUND = 25;

/** The states that PF-5 names. */
const STATES = [
  { name: 'as played', prepare: async () => {} },
  { name: 'after a 500-turn rewind and its undo', prepare: async (bed: Bed) => void (await bed.rewindAndUndo(500)) },
  { name: 'after a reset and its undo', prepare: async (bed: Bed) => void (await bed.resetAndUndo()) },
] as const;

const MOVES: readonly Operation[] = ['rewind', 'rewind and return', 'swipe'];

/** PF-5, PF-14: going back, across and looking back, in stories of three lengths and three states. */
export async function timeline(report: Report): Promise<void> {
  report.note(`Times ${ROUNDS} rounds at ${SIZES.map((size) => size.toLocaleString('en')).join(', ')} events; three chats share a bot and its edges, another chat plays between.`);
  using folder = new Folder();
  const beds = SIZES.map((size) => ({ size, path: folder.at(`${size}.sqlite`) }));
  for (const { size, path } of beds) await makeBed(path, size - (ROUNDS * EVENTS_A_ROUND) / 2);
  for (const [n, state] of STATES.entries()) {
    const times = new Map<number, Record<Operation, number>[]>();
    for (const { size, path } of beds) {
      const copy = folder.at(`${size}-${n}.sqlite`);
      copyFileSync(path, copy);
      const bed = await Bed.open(copy);
      try {
        await state.prepare(bed);
        times.set(size, await rounds(bed));
        await scrubs(report, bed, `${inWords(size)}, ${state.name}`);
        await switches(report, bed, `${inWords(size)}, ${state.name}`);
        if (size === SIZES[2]) await longMoves(report, bed, state.name);
      } finally {
        await bed.close();
      }
    }
    tell(report, state.name, times);
    report.note(`  (${load()})`);
  }
}

async function rounds(bed: Bed): Promise<Record<Operation, number>[]> {
  for (let n = 0; n < WARM_UP; n += 1) await bed.round();
  const times: Record<Operation, number>[] = [];
  for (let n = 0; n < ROUNDS; n += 1) times.push(await bed.round());
  return times;
}

function tell(report: Report, state: string, times: ReadonlyMap<number, readonly Record<Operation, number>[]>): void {
  for (const move of MOVES) {
    const of = (size: number): number[] => (times.get(size) ?? []).map((round) => round[move]);
    for (const size of SIZES) {
      const bar = move === 'rewind' ? { bar: 3 } : {};
      report.add({ id: 'PF-5', what: `one-turn ${move} at ${inWords(size)}, ${state}`, value: median(of(size)), unit: 'ms', p99: p99(of(size)), ...bar });
    }
    const ratio = median(of(SIZES[2])) / median(of(SIZES[0]));
    report.add({ id: 'PF-5', what: `one-turn ${move}, ${inWords(SIZES[2])} over ${inWords(SIZES[0])}, ${state}`, value: ratio, unit: 'x', bar: 1.5 });
  }
}

const inWords = (size: number): string => `${size.toLocaleString('en')} events`;
