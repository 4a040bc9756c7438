import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRehearsal } from '@offstage/model';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppRouter } from '../../src/rpc/router.ts';
import { Ear, beginChat, commandId, openHouse, refusal } from './harness.ts';
import type { Client, House } from './harness.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse({ wordsPerSecond: 60 });
  client = house.tab().client;
});
afterAll(() => house.close());

/** Sends a message to a bot whose model misbehaves. */
async function ask(model: string) {
  const chat = await beginChat(client, { model });
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello.' });
  return { ...chat, ...sent, ear };
}

const heardWords = (ear: Ear, turnId: string, most = 30) => ear.until(() => ear.words(turnId).length > most, 'the first words');

test('TN-5 stop keeps the words that came', async () => {
  const { chatId, replyTurnId, ear } = await ask('rehearsal:slow');
  await heardWords(ear, replyTurnId);
  expect(await client.turns.stop.mutate({ chatId })).toEqual({ stopped: true });
  await ear.whole(replyTurnId);
  const turn = ear.turn(replyTurnId);
  expect(turn).toMatchObject({ truncated: true, finishReason: 'aborted', problem: null });
  expect(turn?.text).toBe(ear.words(replyTurnId).trim());
  expect(await client.turns.stop.mutate({ chatId })).toEqual({ stopped: false });
  ear.close();
});

test('TL-14 while a reply is written, sending and trying again are refused', async () => {
  const { chatId, replyTurnId, ear } = await ask('rehearsal:slow');
  expect(await refusal(client.turns.send.mutate({ commandId: commandId(), chatId, head: replyTurnId, text: 'And?' }))).toMatchObject({ code: 'busy' });
  expect(await refusal(client.turns.regenerate.mutate({ commandId: commandId(), chatId, head: replyTurnId }))).toMatchObject({ code: 'busy' });
  expect((await client.chats.list.query()).find((chat) => chat.chatId === chatId)?.streaming).toBe(true);
  await client.turns.stop.mutate({ chatId });
  ear.close();
});

test('LV-2 a tab that comes in the middle is brought the words so far, and goes on at their offset', async () => {
  const { chatId, replyTurnId, ear } = await ask('rehearsal:slow');
  await heardWords(ear, replyTurnId);
  const open = await client.chats.open.query({ chatId });
  expect(open.streaming?.turnId).toBe(replyTurnId);
  const late = new Ear(client, chatId, open.cursor);
  await late.until(() => late.words(replyTurnId).length > ear.words(replyTurnId).length / 2);
  await late.until(() => late.words(replyTurnId).length > (open.streaming?.text.length ?? 0) + 20);
  await client.turns.stop.mutate({ chatId });
  await Promise.all([ear.whole(replyTurnId), late.whole(replyTurnId)]);
  expect(late.words(replyTurnId)).toBe(ear.words(replyTurnId));
  ear.close();
  late.close();
});

test('TN-5 another chat goes on when one is stopped', async () => {
  const [one, two] = [await ask('rehearsal:slow'), await ask('rehearsal:slow')];
  await heardWords(two.ear, two.replyTurnId);
  await client.turns.stop.mutate({ chatId: one.chatId });
  const before = two.ear.words(two.replyTurnId).length;
  await two.ear.until(() => two.ear.words(two.replyTurnId).length > before + 20);
  expect(two.ear.turn(two.replyTurnId)?.status).toBe('streaming');
  await client.turns.stop.mutate({ chatId: two.chatId });
  one.ear.close();
  two.ear.close();
});

test('TN-5 a connection that breaks keeps the words and says so', async () => {
  const { replyTurnId, ear } = await ask('rehearsal:cut-after-5');
  await ear.whole(replyTurnId);
  const turn = ear.turn(replyTurnId);
  expect(turn).toMatchObject({ truncated: true, finishReason: 'lost' });
  expect(turn?.problem).toMatch(/^The model stopped answering after \d words\. They are kept\.$/);
  expect(turn?.text).not.toBe('');
  ear.close();
});

test('MO-4 a failure before any word says what failed; trying again works', async () => {
  const { chatId, replyTurnId, ear } = await ask('rehearsal:401');
  await ear.whole(replyTurnId);
  expect(ear.turn(replyTurnId)).toMatchObject({ text: '', truncated: true, finishReason: 'lost' });
  expect(ear.turn(replyTurnId)?.problem).toContain('Stage');
  const again = await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head: replyTurnId });
  await ear.whole(again.replyTurnId);
  expect((await client.chats.open.query({ chatId })).head).toBe(again.replyTurnId);
  ear.close();
});

