import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { Server } from '../../scripts/lib/server.ts';
import { Folder } from '../lib/folder.ts';
import { mutate } from '../lib/procedure.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { makeLibrary } from '../seed.ts';
import { Texts } from '../story.ts';
import { Page } from './page.ts';
import { Stalled } from './stalled.ts';

const CHATS = 100;
const PAGES_A_CHAT = 10;
/** PF-3: 10,000 a minute. */
const APART_MS = 6;
const EVENTS = 10_000;
/** How long the last events have to arrive. */
const LAST_MS = 5_000;

/** PF-3, LV-4: a thousand pages on a hundred busy chats, a tenth of which have stopped reading. */
export async function live(report: Report): Promise<void> {
  await ensureBuilt();
  report.note(`${CHATS} chats with ${PAGES_A_CHAT} pages each, one of every ten reading nothing; an event every ${APART_MS} ms, ${EVENTS.toLocaleString('en')} in all. The pages are one process beside the server.`);
  using folder = new Folder();
  const chatIds = Array.from({ length: CHATS }, (_, n) => `c${n}`);
  await makeLibrary(folder.at('offstage.sqlite'), chatIds, { turns: CHATS }, new Texts({ message: 100, reply: 300 }));
  writeFileSync(folder.at('config.toml'), `[server]\nmost_tabs = ${CHATS * PAGES_A_CHAT + 10}\n`);
  const server = await Server.start(folder.path, { OFFSTAGE_LOG_LEVEL: 'error' });
  const pages: Page[] = [];
  const stalled: Stalled[] = [];
  try {
    for (const chatId of chatIds) {
      for (let n = 1; n < PAGES_A_CHAT; n += 1) pages.push(new Page(server.url, chatId));
      stalled.push(await Stalled.open(server.url, chatId));
    }
    await Promise.all(pages.map(async (page) => page.ready));
    const before = await memoryOf(server.url);
    let half = Number.NaN;
    const atHalf = async (): Promise<void> => {
      half = await memoryOf(server.url);
    };
    const sent = await play(chatIds, (chatId, title) => mutate(server.url, 'chats.rename', { commandId: randomUUID(), chatId, title }), atHalf);
    await wait(LAST_MS);
    const times = pages.flatMap((page) => page.delays(sent));
    const owed = EVENTS * (PAGES_A_CHAT - 1);
    report.add({ id: 'PF-3', what: `frames delivered of ${owed.toLocaleString('en')} owed to pages that read`, value: times.length, unit: '', bar: owed, atLeast: true });
    report.add({ id: 'PF-3', what: 'event -> page, median', value: median(times), unit: 'ms', p99: p99(times) });
    report.add({ id: 'PF-3', what: 'event -> page, slowest hundredth', value: p99(times), unit: 'ms', bar: 50 });
    const after = await memoryOf(server.url);
    report.add({ id: 'LV-4', what: 'memory that the first half of the run added to the server', value: half - before, unit: 'MB', bar: 300 });
    report.add({ id: 'LV-4', what: 'memory that the second half added: it stays bounded', value: after - half, unit: 'MB', bar: 100 });
  } finally {
    for (const one of [...pages, ...stalled]) one.close();
    await server.stop();
  }
}

/** Sends events at their moments, whatever the answers take; looks up in the middle. Answers for each title when its command was sent. */
async function play(chatIds: readonly string[], rename: (chatId: string, title: string) => Promise<unknown>, atHalf: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
  const sent = new Map<string, number>();
  const answers: Promise<unknown>[] = [];
  const begun = performance.now();
  for (let n = 0; n < EVENTS; n += 1) {
    const late = begun + n * APART_MS - performance.now();
    if (late > 1) await wait(late);
    if (n === EVENTS / 2) answers.push(atHalf());
    const title = `title ${n}`;
    sent.set(title, performance.now());
    answers.push(rename(chatIds[n % chatIds.length] ?? '', title));
  }
  await Promise.all(answers);
  return sent;
}

/** Resident memory of the server, in MB, as it tells itself. */
async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^offstage_memory_bytes\{part="resident"\} (\d+)/m.exec(text)?.[1] ?? Number.NaN) / 1024 ** 2;
}
