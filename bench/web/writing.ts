import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import type { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { ask, askTime, visit } from './browser.ts';
import type { LongChat } from './reading.ts';

const SENDS = 12;
const WARM_UP = 2;
const WORDS = 250;
const WORD_MS = 12;

/** PF-8: from Enter until the first words of the reply are painted; and the longest task while a long reply streams. */
export async function writing(report: Report, browser: Browser, url: string, chat: LongChat, model: BenchModel): Promise<void> {
  const of = `${chat.messages.toLocaleString('en')} messages`;
  const { times, longest } = await visit(browser, `${url}/chats/${chat.chatId}`, async (page) => {
    const box = page.getByRole('textbox', { name: /^Message to/ });
    await askTime(page, `loaded(${JSON.stringify(chat.lastWords)})`, report.note);
    const found: number[] = [];
    for (let n = 0; n < WARM_UP + SENDS; n += 1) {
      const token = `Zirrel${n}quon`;
      model.answerWith(({ say }) => say(`"${token}," she says. *She looks up.* "And what then?"`));
      await box.fill(`What do you make of it, ${n}?`);
      await ask(page, `arm('keydown', '${token}')`);
      await box.press('Enter');
      const time = await askTime(page, 'result', report.note);
      if (n >= WARM_UP) found.push(time);
      await page.getByRole('button', { name: 'Send' }).waitFor();
      await page.waitForTimeout(300);
    }
    model.answerWith(async ({ say }) => {
      for (let n = 0; n < WORDS; n += 1) {
        say(n % 40 === 39 ? ` word${n}.\n\n` : n % 9 === 0 ? ` *word${n}*` : ` word${n}`);
        await wait(WORD_MS);
      }
      say(' Zirrelend');
    });
    await box.fill('Tell me everything.');
    const since = await page.evaluate<number>('performance.now()');
    await ask(page, "arm('keydown', 'Zirrelend')");
    await box.press('Enter');
    await askTime(page, 'result', report.note);
    await page.waitForTimeout(300);
    return { times: found, longest: await ask(page, `longestSince(${since})`) };
  });
  report.add({ id: 'PF-8', what: `send to first words painted, ${of}`, value: median(times), unit: 'ms', bar: 80, p99: p99(times) });
  report.add({ id: 'PF-8', what: `longest task while ${WORDS} words stream (0: none over 50), ${of}`, value: longest, unit: 'ms', bar: 50 });
}