test('MO-5 a reply that waits says for what', async () => {
  const { chatId, replyTurnId, ear } = await ask('rehearsal:429-once-2s');
  await ear.until((frames) => frames.some((frame) => frame.type === 'waiting' && frame.turnId === replyTurnId && frame.retryAt !== null));
  const late = new Ear(client, chatId);
  await late.until((frames) => frames.some((frame) => frame.type === 'waiting'));
  await ear.whole(replyTurnId);
  expect(ear.turn(replyTurnId)).toMatchObject({ finishReason: 'stop', truncated: false });
  ear.close();
  late.close();
});

test('MO-6 what a model thinks is neither shown nor kept', async () => {
  const { replyTurnId, ear } = await ask('rehearsal:think');
  await ear.whole(replyTurnId);
  expect(ear.turn(replyTurnId)?.text).not.toContain('stay in character');
  expect(ear.words(replyTurnId)).not.toContain('think>');
  ear.close();
});

test('TN-5 closing the server ends replies with their words', async () => {
  const own = await openHouse({ wordsPerSecond: 60 });
  const { client: mine } = own.tab();
  const chat = await beginChat(mine, { model: 'rehearsal:slow' });
  const ear = new Ear(mine, chat.chatId);
  await ear.ready();
  const { replyTurnId } = await mine.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello.' });
  await heardWords(ear, replyTurnId);
  await own.leave();
  const again = await openHouse({ folder: own.folder });
  const turn = (await again.tab().client.chats.open.query({ chatId: chat.chatId })).turns.at(-1);
  expect(turn).toMatchObject({ turnId: replyTurnId, status: 'whole', truncated: true, finishReason: 'crash' });
  expect(turn?.text.length).toBeGreaterThan(30);
  expect(turn?.problem).toContain('kept');
  await again.close();
});

test('TN-5 TN-9 a server that is killed leaves the words, and what it owed is done at the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'offstage-kill-'));
  const rehearsal = await startRehearsal({ wordsPerSecond: 60, allowMisbehaviour: true });
  const port = await freePort();
  const configPath = join(folder, 'config.toml');
  await writeFile(
    configPath,
    `[[providers]]\nid = "stage"\nname = "Stage"\nbase_url = "${rehearsal.url}"\nmax_concurrent = 4\n\n` +
      `[models.narrative]\nprovider = "stage"\nmodel = "rehearsal:slow"\n\n[models.classifier]\nprovider = "stage"\nmodel = "rehearsal"\n\n` +
      `[server]\nport = ${port}\n`,
  );
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    env: { ...process.env, OFFSTAGE_CONFIG_PATH: configPath, OFFSTAGE_DB_PATH: join(folder, 'offstage.db') },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => data.toString().includes('Offstage is at') && resolve());
    child.once('exit', () => reject(new Error('The server did not start.')));
  });
  const socket = createWSClient({ url: `ws://127.0.0.1:${port}/trpc` });
  const mine = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  const chat = await beginChat(mine);
  const ear = new Ear(mine, chat.chatId);
  await ear.ready();
  const { replyTurnId } = await mine.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello.' });
  await heardWords(ear, replyTurnId, 240);
  const heard = ear.words(replyTurnId);
  child.kill('SIGKILL');
  await gone;
  await socket.close();
  await rehearsal.close();

  const again = await openHouse({ folder });
  const { client: later } = again.tab();
  const turn = (await later.chats.open.query({ chatId: chat.chatId })).turns.at(-1);
  expect(turn).toMatchObject({ turnId: replyTurnId, status: 'whole', truncated: true, finishReason: 'crash' });
  // A quarter of a second is what may be lost: fifteen words at this pace, and a slow machine beside.
  expect(turn?.text.length).toBeGreaterThan(20);
  expect(heard.startsWith(turn?.text.slice(0, 40) ?? '-')).toBe(true);
  await again.app.services.story.idle();
  expect(await again.app.services.store.read.rows('owed', {})).toEqual([]);
  expect(await again.app.services.store.drafts()).toEqual([]);
  const memories = await later.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 5 });
  expect(memories[0]?.turnId).toBe(replyTurnId);
  await again.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
