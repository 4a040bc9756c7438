import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Running } from '../support/running.ts';
import { running } from '../support/running.ts';

let server: Running;
let port = 0;
beforeAll(async () => {
  server = await running();
  port = Number(new URL(server.url).port);
});
afterAll(() => server[Symbol.asyncDispose]());

/** The status of a request whose headers fetch would not let through. */
function status(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

function socket(headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const opened = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers });
    opened.on('open', () => {
      opened.close();
      resolve('open');
    });
    opened.on('error', (error) => resolve(error.message));
  });
}

describe('OP-6 foreign pages', () => {
  it('OP-6 our own addresses are answered', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(await status('/health', { host: `${name}:${port}` })).toBe(200);
      expect(await status('/health', { host: `${name}:${port}`, origin: `http://${name}:${port}` })).toBe(200);
    }
  });

  it.each(['evil.example', 'evil.example:8000', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'OP-6 a foreign Host is refused: %j',
    async (host) => {
      const wanted = host.startsWith('127.0.0.1.') || host.startsWith('localhost.') ? `${host}:${port}` : host;
      expect(await status('/health', { host: wanted })).toBe(403);
      expect(await status('/trpc/bots.list', { host: wanted })).toBe(403);
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', 'http://localhost'])(
    'OP-6 a foreign Origin is refused: %s',
    async (origin) => {
      const host = `127.0.0.1:${port}`;
      expect(await status('/trpc/bots.list', { host, origin })).toBe(403);
      expect(await status('/api/images', { host, origin }, 'POST')).toBe(403);
    },
  );

  it('OP-6 a request made by another site is refused, a link from it to a page is not', async () => {
    const host = `127.0.0.1:${port}`;
    expect(await status('/files/x', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).toBe(403);
    expect(await status('/trpc/bots.list', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(403);
    expect(await status('/', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(403);
    expect(await status('/health', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(200);
    expect(await status('/health', { host, 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it('OP-6 a WebSocket from a foreign page is refused', async () => {
    expect(await socket({ origin: 'http://evil.example' })).toMatch(/403/);
    expect(await socket({ host: 'evil.example' })).toMatch(/403/);
    expect(await socket({ origin: `http://127.0.0.1:${port}` })).toBe('open');
  });

  it('OP-8 a WebSocket message past the limit ends that socket alone', async () => {
    const opened = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { origin: `http://127.0.0.1:${port}` } });
    await new Promise((resolve) => opened.on('open', resolve));
    const closed = new Promise<number>((resolve) => opened.on('close', resolve));
    opened.on('error', () => {});
    opened.send('x'.repeat(2_000_000));
    expect([1006, 1009]).toContain(await closed);
    expect(await status('/health', { host: `127.0.0.1:${port}` })).toBe(200);
  });

  it('OP-8 nonsense by WebSocket is answered, and nothing ends', async () => {
    const opened = new WebSocket(`ws://127.0.0.1:${port}/trpc`);
    await new Promise((resolve) => opened.on('open', resolve));
    opened.send('{{{');
    const answer = await new Promise<string>((resolve) => opened.on('message', (data) => resolve((data as Buffer).toString())));
    expect(answer).toContain('error');
    expect(answer).not.toMatch(/\bat \w+.*\.ts|node_modules/);
    opened.close();
  });
});

describe('OP-7 headers', () => {
  it('OP-7 every answer forbids what was not shipped', async () => {
    for (const path of ['/', '/health', '/files/none', '/trpc/bots.list', '/chats/some-chat', '/nowhere.js']) {
      const { headers } = await fetch(`${server.url}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });
});
