import type { Browser } from '@playwright/test';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { ask, askTime, visit } from './browser.ts';

const TIMES = 7;
/** A person looks at the list before choosing: what the page loads meanwhile is there by then. */
const LOOKING_MS = 700;

/** A chat as the browser benches know it: how many messages it has, and the last words of the last one. */
export interface LongChat {
  readonly chatId: string;
  readonly messages: number;
  readonly lastWords: string;
}

/** PF-8: from the click on a chat in the list until its last turn is painted at the end of the transcript. */
export async function reading(report: Report, browser: Browser, url: string, chat: LongChat): Promise<void> {
  const times: number[] = [];
  const again: number[] = [];
  const cold: number[] = [];
  const words = JSON.stringify(chat.lastWords);
  for (let n = 0; n < TIMES; n += 1) {
    times.push(
      await visit(browser, url, async (page) => {
        const link = page.locator(`main a[href="/chats/${chat.chatId}"]`);
        await link.waitFor();
        await page.waitForTimeout(LOOKING_MS);
        await ask(page, `arm('click', ${words})`);
        await link.click();
        const first = await askTime(page, 'result', report.note);
        await page.goBack();
        await link.waitFor();
        await page.waitForTimeout(LOOKING_MS);
        await ask(page, `arm('click', ${words})`);
        await link.click();
        again.push(await askTime(page, 'result', report.note));
        return first;
      }),
    );
    cold.push(await visit(browser, `${url}/chats/${chat.chatId}`, (page) => askTime(page, `loaded(${words})`, report.note)));
  }
  const of = `${chat.messages.toLocaleString('en')} messages`;
  report.add({ id: 'PF-8', what: `open to painted transcript, first of a visit, ${of}`, value: median(times), unit: 'ms', bar: 200, p99: p99(times) });
  report.add({ id: 'PF-8', what: `open to painted transcript, again, ${of}`, value: median(again), unit: 'ms', bar: 200, p99: p99(again) });
  report.add({ id: 'PF-8', what: `cold load to painted transcript, ${of}`, value: median(cold), unit: 'ms', p99: p99(cold) });
}
