import { drawerAt } from '../../apps/server/src/story/timeline.ts';
import type { Bed } from '../engine/bed.ts';
import { MEASURED } from '../engine/bed.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { seedTurns } from '../seed.ts';
import { moveHead, Texts } from '../story.ts';

/** How often each look back is timed: so often, or as often as there is time for, but for a slow one at least a few times. */
const TIMES = 15;
const TIMES_LEAST = 3;
const ENOUGH_MS = 1_500;
const SWITCHES = 3;
/** Turns of each of the two branches between which is switched, as far as the story goes. */
const BRANCH = 500;

/** TL-11: what stood beside the transcript one turn back, a hundred back, and at the middle of the story. */
export async function scrubs(report: Report, bed: Bed, where: string): Promise<void> {
  const { depth } = (await bed.store.read.head(MEASURED)) ?? { depth: 0 };
  const places = [{ name: 'one turn back', at: depth - 2 }, { name: 'a hundred turns back', at: depth - 200 }, { name: 'at the middle', at: Math.floor(depth / 2) }];
  for (const { name, at } of places) {
    const [turn] = await bed.store.read.path(MEASURED, at, at + 1);
    // The shortest story has not so many.
    if (turn === undefined || at < 1) continue;
    const plans: number[] = [];
    const drawers: number[] = [];
    const since = performance.now();
    for (let n = 0; n < TIMES && (n < TIMES_LEAST || performance.now() - since < ENOUGH_MS); n += 1) {
      plans.push(await timed(() => bed.store.plan(MEASURED, turn.turnId)));
      drawers.push(await timed(() => drawerAt(bed.views, MEASURED, turn.turnId)));
    }
    report.add({ id: 'TL-5', what: `what a rewind would undo, ${name}, at ${where}`, value: median(plans), unit: 'ms', p99: p99(plans) });
    report.add({ id: 'TL-11', what: `scrub, ${name}, at ${where}`, value: median(drawers), unit: 'ms', p99: p99(drawers) });
  }
}

/** TL-9: from one branch to another and back, each of so many turns. Leaves the story longer by one of them. */
export async function switches(report: Report, bed: Bed, where: string): Promise<void> {
  const one = await bed.head();
  const { depth } = (await bed.store.read.head(MEASURED)) ?? { depth: 0 };
  const turns = Math.min(BRANCH, Math.floor(depth / 2) - 1);
  const [fork] = await bed.store.read.path(MEASURED, depth - 2 * turns, depth - 2 * turns + 1);
  if (fork === undefined) throw new Error('The story is too short for a branch.');
  await moveHead(bed.store, MEASURED, fork.turnId, 'rewind');
  await seedTurns(bed.store, [MEASURED], turns, new Texts({ message: 300, reply: 900 }));
  const other = await bed.head();
  const times: number[] = [];
  for (let n = 0; n < SWITCHES; n += 1) {
    times.push(await timed(() => moveHead(bed.store, MEASURED, one, 'swipe')));
    times.push(await timed(() => moveHead(bed.store, MEASURED, other, 'swipe')));
  }
  await moveHead(bed.store, MEASURED, one, 'swipe');
  report.add({ id: 'TL-9', what: `switch between branches of ${turns} turns at ${where}`, value: median(times), unit: 'ms', p99: p99(times) });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
