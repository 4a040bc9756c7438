import { writeFileSync } from 'node:fs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { connect } from '../../scripts/lib/client.ts';
import { Server } from '../../scripts/lib/server.ts';
import { Folder } from '../lib/folder.ts';
import { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { seedTurns } from '../seed.ts';
import { begin, openLibrary, Texts } from '../story.ts';
import { askTime, startBrowser } from './browser.ts';
import { reading } from './reading.ts';
import type { LongChat } from './reading.ts';
import { scripts } from './scripts.ts';
import { writing } from './writing.ts';

const SIZE = { message: 1_500, reply: 1_500 };
/** Messages by chat; two make a full turn. */
const CHATS = { short: 100, long: 10_000 };

/** What a person waits for in the browser, and what a first visit loads. Built pages, the built server, headless Chromium. */
export async function web(report: Report): Promise<void> {
  await ensureBuilt();
  report.note('PF-8 counts from the click or key (as the browser stamps it) until the frame after the one that paints; chats have messages of 1.5 kB.');
  using folder = new Folder();
  using empty = new Folder();
  await writeLibrary(folder.at('offstage.sqlite'));
  const model = await BenchModel.start();
  writeFileSync(folder.at('config.toml'), model.config);
  const server = await Server.start(folder.path, { OFFSTAGE_LOG_LEVEL: 'error' });
  const fresh = await Server.start(empty.path, { OFFSTAGE_LOG_LEVEL: 'error' });
  const browser = await startBrowser();
  try {
    const chats = await lastWordsOf(server.url);
    const [long] = chats.filter(({ chatId }) => chatId === 'long');
    for (const chat of chats) await reading(report, browser, server.url, chat);
    await scripts(report, browser, [
      { name: 'the first page of a first run', address: fresh.url, ready: (page) => page.getByRole('heading').first().waitFor(), bar: 150 },
      { name: 'the list of chats', address: server.url, ready: (page) => page.locator('main a[href^="/chats/"]').first().waitFor(), bar: 150 },
      {
        name: 'a chat',
        address: `${server.url}/chats/long`,
        ready: async (page) => void (await askTime(page, `loaded(${JSON.stringify(long?.lastWords)})`, report.note)),
        bar: 200,
      },
    ]);
    for (const chat of chats) await writing(report, browser, server.url, chat, model);
  } finally {
    await browser.close();
    await server.stop();
    await fresh.stop();
    await model.close();
  }
}

async function writeLibrary(path: string): Promise<void> {
  const store = await openLibrary(path);
  try {
    await begin(store, Object.keys(CHATS));
    const texts = new Texts(SIZE);
    for (const [chatId, messages] of Object.entries(CHATS)) await seedTurns(store, [chatId], messages / 2, texts);
  } finally {
    await store.close();
  }
}

async function lastWordsOf(url: string): Promise<LongChat[]> {
  const client = connect(url);
  try {
    return await Promise.all(
      Object.entries(CHATS).map(async ([chatId, messages]) => {
        const { turns } = await client.api.chats.open.query({ chatId });
        return { chatId, messages, lastWords: turns.at(-1)?.text.slice(-60) ?? '' };
      }),
    );
  } finally {
    await client.close();
  }
}
