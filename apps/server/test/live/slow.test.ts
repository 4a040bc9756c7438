import { once } from 'node:events';
import { inLibrary } from '@offstage/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Running } from '../support/running.ts';
import { fresh, running } from '../support/running.ts';

const MB = 1024 * 1024;
/** Together more than the system holds for two ends of a connection, and fewer than a page is brought one by one. */
const BOTS = 400;
const AT_ONCE = 5;
const PERSONA = 'x'.repeat(60_000);

let server: Running;
beforeAll(async () => {
  server = await running();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Waits for what comes within seconds also where the machine has much to do. */
const until = (fits: () => boolean, what: string): Promise<void> => expect.poll(fits, { timeout: 20_000, message: what }).toBe(true);

interface Told {
  readonly id?: string;
  readonly data: { readonly type: string; readonly rows?: readonly { readonly p: string; readonly key: string }[] };
}

/** A page that listens over a WebSocket of its own, and notes each bot that it hears of. */
async function listen(lastEventId: string | null) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`);
  await once(socket, 'open');
  const heard = { bots: [] as string[], last: lastEventId, ready: false };
  socket.on('message', (message: Buffer) => {
    const { result } = JSON.parse(message.toString()) as { result?: { type?: string; data: Told | Told['data'] } };
    if (result?.data === undefined) return;
    const told = 'data' in result.data ? result.data : { data: result.data };
    heard.last = told.id ?? heard.last;
    heard.ready ||= told.data.type === 'ready';
    for (const { p, key } of told.data.rows ?? []) if (p === 'bots') heard.bots.push(key);
  });
  socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'live', input: { chatId: null, tabId: fresh(), lastEventId } } }));
  return { socket, heard };
}

it('LV-4 OP-8 a page that stops reading costs two megabytes and no more, is hung up on with a reason, and comes back without having missed a thing', async () => {
  const slow = await listen(null);
  await until(() => slow.heard.ready, 'the beginning');
  slow.socket.pause();
  const [there] = server.app.http.websocketServer.clients;
  const authored: string[] = [];
  let most = 0;
  while (authored.length < BOTS) {
    const ids = Array.from({ length: AT_ONCE }, (_, n) => `bot-${authored.length + n}`);
    const events = ids.map((botId) => inLibrary('bot_authored', { botId, identity: { name: botId, persona: PERSONA } }));
    await server.app.services.store.execute({ id: fresh(), actor: 'person', at: '2026-03-01T10:00:00.000Z' }, () => ({ events, answer: null }));
    authored.push(...ids);
    // As between two requests: what was told goes out.
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, there?.bufferedAmount ?? 0);
  }
  await until(() => server.app.services.live.letGo === 1, 'that it is let go');
  expect(server.app.services.live.subscribers).toBe(0);
  expect(most).toBeGreaterThan(2 * MB);
  expect(most).toBeLessThan(2 * MB + 2 * AT_ONCE * (PERSONA.length + 1_000));

  const closed = once(slow.socket, 'close') as Promise<[number, Buffer]>;
  slow.socket.resume();
  const [code, reason] = await closed;
  expect([code, reason.toString()]).toEqual([1013, 'This page fell too far behind.']);
  expect(slow.heard.bots).toEqual(authored.slice(0, slow.heard.bots.length));
  expect(slow.heard.bots.length).toBeLessThan(BOTS);

  const back = await listen(slow.heard.last);
  await until(() => back.heard.ready, 'what it missed');
  expect(new Set([...slow.heard.bots, ...back.heard.bots])).toEqual(new Set(authored));
  expect(back.heard.bots.length).toBeLessThan(BOTS);
  // And it goes on live.
  const { botId } = await server.rpc.bots.author.mutate({ commandId: fresh(), identity: { name: 'One more' } });
  await until(() => back.heard.bots.at(-1) === botId, 'the next');
  back.socket.close();
}, 60_000);

it('OP-8 a message that is too large for a page to say closes its WebSocket, and nobody else notices', async () => {
  const loud = await listen(null);
  const other = await listen(null);
  const closed = once(loud.socket, 'close') as Promise<[number]>;
  loud.socket.send('x'.repeat(2 * MB));
  expect((await closed)[0]).toBe(1009);
  await until(() => other.heard.ready, 'the beginning');
  const { botId } = await server.rpc.bots.author.mutate({ commandId: fresh(), identity: { name: 'Still here' } });
  await until(() => other.heard.bots.at(-1) === botId, 'the next');
  other.socket.close();
});
