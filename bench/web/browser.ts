import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import { Stop } from '../../scripts/lib/process.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts the Chromium that the browser tests use. Throws Stop when there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Stop('This bench needs Chromium: install it, or set CHROMIUM_PATH to its program.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Opens an address as somebody who has never been there, hands the page over, and forgets it all. */
export async function visit<T>(browser: Browser, address: string, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ path: `${import.meta.dirname}/page.js` });
    await page.goto(address);
    return await look(page);
  } finally {
    await context.close();
  }
}

/** Asks the measuring script in the page. The answer's type is that of what is asked. */
export function ask(page: Page, question: string): Promise<number> {
  return page.evaluate<number>(`bench.${question}`);
}

/** Like `ask` for a time: what is never painted takes forever, and the report says why. */
export async function askTime(page: Page, question: string, note: (line: string) => void): Promise<number> {
  return ask(page, question).catch((problem: unknown) => {
    note(`  ${problem instanceof Error ? (problem.message.split('\n')[0] ?? '') : String(problem)}`);
    return Infinity;
  });
}
