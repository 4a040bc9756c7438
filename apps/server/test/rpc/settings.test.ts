import { readFile } from 'node:fs/promises';
import { startRehearsal } from '@offstage/model';
import type { Rehearsal } from '@offstage/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { limitsOf } from '../../src/ops/models.ts';
import type { Running } from '../support/running.ts';
import { fresh, refusal, running } from '../support/running.ts';

const KEY = 'sk-a-very-secret-key-0123456789';
let server: Running;
let model: Rehearsal;
beforeAll(async () => {
  model = await startRehearsal();
});
afterAll(() => model.close());
beforeEach(async () => {
  server = await running();
});
afterEach(() => server[Symbol.asyncDispose]());

const provider = (changes: object = {}) => ({ name: 'My Server', baseUrl: model.url, apiKey: KEY, maxConcurrent: 2, ...changes });

describe('settings', () => {
  it('MO-2 with nothing configured the built-in model answers, and the page is told that it is scripted', async () => {
    const { rpc, app } = server;
    expect(await rpc.settings.get.query()).toMatchObject({ providers: [], narrative: null, classifier: null, scripted: true, problems: [], configPath: 'config.toml' });
    const chosen = await app.services.models.choose('narrative');
    expect(chosen).toMatchObject({ scripted: true, model: 'rehearsal', endpoint: { name: 'Rehearsal' } });
    expect((await app.services.models.choose('classifier')).endpoint.baseUrl).toBe(chosen.endpoint.baseUrl);
    expect(await app.services.gateway.listModels(chosen.endpoint, AbortSignal.timeout(5_000))).toContain('rehearsal');
  });

  it('MO-1 presets are offered', async () => {
    const presets = await server.rpc.settings.presets.query();
    expect(presets.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ollama', 'LM Studio', 'OpenRouter', 'OpenAI', 'vLLM']));
  });

  it('MO-1 a provider is saved to the file, chosen, and forgotten; OP-5 its key never comes out', async () => {
    const { rpc, app } = server;
    const { id } = await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider(), narrative: 'rehearsal' });
    expect(id).toBe('my-server');
    expect(await readFile(server.configPath, 'utf8')).toContain(KEY);
    const settings = await rpc.settings.get.query();
    expect(settings).toMatchObject({ scripted: false, narrative: { endpointId: id, model: 'rehearsal' }, classifier: null });
    expect(settings.providers).toEqual([{ id, name: 'My Server', baseUrl: model.url, hasKey: true, maxConcurrent: 2, models: [] }]);
    expect(JSON.stringify(settings)).not.toContain(KEY);

    const chosen = await app.services.models.choose('classifier', null, undefined);
    expect(chosen).toMatchObject({ scripted: false, endpoint: { id, apiKey: KEY, maxConcurrent: 2 } });
    expect(await app.services.models.choose('narrative', { endpointId: 'gone', model: 'x' }, { endpointId: id, model: 'own' })).toMatchObject({ model: 'own' });

    // Left out keeps the key, null forgets it.
    const { apiKey: _key, ...bare } = provider({ id, name: 'Renamed' });
    await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: bare });
    expect((await rpc.settings.get.query()).providers[0]).toMatchObject({ id, name: 'Renamed', hasKey: true });
    await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { ...bare, apiKey: null } });
    expect((await rpc.settings.get.query()).providers[0]?.hasKey).toBe(false);
    expect(await readFile(server.configPath, 'utf8')).not.toContain(KEY);

    await rpc.settings.removeProvider.mutate({ commandId: fresh(), id });
    expect(await rpc.settings.get.query()).toMatchObject({ providers: [], narrative: null, scripted: true });
  });

  it('MO-1 models and sampler settings are chosen, and chosen back', async () => {
    const { rpc, app } = server;
    const { id } = await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider() });
    await rpc.settings.choose.mutate({
      commandId: fresh(),
      narrative: { endpointId: id, model: 'big' },
      classifier: { endpointId: id, model: 'small' },
      sampler: { temperature: 0.7, maxTokens: 300 },
    });
    expect(await rpc.settings.get.query()).toMatchObject({ narrative: { model: 'big' }, classifier: { model: 'small' }, sampler: { temperature: 0.7, maxTokens: 300 } });
    expect(await app.services.models.choose('narrative')).toMatchObject({ model: 'big', sampler: { temperature: 0.7, maxTokens: 300 } });
    // Settings for prose would cut the books off.
    expect(await app.services.models.choose('classifier')).toMatchObject({ model: 'small', sampler: {} });
    await rpc.settings.choose.mutate({ commandId: fresh(), narrative: null, sampler: {} });
    expect(await rpc.settings.get.query()).toMatchObject({ narrative: null, classifier: { model: 'small' }, sampler: {}, scripted: true });
    await rpc.settings.choose.mutate({ commandId: fresh(), narrative: { endpointId: 'rehearsal', model: 'rehearsal:slow' } });
    expect(await app.services.models.choose('narrative')).toMatchObject({ scripted: true, model: 'rehearsal:slow' });
    expect(await refusal(rpc.settings.choose.mutate({ commandId: fresh(), narrative: { endpointId: 'gone', model: 'x' } }))).toMatchObject({ code: 'invalid', fields: ['narrative'] });
  });

  it('MO-3 stand-ins and ME-5 an embedding model are chosen in order, written to the file, and go with their provider', async () => {
    const { rpc, app } = server;
    const { id } = await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider() });
    const { id: other } = await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider({ name: 'Other', baseUrl: `${model.url}/` }) });
    expect(await rpc.settings.get.query()).toMatchObject({ fallbacks: [], embedding: null });
    expect(await app.services.models.embedding()).toBeUndefined();
    const fallbacks = [{ endpointId: other, model: 'second' }, { endpointId: id, model: 'third' }];
    await rpc.settings.choose.mutate({ commandId: fresh(), fallbacks, embedding: { endpointId: other, model: 'rehearsal-embedding' } });
    expect(await rpc.settings.get.query()).toMatchObject({ fallbacks, embedding: { endpointId: other }, classifier: null });
    expect(app.services.models.fallbacks().map(({ endpoint, model: name }) => [endpoint.id, endpoint.apiKey, name])).toEqual([[other, KEY, 'second'], [id, KEY, 'third']]);
    expect(await app.services.models.embedding()).toMatchObject({ model: 'rehearsal-embedding', scripted: false, endpoint: { id: other } });
    expect(await readFile(server.configPath, 'utf8')).toContain('fallbacks = [{ provider = "other", model = "second" }, { provider = "my-server", model = "third" }]');

    await rpc.settings.removeProvider.mutate({ commandId: fresh(), id: other });
    expect(await rpc.settings.get.query()).toMatchObject({ fallbacks: [{ endpointId: id, model: 'third' }], embedding: null });
    await rpc.settings.choose.mutate({ commandId: fresh(), fallbacks: [] });
    expect(app.services.models.fallbacks()).toEqual([]);
    expect(await readFile(server.configPath, 'utf8')).not.toContain('fallbacks');
    for (const wrong of [{ fallbacks: [{ endpointId: 'gone', model: 'x' }] }, { embedding: { endpointId: 'gone', model: 'x' } }]) {
      expect(await refusal(rpc.settings.choose.mutate({ commandId: fresh(), ...wrong }))).toMatchObject({ code: 'invalid', fields: Object.keys(wrong) });
    }
  });

  it('MO-3 the built-in model stands in only while it is running', async () => {
    const { rpc, app } = server;
    await rpc.settings.choose.mutate({ commandId: fresh(), fallbacks: [{ endpointId: 'rehearsal', model: 'rehearsal' }] });
    await app.services.models.choose('classifier');
    expect(app.services.models.fallbacks()).toMatchObject([{ endpoint: { id: 'rehearsal' }, model: 'rehearsal' }]);
    await app.services.models.close();
    expect(app.services.models.fallbacks()).toEqual([]);
  });

  it('ED-1 your own feelings can be left to you; TN-8 one call or one each, and what is left out; MO-3 the time limits', async () => {
    const { rpc, app } = server;
    const usual = { mode: 'combined', yourFeelings: true, idleSeconds: 10, totalSeconds: 60, off: [] };
    expect((await rpc.settings.get.query()).bookkeeping).toEqual(usual);
    await rpc.settings.keepBooks.mutate({ commandId: fresh(), bookkeeping: { yourFeelings: false } });
    expect((await rpc.settings.get.query()).bookkeeping).toEqual({ ...usual, yourFeelings: false });
    expect(app.services.config.current.passes.your_feelings).toBe(false);
    expect(await readFile(server.configPath, 'utf8')).toContain('your_feelings = false');
    const changed = { mode: 'separate' as const, yourFeelings: true, idleSeconds: 20, totalSeconds: 90, off: ['edges' as const, 'scene' as const] };
    await rpc.settings.keepBooks.mutate({ commandId: fresh(), bookkeeping: changed });
    expect((await rpc.settings.get.query()).bookkeeping).toEqual(changed);
    expect(limitsOf(app.services.config)).toMatchObject({ classifierIdleMs: 20_000, classifierTotalMs: 90_000 });
    const refused = await refusal(rpc.settings.keepBooks.mutate({ commandId: fresh(), bookkeeping: { idleSeconds: 0 } }));
    expect(refused).toMatchObject({ code: 'invalid', fields: ['bookkeeping.idleSeconds'] });
  });

  it('MO-3 an answer that cannot be used is kept with its turn', async () => {
    const { app } = server;
    const { endpoint } = await app.services.models.choose('classifier');
    const request = { purpose: 'passes' as const, model: 'rehearsal:refuse', messages: [{ role: 'user' as const, content: 'Well?' }], schema: { name: 'x', json: { type: 'object', properties: { a: {} }, required: ['a'] } }, context: { chatId: 'c', turnId: 't' } };
    await expect(app.services.gateway.structured(endpoint, request, z.record(z.string(), z.unknown()), AbortSignal.timeout(20_000))).rejects.toMatchObject({ name: 'StructuredError' });
    await app.services.calls.settled();
    const kept = await app.services.store.failures(10);
    expect(kept).toHaveLength(2);
    expect(kept[0]).toMatchObject({ chatId: 'c', turnId: 't', purpose: 'passes', model: 'rehearsal:refuse', attempts: 2, problem: 'it declined' });
    expect(server.log.join('')).toContain('could not be used');
    expect(server.log.join('')).not.toContain(kept[0]?.raw.slice(0, 20));
  });

  it('TL-14 saving a new provider twice by one command makes one', async () => {
    const commandId = fresh();
    const save = () => server.rpc.settings.saveProvider.mutate({ commandId, provider: provider() });
    expect(await Promise.all([save(), save()])).toEqual([{ id: 'my-server' }, { id: 'my-server' }]);
    expect(await server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider() })).toEqual({ id: 'my-server-2' });
  });

  it.each([
    [{ baseUrl: 'localhost:1234' }, 'provider.baseUrl', /The address should be an address such as/],
    [{ baseUrl: 'file:///etc/passwd' }, 'provider.baseUrl', /The address/],
    [{ name: '  ' }, 'provider.name', /The name may not be empty/],
    [{ maxConcurrent: 0 }, 'provider.maxConcurrent', /^Calls at once should be at least 1\.$/],
    [{ maxConcurrent: 65 }, 'provider.maxConcurrent', /^Calls at once should be at most 64\.$/],
    [{ maxConcurrent: 1.5 }, 'provider.maxConcurrent', /^Calls at once should be a whole number\.$/],
    [{ id: 'not-there' }, 'id', /no longer configured/],
  ])('OP-8 a provider that does not fit is refused, naming the field: %j', async (changes, field, message) => {
    const problem = await refusal(server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider(changes) }));
    expect(problem).toMatchObject({ fields: [field], message: expect.stringMatching(message) });
  });

  it('MO-1 "test connection" lists models, or says plainly what failed', async () => {
    const { rpc } = server;
    const good = await rpc.settings.test.mutate({ provider: { baseUrl: model.url } });
    expect(good).toMatchObject({ ok: true, models: expect.arrayContaining(['rehearsal']) });
    const { id } = await rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: provider() });
    expect((await rpc.settings.get.query()).providers[0]?.models).toContain('rehearsal');
    expect(await rpc.settings.test.mutate({ provider: { id, baseUrl: model.url } })).toMatchObject({ ok: true });
    const bad = await rpc.settings.test.mutate({ provider: { baseUrl: 'http://127.0.0.1:9/v1', apiKey: KEY } });
    expect(bad).toMatchObject({ ok: false, problem: expect.any(String), hint: expect.any(String) });
    expect(JSON.stringify(bad)).not.toContain(KEY);
  });

  it('MO-2 local servers are looked for', async () => {
    expect(Array.isArray(await server.rpc.settings.findLocal.query())).toBe(true);
  });
});

