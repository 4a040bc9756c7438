import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { Server } from '../../scripts/lib/server.ts';
import { Folder } from '../lib/folder.ts';
import { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { median } from '../lib/stats.ts';
import { seedTurns } from '../seed.ts';
import { begin, moveHead, openLibrary, Texts } from '../story.ts';
import { ask, askTime, startBrowser, visit } from '../web/browser.ts';

const CHAT = 'tree';
/** Messages of the story that one stands on, and of each of the branches beside it: 5,000 in all. */
const TRUNK = 2_000;
const BRANCHES = 30;
const BRANCH = 100;

const TIMES = 5;
/** What a person does with the map: turns of the wheel, and px of each. */
const WHEELS = 60;
const WHEEL_PX = 240;

/** TL-9: draws the tree of 5,000 turns in the browser, and goes about in it. */
export async function drawing(report: Report): Promise<void> {
  await ensureBuilt();
  using folder = new Folder();
  await writeTree(folder.at('offstage.sqlite'));
  const model = await BenchModel.start();
  writeFileSync(folder.at('config.toml'), model.config);
  const server = await Server.start(folder.path, { OFFSTAGE_LOG_LEVEL: 'error' });
  const browser = await startBrowser();
  try {
    const drawn: number[] = [];
    const longest = { drawing: 0, panning: 0, zooming: 0 };
    for (let n = 0; n < TIMES; n += 1) {
      await visit(browser, `${server.url}/chats/${CHAT}`, async (page) => {
        const tab = page.getByRole('tab', { name: 'Timeline' });
        await tab.waitFor();
        const since = await now(page);
        await ask(page, `armMap('click')`);
        await tab.click();
        drawn.push(await askTime(page, 'result', report.note));
        longest.drawing = Math.max(longest.drawing, await ask(page, `longestSince(${since})`));
        longest.panning = Math.max(longest.panning, await longestWhile(page, () => pan(page)));
        longest.zooming = Math.max(longest.zooming, await longestWhile(page, () => zoom(page)));
      });
    }
    const of = `the tree of ${(TRUNK + BRANCHES * BRANCH).toLocaleString('en')} turns`;
    report.add({ id: 'TL-9', what: `click to ${of}, painted`, value: median(drawn), unit: 'ms' });
    for (const [what, value] of Object.entries(longest)) report.add({ id: 'TL-9', what: `longest task over 50 ms while ${what} ${of}`, value, unit: 'ms' });
  } finally {
    await browser.close();
    await server.stop();
    await model.close();
  }
}

const now = (page: Page): Promise<number> => page.evaluate<number>('performance.now()');

/** The longest task from the beginning of some work until what it led to is painted. */
async function longestWhile(page: Page, work: () => Promise<void>): Promise<number> {
  const since = await now(page);
  await work();
  await ask(page, 'frame()');
  return ask(page, `longestSince(${since})`);
}

async function pan(page: Page): Promise<void> {
  await page.locator('.chat-map').hover();
  for (let n = 0; n < WHEELS; n += 1) {
    await page.mouse.wheel(0, n < WHEELS / 2 ? -WHEEL_PX : WHEEL_PX);
    await ask(page, 'frame()');
  }
}

async function zoom(page: Page): Promise<void> {
  for (const name of ['Smaller', 'Larger']) {
    const button = page.getByRole('button', { name, exact: true });
    while (await button.isEnabled()) {
      await button.click();
      await ask(page, 'frame()');
    }
  }
}

async function writeTree(path: string): Promise<void> {
  const store = await openLibrary(path);
  try {
    const texts = new Texts({ message: 120, reply: 300 });
    await begin(store, [CHAT]);
    await seedTurns(store, [CHAT], TRUNK / 2, texts);
    const trunk = (await store.read.head(CHAT))?.turnId ?? '';
    const turns = await store.read.path(CHAT, 0, TRUNK);
    for (let n = 0; n < BRANCHES; n += 1) {
      const from = turns[Math.floor(((n + 0.5) / BRANCHES) * (TRUNK - 2))];
      if (from === undefined) throw new Error('The story is too short for its branches.');
      await moveHead(store, CHAT, from.turnId, 'swipe');
      await seedTurns(store, [CHAT], BRANCH / 2, texts);
    }
    await moveHead(store, CHAT, trunk, 'swipe');
  } finally {
    await store.close();
  }
}
