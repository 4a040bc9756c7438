import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '../../scripts/lib/client.ts';
import { Replies } from '../../scripts/lib/replies.ts';
import type { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { Texts } from '../story.ts';
import { Stage } from './stage.ts';

const TABS = 10;
const TURNS = 20;
const PAGE = 200;
const PAGES = 10;

/** PF-13: the server's resident memory with a long chat open in ten tabs that have read in it, and turns being played. */
export async function memory(report: Report, folder: string, chatId: string, model: BenchModel): Promise<void> {
  report.note(`PF-13 opens the chat in ${TABS} tabs, pages each back by ${PAGE * PAGES} messages, and plays ${TURNS} turns before all of them.`);
  await using stage = await Stage.open(folder, chatId, model);
  const { pid } = stage.server.process;
  if (pid === undefined) throw new Error('The server has no process.');
  await wait(1_000);
  report.add({ id: 'PF-13', what: 'server memory when started', value: residentOf(pid), unit: 'MB' });
  const tabs = Array.from({ length: TABS }, () => connect(stage.server.url));
  const listening: Replies[] = [];
  try {
    for (const tab of tabs) {
      await tab.api.chats.list.query();
      const { headDepth } = await tab.api.chats.open.query({ chatId });
      await tab.api.chats.drawer.query({ chatId });
      listening.push(Replies.listen(tab, { chatId, tabId: randomUUID() }));
      for (let page = 0; page < PAGES; page += 1) {
        const to = headDepth + 1 - page * PAGE;
        await tab.api.transcript.page.query({ chatId, from: to - PAGE, to });
      }
    }
    const texts = new Texts({ message: 300, reply: 900 });
    for (let n = 0; n < TURNS; n += 1) {
      const { message, reply } = texts.next();
      model.answerWith(({ say }) => say(reply));
      await stage.play(message);
    }
    await wait(1_000);
    report.add({ id: 'PF-13', what: `server memory, chat of 10,000 turns in ${TABS} tabs`, value: residentOf(pid), unit: 'MB', bar: 250 });
  } finally {
    for (const one of listening) one.close();
    await Promise.all(tabs.map((tab) => tab.close()));
  }
}

/** The resident memory of a process in MB (10^6 bytes). */
function residentOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  const said = existsSync(status)
    ? (/VmRSS:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? '')
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return (Number(said) * 1024) / 1e6;
}
