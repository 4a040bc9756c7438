import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../support/running.ts';
import { fresh, refusal, running } from '../support/running.ts';
import { everyProcedure, sample } from './inputs.ts';

let server: Running;
let host = '';
beforeAll(async () => {
  server = await running();
  ({ host } = new URL(server.url));
});
afterAll(() => server[Symbol.asyncDispose]());

const send = (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string | Buffer) =>
  server.app.http.inject({ method, url, headers: { host, ...headers }, ...(payload !== undefined && { payload }) });

describe('OP-6 a page of another site', () => {
  const form = { origin: 'http://evil.example', 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  it('OP-6 cannot post a form to any procedure or upload', async () => {
    const paths = [...everyProcedure().map(({ path }) => `/trpc/${path}`), '/api/cards', '/api/images', '/', '/health', '/files/x'];
    for (const path of paths) {
      for (const headers of [form, { 'content-type': 'text/plain', origin: 'null' }, { ...form, origin: `http://${host}.evil.example` }]) {
        expect((await send('POST', path, headers, 'commandId=x')).statusCode, path).toBe(403);
      }
    }
    expect(server.app.services.store.epoch).toBeTypeOf('string');
    expect(await server.app.services.store.read.seq()).toBe(0);
  });

  it('OP-6 cannot reach a procedure under a name of its own that points here, whatever it says of itself', async () => {
    const port = host.split(':')[1];
    for (const { path, kind, input } of everyProcedure()) {
      const json = JSON.stringify(input === undefined ? {} : sample(input));
      for (const name of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, `localhost.:${port}`]) {
        const headers = { host: name, origin: `http://${name}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
        const answer = await (kind === 'mutation' ? send('POST', `/trpc/${path}`, headers, json) : send('GET', `/trpc/${path}?input=${encodeURIComponent(json)}`, headers));
        expect(answer.statusCode, path).toBe(403);
      }
    }
  });
});

describe('OP-8 paths', () => {
  const climbing = ['../config.toml', '..%2Fconfig.toml', '..%5Cconfig.toml', '%2e%2e%2fconfig.toml', '....//config.toml', '..%252Fconfig.toml', '/etc/passwd', '%2Fetc%2Fpasswd', 'config.toml', 'config.toml%00.png', '..', '.', '%00', 'library.sqlite'];

  it('OP-8 none leads out of where pictures, copies and pages lie', async () => {
    await server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { name: 'A', baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'sk-planted-0123456789', maxConcurrent: 1 } });
    for (const base of ['/files/', '/api/copies/', '/assets/', '/']) {
      for (const path of climbing) {
        const { statusCode, body } = await send('GET', base + path, {});
        expect(body, base + path).not.toMatch(/sk-planted|root:|SQLite format/);
        if (!body.startsWith('<!doctype')) expect([301, 302, 400, 403, 404, 414, 503], base + path).toContain(statusCode);
      }
    }
  });

  it('OP-8 the name of an import is a name, and nothing is written under it', async () => {
    const card = JSON.stringify({ spec: 'chara_card_v2', data: { name: 'Ann', first_mes: 'Hello.' } });
    const before = await readdir(join(server.folder, '..'));
    for (const path of climbing) {
      const { statusCode } = await send('POST', `/api/cards?name=${path}`, { 'content-type': 'application/octet-stream' }, card);
      expect([200, 400, 422], path).toContain(statusCode);
    }
    const added = (await readdir(join(server.folder, '..'))).filter((name) => !before.includes(name) && /passwd|^config/.test(name));
    expect(added).toEqual([]);
  });
});

/** Every file below a folder, with its bytes. */
async function filesIn(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => ({ path: join(entry.parentPath, entry.name), bytes: await readFile(join(entry.parentPath, entry.name)) })));
}

/** A provider that quotes the key it was given in all that it says. */
async function tellTale(): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const said = JSON.stringify({ error: { message: `Incorrect API key provided: ${request.headers.authorization ?? ''}` } });
    if (request.method === 'POST') response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${said}\n\n`);
    else response.writeHead(401, { 'content-type': 'application/json' }).end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

describe('OP-5 secrets', () => {
  it('OP-5 a key is in the settings file and nowhere else: no log, library, copy, recorded call, refusal, health, metrics or diagnostics has it, though its provider quotes it', async () => {
    const KEY = 'sk-planted-key-9876543210';
    await using teller = await tellTale();
    await using house = await running({ limits: { retries: 0 } });
    const { rpc, app } = house;
    const provider = { name: 'Gone', baseUrl: teller.url, apiKey: KEY, maxConcurrent: 1 };
    const told: string[] = [];
    const tell = (answer: unknown): void => void told.push(answer instanceof Error ? `${answer.message} ${JSON.stringify(answer)}` : JSON.stringify(answer));
    tell(await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider, narrative: 'm', classifier: 'm' }));
    tell(await rpc.settings.get.query());
    tell(await rpc.settings.test.mutate({ provider: { baseUrl: provider.baseUrl, apiKey: KEY } }).catch((problem: unknown) => problem));
    tell(await refusal(rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { ...provider, apiKey: `${KEY}\n`.repeat(300) } })));
    const { models, gateway, calls, store } = app.services;
    const { endpoint, model } = await models.choose('narrative');
    const call = { purpose: 'kickoff', model, messages: [{ role: 'user', content: 'Hi' }], context: { chatId: 'c1' } } as const;
    await gateway.complete(endpoint, call, AbortSignal.timeout(15_000)).catch(tell);
    await calls.settled();
    // It did quote it, and what it said was kept.
    const kept = await store.calls('c1', 1);
    expect(JSON.stringify(kept)).toContain('Incorrect API key provided');
    tell(kept);
    await rpc.personas.author.mutate({ commandId: fresh(), identity: { name: 'Ada' } });
    const copy = await rpc.keeping.make.mutate({ commandId: fresh() });
    tell([copy, await rpc.keeping.copies.query(), await rpc.keeping.standing.query(), await rpc.diagnostics.read.query(), await rpc.diagnostics.waiting.query()]);
    for (const path of ['/health', '/metrics', '/settings', '/files/config.toml', `/api/copies/${copy.name}`]) told.push(Buffer.from(await (await fetch(house.url + path)).arrayBuffer()).toString('latin1'));
    expect(told.at(-1)).toContain('SQLite format');

    expect(told.join('\n')).not.toContain(KEY);
    expect(house.log.join('')).toContain('a model call failed');
    expect(house.log.join('')).not.toContain(KEY);
    const holding = (await filesIn(house.folder)).filter(({ bytes }) => bytes.includes(KEY)).map(({ path }) => path);
    expect(holding).toEqual([house.configPath]);
  });
});
