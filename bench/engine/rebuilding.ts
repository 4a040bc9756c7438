import { Folder } from '../lib/folder.ts';
import type { Report } from '../lib/report.ts';
import { median } from '../lib/stats.ts';
import { openLibrary } from '../story.ts';
import { makeBed } from './bed.ts';

const EVENTS = 100_000;
const TIMES = 3;

/** PF-6: everything folded afresh from the log and written, over the time that the store takes for it. */
export async function rebuilding(report: Report): Promise<void> {
  report.note(`PF-6 rebuilds a library of ${EVENTS} events ${TIMES} times: rows, trees, touches and checkpoints, written in one transaction.`);
  using folder = new Folder();
  const path = folder.at('library.sqlite');
  await makeBed(path, EVENTS);
  const store = await openLibrary(path);
  try {
    const rates: number[] = [];
    for (let n = 0; n < TIMES; n += 1) {
      const since = performance.now();
      const { events } = await store.rebuild();
      rates.push(events / ((performance.now() - since) / 1_000));
    }
    report.add({ id: 'PF-6', what: `rebuild at ${EVENTS} events, median of ${TIMES}`, value: median(rates), unit: 'events/s', bar: 40_000, atLeast: true });
  } finally {
    await store.close();
  }
}
