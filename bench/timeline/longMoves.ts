import type { Bed } from '../engine/bed.ts';
import type { Report } from '../lib/report.ts';

const TURNS = 3_000;
/** How often it is looked whether others get their turns, in ms. */
const LOOK_MS = 5;

/** PF-14: how long a long move takes, and how long nothing else is answered meanwhile. */
export async function longMoves(report: Report, bed: Bed, state: string): Promise<void> {
  let last = performance.now();
  let block = 0;
  const watch = setInterval(() => {
    block = Math.max(block, performance.now() - last);
    last = performance.now();
  }, LOOK_MS);
  const { away, back } = await bed.rewindAndUndo(TURNS);
  await new Promise((resolve) => setTimeout(resolve, 4 * LOOK_MS));
  clearInterval(watch);
  report.add({ id: 'PF-14', what: `${TURNS.toLocaleString('en')}-turn rewind, ${state}`, value: away, unit: 'ms', bar: 1_000 });
  report.add({ id: 'PF-14', what: `${TURNS.toLocaleString('en')}-turn rewind undone, ${state}`, value: back, unit: 'ms', bar: 1_000 });
  report.add({ id: 'PF-14', what: `longest time without an answer meanwhile, ${state}`, value: block, unit: 'ms', bar: 100 });
}
