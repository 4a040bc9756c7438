import type { Bed } from '../engine/bed.ts';
import { longestBlock } from '../lib/block.ts';
import type { Report } from '../lib/report.ts';

const TURNS = 3_000;

/** PF-14: how long a long move takes, and how long nothing else is answered meanwhile. */
export async function longMoves(report: Report, bed: Bed, state: string): Promise<void> {
  const { block, result } = await longestBlock(() => bed.rewindAndUndo(TURNS));
  report.add({ id: 'PF-14', what: `${TURNS.toLocaleString('en')}-turn rewind, ${state}`, value: result.away, unit: 'ms', bar: 1_000 });
  report.add({ id: 'PF-14', what: `${TURNS.toLocaleString('en')}-turn rewind undone, ${state}`, value: result.back, unit: 'ms', bar: 1_000 });
  report.add({ id: 'PF-14', what: `longest time without an answer meanwhile, ${state}`, value: block, unit: 'ms', bar: 100 });
}
