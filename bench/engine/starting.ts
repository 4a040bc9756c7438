import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { Server } from '../../scripts/lib/server.ts';
import { Folder } from '../lib/folder.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { makeBed } from './bed.ts';

const EVENTS = 100_000;
const TIMES = 9;

/** PF-9: from spawning the server, as `npm start` does once everything is built, until /health has answered. */
export async function starting(report: Report): Promise<void> {
  report.note(`PF-9 starts the built server on a library of ${EVENTS} events ${TIMES} times, after once to fill the cache of compiled code.`);
  await ensureBuilt();
  using folder = new Folder();
  await makeBed(folder.at('offstage.sqlite'), EVENTS);
  const times: number[] = [];
  for (let n = 0; n <= TIMES; n += 1) {
    const server = await Server.start(folder.path, { OFFSTAGE_LOG_LEVEL: 'error' });
    if (n > 0) times.push(server.startedIn);
    await server.stop();
  }
  report.add({ id: 'PF-9', what: `spawn until /health answers, ${EVENTS} events`, value: median(times), unit: 'ms', bar: 700, p99: p99(times) });
}
