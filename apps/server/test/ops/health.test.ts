import { describe, expect, it } from 'vitest';
import { keepCalls } from '../../src/ops/calls.ts';
import { readConfig } from '../../src/ops/configRead.ts';
import { createGate } from '../../src/ops/gate.ts';
import { problemOf } from '../../src/rpc/problem.ts';
import { fresh, refusal, running } from '../support/running.ts';

const KEY = 'sk-a-very-secret-key-0123456789';

describe('/health', () => {
  it('OP-9 says what works', async () => {
    await using server = await running();
    const before = await fetch(`${server.url}/health`);
    expect(before.status).toBe(200);
    expect(before.headers.get('cache-control')).toBe('no-store');
    expect(await before.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      seq: 0,
      database: { ok: true },
      disk: { freeBytes: expect.any(Number) },
      model: { scripted: true, endpoint: 'Rehearsal', model: 'rehearsal', lastCall: 'unknown' },
      queue: { waiting: 0 },
      backups: { last: null, failed: null },
      settings: { problems: 0 },
    });
    await server.rpc.personas.author.mutate({ commandId: fresh(), identity: { name: 'Ida' } });
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ seq: 1 });
  });

  it('OP-9 a model call is remembered as it went, and OP-5 a failed one is logged without its key', async () => {
    await using server = await running();
    await server.rpc.settings.saveProvider.mutate({
      commandId: fresh(),
      provider: { name: 'Gone', baseUrl: 'http://127.0.0.1:9/v1', apiKey: KEY, maxConcurrent: 1 },
      narrative: 'm',
    });
    const { gateway, models, calls, store } = server.app.services;
    const { endpoint, model } = await models.choose('narrative');
    const ask = { purpose: 'kickoff', model, messages: [{ role: 'user', content: 'Hi' }], context: { chatId: 'c1' } } as const;
    await expect(gateway.complete(endpoint, ask, AbortSignal.timeout(15_000))).rejects.toThrow();
    await calls.settled();
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'degraded', model: { scripted: false, endpoint: 'Gone', lastCall: 'failed' } });
    const [kept] = await store.calls('c1', 1);
    expect(kept).toMatchObject({ purpose: 'kickoff' });
    expect(JSON.stringify(kept)).not.toContain(KEY);
    expect(server.log.join('')).toContain('a model call failed');
    expect(server.log.join('')).not.toContain(KEY);
  });

  it('OP-9 a closed library is said, not hidden', async () => {
    await using server = await running();
    await server.app.services.store.close();
    const answer = await server.app.http.inject({ url: '/health', headers: { host: new URL(server.url).host } });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: 'failed', database: { ok: false } });
    Object.assign(server.app.services.store, { close: async () => {} });
  });
});

describe('logging', () => {
  it('OP-5 a key is taken out of a line wherever it stands', async () => {
    await using server = await running();
    await server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { name: 'A', baseUrl: 'http://a/v1', apiKey: KEY, maxConcurrent: 1 } });
    server.app.http.log.error({ err: new Error(`bad key ${KEY}`), apiKey: 'other', deep: { headers: { authorization: 'Bearer x' } } }, `so ${KEY}`);
    const line = server.log.at(-1) ?? '';
    expect(line).toContain('bad key [key]');
    expect(line).not.toContain(KEY);
    expect(line).not.toMatch(/other|Bearer/);
  });
});

describe('a key with quotes and backslashes', () => {
  it('OP-5 is taken out of a line also where it is escaped once or twice', async () => {
    const odd = 'sk-"quoted"\\back-0123456789';
    await using server = await running();
    await server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { name: 'A', baseUrl: 'http://a/v1', apiKey: odd, maxConcurrent: 1 } });
    server.app.http.log.error({ err: new Error(`bad key ${odd} in ${JSON.stringify({ key: odd })}`) }, `so ${odd}`);
    const line = server.log.at(-1) ?? '';
    expect(line.split('[key]').length).toBeGreaterThanOrEqual(4);
    expect(line).not.toMatch(/quoted|back-/);
  });

  it('OP-5 one with a line break is refused with a sentence, in the form and in the file', async () => {
    await using server = await running();
    const saved = server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { name: 'A', baseUrl: 'http://a/v1', apiKey: 'sk-one\nsk-two', maxConcurrent: 1 } });
    expect(await refusal(saved)).toMatchObject({ fields: ['provider.apiKey'], message: 'The key holds a line break, a space or another character that no key has; copy it again, whole.' });
    const { config, problems } = readConfig('[[providers]]\nid = "a"\nname = "A"\nbase_url = "http://a/v1"\napi_key = "sk-one\\nsk-two"\n');
    expect(problems).toEqual([{ line: 5, message: 'api_key holds a line break, a space or another character that no key has; copy it again, whole.' }]);
    expect(config.providers[0]?.api_key).toBeUndefined();
  });
});

describe('keeping calls', () => {
  it('PR-4 a record that cannot be kept costs a line in the log, nothing else', async () => {
    const lines: string[] = [];
    const say = (_facts: object, message: string) => void lines.push(message);
    const full = async () => Promise.reject(new Error('full'));
    const calls = keepCalls({ keepCall: full, keepFailure: full }, { debug: say, info: say, warn: say, error: say }, () => new Date(0).toISOString());
    const record = { id: 'x', purpose: 'other', endpointId: 'a', endpointName: 'A', model: 'm', messages: [], sampler: {}, startedAt: 0, durationMs: 1, waitedMs: 0, reply: '', attempts: 1 } as const;
    calls.onCall({ ...record, outcome: 'ok' });
    await calls.settled();
    expect(lines).toEqual(['a model call could not be kept for inspection']);
    expect(calls.lastSeen('a')).toMatchObject({ ok: true });
    calls.onCall({ ...record, outcome: 'aborted' });
    expect(calls.lastSeen('a')).toMatchObject({ ok: true });
  });
});

describe('a gate', () => {
  it('OP-8 lets a few run, a few wait, and refuses the rest', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 });
    const held = Promise.withResolvers<void>();
    const order: string[] = [];
    const first = gate.run(async () => held.promise.then(() => order.push('first')));
    const second = gate.run(async () => order.push('second'));
    await expect(gate.run(async () => {})).rejects.toMatchObject({ code: 'limit_reached' });
    held.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    await gate.run(async () => order.push('third'));
    expect(order).toHaveLength(3);
  });
});

describe('problems', () => {
  it.each([
    ['SQLITE_FULL', /disk is full/],
    ['SQLITE_READONLY_DBMOVED', /read-only/],
    ['SQLITE_BUSY', /Another program/],
    ['SQLITE_IOERR_WRITE', /disk could not be/],
    ['ENOSPC', /disk is full/],
    ['EACCES', /cannot be written|may not be written/],
    // What SQLite says of a library on a disk that is read-only, beside that of a folder that is not there.
    ['SQLITE_CANTOPEN', /folder is there and may be written to/],
  ])('OP-4 %s is said in plain words', (code, message) => {
    expect(problemOf(Object.assign(new Error('x'), { code }))).toMatchObject({ code: 'storage', message: expect.stringMatching(message) });
  });

  it('OP-8 what nobody expected tells the page nothing of the inside', () => {
    expect(problemOf(new TypeError('secret inside'))).toEqual({ code: 'unexpected', message: expect.not.stringContaining('secret'), fields: [] });
  });
});
