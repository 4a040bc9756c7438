import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Running } from '../support/running.ts';
import { fresh, running } from '../support/running.ts';
import type { Asked } from './inputs.ts';
import { everyProcedure, hostile, sample, unboundedIn } from './inputs.ts';

const PLAIN = /^[A-Z][^{}<>]{5,200}\.$/;
const asked = everyProcedure().flatMap(({ path, kind, input }) => (input === undefined ? [] : [{ path, kind, input }]));

let server: Running;
beforeAll(async () => {
  server = await running();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly message: string;
}

async function said(answer: Response): Promise<Answer> {
  const body = (await answer.json()) as { message?: string; error?: { message?: string } };
  return { status: answer.status, message: body.error?.message ?? body.message ?? '' };
}

async function put(path: string, body: string | ReadableStream, type = 'application/json'): Promise<Answer> {
  return said(await fetch(`${server.url}/trpc/${path}`, { method: 'POST', body, headers: { 'content-type': type }, ...(typeof body !== 'string' && { duplex: 'half' }) }));
}

async function ask({ path, kind }: Pick<Asked, 'path' | 'kind'>, json: string): Promise<Answer> {
  return kind === 'mutation' ? put(path, json) : said(await fetch(`${server.url}/trpc/${path}?input=${encodeURIComponent(json)}`));
}

describe('OP-8 inputs of every procedure', () => {
  it('OP-8 no procedure takes in a text, list, number or shape without a limit', () => {
    expect(asked.length).toBeGreaterThan(60);
    expect(asked.flatMap(({ path, input }) => unboundedIn(input, path))).toEqual([]);
  });

  it('OP-8 every part of every input is refused when it is far too long, too large or of another kind', () => {
    const taken = asked.flatMap(({ path, input }) => {
      expect(input.safeParse(sample(input)).error?.issues ?? [], path).toEqual([]);
      return hostile(input).flatMap(([where, bad]) => (input.safeParse(bad).success ? [`${path}: ${where}`] : []));
    });
    expect(taken).toEqual([]);
  }, 60_000);

  it('OP-8 every procedure refuses what is too long, and what is nested too deep, in a plain sentence', async () => {
    for (const { path, kind, input } of asked.filter((one) => one.kind !== 'subscription')) {
      const long = kind === 'mutation' ? 200_000 : 6_000;
      const stretched = JSON.stringify(sample(input), (_key, value: unknown) => (typeof value === 'string' ? value.padEnd(long, 'x') : value));
      const deep = kind === 'mutation' ? 100_000 : 2_000;
      const wrong = [stretched, `${'['.repeat(deep)}${']'.repeat(deep)}`, `${'{"a":'.repeat(deep / 4)}1${'}'.repeat(deep / 4)}`, '[]', 'null', '{'];
      const answers = await Promise.all(wrong.map((json) => ask({ path, kind }, json)));
      for (const [index, { status, message }] of answers.entries()) {
        const what = `${path} ${wrong[index]?.slice(0, 40)}`;
        expect(status, what).toBeGreaterThanOrEqual(400);
        expect(status, what).toBeLessThan(500);
        expect(message, what).toMatch(PLAIN);
      }
    }
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  }, 60_000);

  it('OP-8 what a card carried is kept up to the nesting and the number of parts that cards have', async () => {
    const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    const author = (card: unknown) => ask({ path: 'bots.author', kind: 'mutation' }, JSON.stringify({ commandId: fresh(), identity: { name: 'Ann', card } }));
    expect((await author(nested(64))).status).toBe(200);
    expect(await author(nested(75))).toMatchObject({ status: 400, message: 'Card: This holds too much, or is nested too deep, to be kept.' });
    expect(await author(nested(500))).toMatchObject({ status: 413 });
    expect(await author({ many: Array.from({ length: 700_000 }, () => 1) })).toMatchObject({ status: 413 });
  });
});

describe('OP-8 requests', () => {
  it('OP-8 a procedure is sent JSON and nothing else, so that no form can send it anything', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream']) {
      expect(await put('personas.author', JSON.stringify({ commandId: fresh(), identity: { name: 'Ann' } }), type), type).toMatchObject({ status: 415 });
    }
    expect(await server.rpc.personas.list.query()).toEqual([]);
  });

  it('OP-8 a batch is bounded', async () => {
    const many = Array.from({ length: 51 }, () => 'bots.list').join(',');
    const { status } = await fetch(`${server.url}/trpc/${many}?batch=1`);
    expect(status).toBe(400);
  });

  it('OP-8 large bodies are read a few at a time', async () => {
    const port = Number(new URL(server.url).port);
    const begin = () => {
      const { promise, resolve } = Promise.withResolvers<number>();
      const sent = request({ host: '127.0.0.1', port, path: '/api/cards', method: 'POST', headers: { host: `127.0.0.1:${port}`, 'content-length': 5_000_000 } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', () => resolve(0));
      sent.write('{');
      return { sent, answered: promise };
    };
    const all = Array.from({ length: 7 }, begin);
    expect(await Promise.race(all.map(({ answered }) => answered))).toBe(429);
    for (const { sent } of all) sent.destroy();
    await Promise.all(all.map(({ answered }) => answered));
    // Those that went away have left their places.
    await expect.poll(async () => (await put('personas.author', JSON.stringify({ commandId: fresh(), pad: 'x'.repeat(1_100_000), identity: { name: 'Bo' } }))).status).toBe(200);
  });

  it('OP-8 a WebSocket that never stops talking is closed with a reason, and the others stay', async () => {
    const open = async () => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`);
      await new Promise((resolve) => socket.on('open', resolve));
      return socket;
    };
    const quiet = await open();
    const loud = await open();
    const closed = new Promise<string>((resolve) => loud.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`)));
    for (let sent = 0; sent < 3_000; sent++) loud.send('{"id":1,"method":"subscription.stop"}');
    expect(await closed).toBe('1008 This page asks too much at once.');
    expect(quiet.readyState).toBe(WebSocket.OPEN);
    const shut = new Promise((resolve) => quiet.on('close', resolve));
    const reply = new Promise<string>((resolve) => quiet.on('message', (data) => resolve((data as Buffer).toString())));
    quiet.send(`{"id":1,"method":"query","params":{"path":"bots.get","input":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`);
    expect(await reply).toContain('"error"');
    quiet.close();
    await shut;
  });
});
