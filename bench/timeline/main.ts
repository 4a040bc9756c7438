import { copyFileSync } from 'node:fs';
import { Bed, makeBed } from '../engine/bed.ts';
import type { Operation } from '../engine/bed.ts';
import { Folder } from '../lib/folder.ts';
import { load } from '../lib/load.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { drawing } from './drawing.ts';
import { longMoves } from './longMoves.ts';
import { purging } from './purging.ts';
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

/** PF-5, PF-14: going back, across and looking back, in stories of three lengths and three states; then the map of a story. */
export async function timeline(report: Report): Promise<void> {
  report.note(`Times ${ROUNDS} rounds at ${SIZES.map((size) => size.toLocaleString('en')).join(', ')} events; three chats share a bot and its edges, another chat plays between.`);
  using folder = new Folder();
  const beds = SIZES.map((size) => ({ size, path: folder.at(`${size}.sqlite`) }));
  for (const { size, path } of beds) await makeBed(path, size - (ROUNDS * EVENTS_A_ROUND) / 2);
  for (const [n, state] of STATES.entries()) {
    const opened: { readonly size: number; readonly bed: Bed }[] = [];
    try {
      for (const { size, path } of beds) {
        const copy = folder.at(`${size}-${n}.sqlite`);
        copyFileSync(path, copy);
        const bed = await Bed.open(copy);
        opened.push({ size, bed });
        await state.prepare(bed);
      }
      tell(report, state.name, await rounds(opened));
      for (const { size, bed } of opened) {
        await scrubs(report, bed, `${inWords(size)}, ${state.name}`);
        await switches(report, bed, `${inWords(size)}, ${state.name}`);
        if (size === SIZES[2]) await longMoves(report, bed, state.name);
      }
    } finally {
      for (const { bed } of opened) await bed.close();
    }
    report.note(`  (${load()})`);
  }
  for (const { size, path } of beds) await purging(report, path, inWords(size));
  await drawing(report);
}

/** Turn about, and each as often first: the machine's moods hit all lengths alike. */
async function rounds(opened: readonly { readonly size: number; readonly bed: Bed }[]): Promise<Map<number, Record<Operation, number>[]>> {
  const times = new Map(opened.map(({ size }) => [size, [] as Record<Operation, number>[]]));
  for (let n = -WARM_UP; n < ROUNDS; n += 1) {
    for (let at = 0; at < opened.length; at += 1) {
      const one = opened[(at + n + WARM_UP) % opened.length];
      if (one === undefined) continue;
      const round = await one.bed.round();
      if (n >= 0) times.get(one.size)?.push(round);
    }
  }
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
