import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from '@playwright/test';
import type { Report } from '../lib/report.ts';
import { visit } from './browser.ts';

/** What a page loads by itself once it stands: in this time it has, on any machine. */
const AFTERWARDS_MS = 2_000;

/** Scripts of a first visit: until the page stood, and with what it fetched afterwards without being asked. */
interface Weight {
  /** Bytes as gzip makes them. */
  readonly gzip: number;
  /** Bytes as they came. */
  readonly wire: number;
}

/** PF-11: the script that a first visit fetches until the page stands. Bytes are those of gzip, 1 KB = 1,000. */
export async function scripts(report: Report, browser: Browser, pages: readonly { name: string; address: string; ready: (page: Page) => Promise<void>; bar: number }[]): Promise<void> {
  for (const { name, address, ready, bar } of pages) {
    const { first, all } = await weigh(browser, address, ready);
    report.add({ id: 'PF-11', what: `script for ${name}, gzip`, value: first.gzip / 1_000, unit: 'KB', bar });
    report.add({ id: 'PF-11', what: `script for ${name}, as it came over the wire`, value: first.wire / 1_000, unit: 'KB' });
    report.add({ id: 'PF-11', what: `script for ${name} with what it loads ahead, gzip`, value: all.gzip / 1_000, unit: 'KB' });
  }
}

async function weigh(browser: Browser, address: string, ready: (page: Page) => Promise<void>): Promise<{ first: Weight; all: Weight }> {
  return visit(browser, 'about:blank', async (page) => {
    const seen: Response[] = [];
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('javascript') === true) seen.push(response);
    });
    await page.goto(address);
    await ready(page);
    const first = [...seen];
    await page.waitForTimeout(AFTERWARDS_MS);
    return { first: await weightOf(first), all: await weightOf(seen) };
  });
}

async function weightOf(responses: readonly Response[]): Promise<Weight> {
  let [gzip, wire] = [0, 0];
  for (const response of responses) {
    gzip += gzipSync(await response.body(), { level: 9 }).length;
    wire += (await response.request().sizes()).responseBodySize;
  }
  return { gzip, wire };
}