describe('a settings file with a slip', () => {
  it('OP-5 the server starts, says the line on the page, in the log and at /health; a save keeps the file', async () => {
    await using slipped = await running({}, { 'config.toml': `[server]\nprot = 8000\n[[providers]]\nid = "a"\nname = "A"\nbase_url = "http://a/v1"\napi_key = "${KEY}"\n` });
    const settings = await slipped.rpc.settings.get.query();
    expect(settings.problems).toEqual([{ line: 2, message: '“prot” is not a setting here. Did you mean “port”?' }]);
    expect(settings.providers).toHaveLength(1);
    expect(slipped.log.join('')).toContain('is not a setting here');
    expect(await (await fetch(`${slipped.url}/health`)).json()).toMatchObject({ settings: { problems: 1 } });
    await slipped.rpc.settings.choose.mutate({ commandId: fresh(), sampler: { temperature: 1 } });
    const text = await readFile(slipped.configPath, 'utf8');
    expect(text).toContain('prot = 8000');
    expect(text).toContain(KEY);
    expect(slipped.log.join('')).not.toContain(KEY);
  });
});

describe('the list of procedures', () => {
  it('OP-9 every procedure says what it does', async () => {
    const { appRouter } = await import('../../src/rpc/router.ts');
    // Nested in its type, flat as it is: by the whole path of each.
    const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { description?: string } } }>);
    expect(procedures.length).toBeGreaterThan(15);
    for (const [path, { _def }] of procedures) expect(_def.meta?.description, path).toMatch(/^[A-Z“].{10,}[.?]$/);
  });
});
