import { copyFileSync } from 'node:fs';
import { Folder } from '../lib/folder.ts';
import { load } from '../lib/load.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { Bed, makeBed } from './bed.ts';
import type { Operation } from './bed.ts';

const LARGE = 100_000;
const ROUNDS = 200;
/** Rounds on one copy of the small library; it grows by 25 events a round, so its mean size is 1,000. */
const ROUNDS_A_COPY = 20;
const SMALL = 750;
/** Rounds on each fresh copy that are not counted: what was just opened has not read its pages yet. */
const WARM_UP = 3;
const REWOUND = 500;

const OPERATIONS: readonly Operation[] = ['turn', 'rewind and return', 'swipe', 'open'];

/** What was done to both libraries before a series of measurements. */
interface State {
  readonly name: string;
  /** Milliseconds there and back, when something was done. */
  prepare(bed: Bed): Promise<{ away: number; back: number } | undefined>;
}

const STATES: readonly State[] = [
  { name: '', prepare: async () => undefined },
  { name: `after a ${REWOUND}-turn rewind and its undo`, prepare: (bed) => bed.rewindAndUndo(REWOUND) },
  { name: 'after a reset and its undo', prepare: (bed) => bed.resetAndUndo() },
];

/** PF-5, PF-14: what operations cost in a long story over what they cost in a short one. */
export async function sizes(report: Report): Promise<void> {
  report.note(`PF-5 times ${ROUNDS} rounds on ${LARGE} events and, turn about, on 1,000 (fresh copies); three chats share the edges.`);
  using folder = new Folder();
  const small = folder.at('small.sqlite');
  await makeBed(small, SMALL);
  await makeBed(folder.at('large.sqlite'), LARGE);
  const large = await Bed.open(folder.at('large.sqlite'));
  try {
    for (const state of STATES) await measure(report, state, large, (n) => copyOf(small, folder.at(`${state.name}-${n}.sqlite`)));
    await longRewind(report, large);
  } finally {
    await large.close();
  }
}

function copyOf(path: string, copy: string): string {
  copyFileSync(path, copy);
  return copy;
}

async function measure(report: Report, state: State, large: Bed, copy: (n: number) => string): Promise<void> {
  const prepared = await state.prepare(large);
  if (prepared !== undefined) {
    const of = state.name.replace('after ', '');
    report.add({ id: 'PF-5', what: `${of} at ${LARGE} events, away`, value: prepared.away, unit: 'ms' });
    report.add({ id: 'PF-5', what: `${of} at ${LARGE} events, back`, value: prepared.back, unit: 'ms' });
  }
  const times = { small: [] as Record<Operation, number>[], large: [] as Record<Operation, number>[] };
  for (let n = 0; n * ROUNDS_A_COPY < ROUNDS; n += 1) {
    const bed = await Bed.open(copy(n));
    try {
      await state.prepare(bed);
      for (let round = 0; round < WARM_UP; round += 1) {
        await bed.round();
        await large.round();
      }
      for (let round = 0; round < ROUNDS_A_COPY; round += 1) {
        // Turn about, and each as often first: the machine's moods hit both alike.
        if (round % 2 === 0) times.small.push(await bed.round());
        times.large.push(await large.round());
        if (round % 2 === 1) times.small.push(await bed.round());
      }
    } finally {
      await bed.close();
    }
  }
  const of = (operation: Operation, size: 'small' | 'large'): number[] => times[size].map((round) => round[operation]);
  const suffix = state.name === '' ? '' : `, ${state.name}`;
  for (const operation of OPERATIONS) {
    const [short, long] = [median(of(operation, 'small')), median(of(operation, 'large'))];
    report.add({ id: 'PF-5', what: `${operation}${suffix}: ${short.toFixed(2)} -> ${long.toFixed(2)} ms`, value: long / short, unit: 'x', bar: 1.5 });
  }
  const [drawer, drawerAtLarge] = [median(of('drawer', 'small')), median(of('drawer', 'large'))];
  report.add({ id: 'PF-5', what: `of open the drawer${suffix}: ${drawer.toFixed(2)} -> ${drawerAtLarge.toFixed(2)} ms`, value: drawerAtLarge / drawer, unit: 'x' });
  const rewinds = of('rewind', 'large');
  report.add({ id: 'PF-5', what: `one-turn rewind at ${LARGE} events${suffix}`, value: median(rewinds), unit: 'ms', bar: 3, p99: p99(rewinds) });
  report.note(`  (${load()})`);
}

/** PF-14, on the library that PF-5 leaves: how long it takes, and how long nothing else is answered meanwhile. */
async function longRewind(report: Report, large: Bed): Promise<void> {
  let last = performance.now();
  let block = 0;
  const watch = setInterval(() => {
    block = Math.max(block, performance.now() - last);
    last = performance.now();
  }, 5);
  const { away, back } = await large.rewindAndUndo(3_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(watch);
  report.add({ id: 'PF-14', what: '3,000-turn rewind', value: away, unit: 'ms', bar: 1_000 });
  report.add({ id: 'PF-14', what: '3,000-turn rewind undone', value: back, unit: 'ms', bar: 1_000 });
  report.add({ id: 'PF-14', what: 'longest time without an answer meanwhile', value: block, unit: 'ms', bar: 100 });
}
