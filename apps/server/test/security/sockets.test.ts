import { once } from 'node:events';
import { inLibrary } from '@offstage/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Running } from '../support/running.ts';
import { running } from '../support/running.ts';

let server: Running;
beforeAll(async () => {
  server = await running();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Heard {
  readonly id: number | string | null;
  readonly error?: { readonly message: string; readonly data?: { readonly offstage?: { readonly code: string } } };
  readonly result?: { readonly type?: string; readonly data?: unknown };
}

/** A tab that says whatever it likes. */
async function tab(path = '/trpc') {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`);
  const heard: Heard[] = [];
  const closed = new Promise<string>((resolve) => socket.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`)));
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    if (text !== 'PONG') heard.push(JSON.parse(text) as Heard);
  });
  await once(socket, 'open');
  return {
    socket,
    closed,
    heard,
    send: (what: unknown) => socket.send(typeof what === 'string' ? what : JSON.stringify(what)),
    answers: (id: number | string) => heard.filter((one) => one.id === id),
    async close() {
      socket.close();
      await closed;
    },
  };
}

const subscribe = (id: number | string, path: string, input?: object) => ({ id, method: 'subscription', params: { path, input } });
const stop = (id: number | string) => ({ id, method: 'subscription.stop' });
const query = (id: number | string, path: string, input?: unknown) => ({ id, method: 'query', params: { path, input } });
const listenTo = (id: number) => subscribe(id, 'live', { chatId: null, tabId: 't' });

describe('OP-8 what comes by WebSocket', () => {
  it('OP-8 many requests in one message count as many', async () => {
    const loud = await tab();
    const many = Array.from({ length: 1_500 }, () => stop(1));
    loud.send(many);
    loud.send(many);
    expect(await loud.closed).toBe('1008 This page asks too much at once.');
  });

  it('LV-4 what is stopped in the same breath as it was begun is not listened to for ever', async () => {
    const quick = await tab();
    for (let id = 1; id <= 40; id += 1) {
      quick.send(listenTo(id));
      quick.send(stop(id));
    }
    quick.send(Array.from({ length: 40 }, (_, n) => [listenTo(100 + n), stop(100 + n)]).flat());
    await expect.poll(() => quick.heard.filter(({ result }) => result?.type === 'stopped').length).toBe(80);
    expect(server.app.services.live.subscribers).toBe(0);
    quick.send(listenTo(1_000));
    await expect.poll(() => quick.answers(1_000).some(({ result }) => result?.type === 'data')).toBe(true);
    expect(quick.answers(1_000).flatMap(({ error }) => error ?? [])).toEqual([]);
    await quick.close();
    await expect.poll(() => server.app.services.live.subscribers).toBe(0);
  });

  it.each([
    ['live', { chatId: null, tabId: 't' }],
    ['keeping.watch', undefined],
  ] as const)('OP-8 one page listens to so much at most: %s', async (path, input) => {
    const greedy = await tab();
    for (let id = 1; id <= 60; id += 1) greedy.send(subscribe(id, path, input));
    await expect.poll(() => greedy.heard.filter(({ result, error }) => result?.type === 'started' || error !== undefined).length).toBeGreaterThanOrEqual(60);
    await expect.poll(() => greedy.heard.filter(({ error }) => error?.data?.offstage?.code === 'limit_reached').length).toBe(40);
    await greedy.close();
  });

  it('LV-4 one that asks for much and reads nothing costs so much memory and no more', async () => {
    const { store } = server.app.services;
    const author = { id: 'large', actor: 'person', at: '2026-03-01T10:00:00.000Z' } as const;
    await store.execute(author, () => ({ events: [inLibrary('bot_authored', { botId: 'large', identity: { name: 'Large', persona: 'x'.repeat(60_000) } })], answer: null }));
    const deaf = await tab();
    const there = [...server.app.http.websocketServer.clients].at(-1);
    if (there === undefined) throw new Error('The tab is not there.');
    let most = 0;
    const send = there.send.bind(there) as (...args: unknown[]) => void;
    there.send = (...args: unknown[]): void => {
      send(...args);
      most = Math.max(most, there.bufferedAmount);
    };
    deaf.socket.pause();
    deaf.send(Array.from({ length: 1_000 }, (_, id) => query(id, 'bots.get', { botId: 'large' })));
    await expect.poll(() => there.readyState, { timeout: 20_000 }).toBe(WebSocket.CLOSED);
    expect(most).toBeGreaterThan(1_000_000);
    expect(most).toBeLessThan(34_000_000);
    deaf.socket.resume();
    expect(await deaf.closed).toMatch(/^1006/);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  }, 40_000);

  it('OP-8 what is no request is refused, and the server goes on', async () => {
    const odd = await tab();
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'live.__proto__', 'bots.list.call', '_def', '', '..', 'bots/list', 'bots.__proto__.list'];
    for (const [n, path] of names.entries()) odd.send(query(`__proto__${n}`, path));
    odd.send(query('__proto__', 'bots.list'));
    odd.send({ id: 'constructor', method: 'mutation', params: { path: 'bots.list' } });
    odd.send({ id: 1, method: '__proto__', params: { path: 'bots.list' } });
    odd.send({ id: 2, method: 'query' });
    odd.send({ id: { __proto__: null }, method: 'query', params: null });
    odd.send('{"id":3,"method":"query","params":{"path":"bots.get","input":{"__proto__":{"botId":"x"}}}}');
    for (const text of ['', '[]', 'null', '{', '[[[[[[]]]]]]', '"PING"', '0', '\u0000', '[null,{},[],1,"x"]', `${'['.repeat(60_000)}${']'.repeat(60_000)}`]) odd.send(text);
    odd.socket.send(Buffer.from([0, 1, 2, 255]), { binary: true });
    await expect.poll(() => odd.answers('__proto__')).toMatchObject([{ result: { type: 'data' } }]);
    for (const n of names.keys()) await expect.poll(() => odd.answers(`__proto__${n}`), { message: names[n] ?? '' }).toMatchObject([{ error: { message: expect.stringMatching(/^[A-Z].*\.$/) } }]);
    expect(JSON.stringify(odd.heard)).not.toMatch(/node_modules|\/src\/|at \w+ \(/);
    odd.socket.send('x'.repeat(200_000));
    expect(await odd.closed).toMatch(/^1009/);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('OP-8 no address leads to anything that is no procedure', async () => {
    for (const path of ['__proto__', 'constructor', 'toString', '_def', 'bots.__proto__', 'bots.list.constructor', 'bots.list%00', '%2e%2e/bots.list', 'live,live,live?batch=1', '?batch=1', ',,,,?batch=1']) {
      const answer = await fetch(`${server.url}/trpc/${path}`);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
      expect(await answer.text(), path).not.toMatch(/node_modules|\/src\//);
    }
  });
});
