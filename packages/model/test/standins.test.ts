import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createGateway } from '../src/index.ts';
import type { CallRecord, StructuredOptions, UnusableAnswer } from '../src/index.ts';
import { DEFAULT_LIMITS, type Limits } from '../src/limits.ts';
import { chunk, DONE, fail, hostile, openStream, tell, type Behaviour, type Hostile } from './hostile.ts';
import { asking, at, never } from './rig.ts';

const open: Hostile[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function against(behave: Behaviour): Promise<Hostile> {
  const server = await hostile(behave);
  open.push(server);
  return server;
}

const shape = z.object({ mood: z.enum(['calm', 'angry']), minutes: z.number().min(0).max(60) });
const schema = {
  name: 'mood',
  json: { type: 'object', properties: { mood: { type: 'string' }, minutes: { type: 'number' } }, required: ['mood', 'minutes'] },
};
const GOOD = '{"mood":"calm","minutes":5}';
const VALUE = { mood: 'calm', minutes: 5 };

function rig(limits: Partial<Limits> = {}) {
  const records: CallRecord[] = [];
  const unusable: UnusableAnswer[] = [];
  const gateway = createGateway({
    onCall: (record) => records.push(record),
    onUnusable: (answer) => unusable.push(answer),
    limits: { backoffMs: 5, slowBackoffMs: 5, retries: 2, ...limits },
  });
  const ask = (url: string, how: StructuredOptions = {}, more: Parameters<typeof asking>[1] = {}) =>
    gateway.structured(at(url, { apiKey: 'sk-key-of-mine' }), asking('How is she?', { purpose: 'passes', schema, context: { chatId: 'c', turnId: 't' }, ...more }), shape, never(), how);
  return { gateway, records, unusable, ask };
}

/** What each model of one server answers, by its name. */
function byModel(answers: Readonly<Record<string, Behaviour>>): Promise<Hostile> {
  return against((res, seen, nth) => {
    const behave = answers[String(seen.body['model'])];
    if (behave) behave(res, seen, nth);
    else fail(res, 404, 'model not found');
  });
}

describe('MO-3 answers that cannot be used are told', () => {
  const useless: [string, string, RegExp][] = [
    ['a refusal', "I'm sorry, but I can't help with that.", /^it declined$/],
    ['prose', 'She seems calm enough to me.', /^it held no JSON object$/],
    ['half JSON that nothing can mend', '{"mood"', /^it held no JSON object$/],
    ['wrong types', '{"mood":["calm"],"minutes":"five"}', /^mood: .*; minutes: /],
    ['out of range', '{"mood":"calm","minutes":9000}', /^minutes: /],
    ['another object', '{"weather":"rain"}', /^it held none of the fields mood, minutes$/],
    ['nothing', '', /^it was empty$/],
  ];
  it.each(useless)('MO-3 %s', async (_, said, problem) => {
    const { url } = await against((res) => tell(res, said));
    const { ask, unusable } = rig();
    await expect(ask(url)).rejects.toMatchObject({ name: 'StructuredError', attempts: 2, raw: said });
    expect(unusable).toMatchObject([1, 2].map((attempts) => ({ purpose: 'passes', model: 'm', raw: said, attempts, chatId: 'c', turnId: 't' })));
    for (const one of unusable) expect(one.problem).toMatch(problem);
  });

  it('MO-3 one that the second try made good is told too, without the key', async () => {
    const { url } = await against((res, _, nth) => tell(res, nth === 0 ? 'My key is sk-key-of-mine.' : GOOD));
    const { ask, unusable } = rig();
    expect(await ask(url)).toEqual(VALUE);
    expect(unusable).toMatchObject([{ attempts: 1, raw: 'My key is [key].' }]);
  });

  it('MO-3 two megabytes cost bounded memory and time', async () => {
    const floods: Behaviour[] = [
      (res) => tell(res, ...Array.from({ length: 64 }, () => '"} {"a": ['.repeat(3_300))),
      (res) => tell(res, `{"mood":"${'x'.repeat(2_000_000)}`),
      (res) => tell(res, '{"a":/*'.repeat(300_000)),
      (res) => {
        openStream(res);
        res.end(chunk({ content: ' ' }).repeat(30_000) + DONE);
      },
    ];
    for (const flood of floods) {
      const { url } = await against(flood);
      const { ask, unusable } = rig();
      const before = performance.now();
      await expect(ask(url)).rejects.toMatchObject({ name: 'StructuredError' });
      expect(performance.now() - before).toBeLessThan(10_000);
      for (const one of unusable) expect(one.raw.length).toBeLessThanOrEqual(DEFAULT_LIMITS.maxReplyChars);
    }
  });
});

describe('MO-3 stand-ins', () => {
  it('MO-3 they are asked in order, each with its own ladder, when a model fails', async () => {
    const { url, seen } = await byModel({ m: (res) => tell(res, 'No.'), down: (res) => fail(res, 401, 'no'), good: (res) => tell(res, GOOD) });
    const { ask, records } = rig();
    expect(await ask(url, { fallbacks: ['down', 'good', 'never'].map((model) => ({ endpoint: at(url), model })) })).toEqual(VALUE);
    expect(seen.map(({ body }) => body['model'])).toEqual(['m', 'm', 'down', 'good']);
    expect(seen[0]?.headers['authorization']).toBe('Bearer sk-key-of-mine');
    expect(seen[3]?.headers['authorization']).toBeUndefined();
    expect(records.map(({ model, outcome }) => [model, outcome])).toEqual([['m', 'ok'], ['m', 'ok'], ['down', 'error'], ['good', 'ok']]);
  });

  it('MO-3 the same model at the same place is asked once', async () => {
    const { url, seen } = await byModel({ m: (res) => tell(res, 'No.') });
    const { ask } = rig();
    const same = { endpoint: at(url, { apiKey: 'sk-key-of-mine', name: 'By another name' }), model: 'm' };
    await expect(ask(url, { fallbacks: [same, same] })).rejects.toMatchObject({ name: 'StructuredError', attempts: 2 });
    expect(seen).toHaveLength(2);
  });

  it('MO-3 silence, a slow answer, and a stall are failures of that model alone', async () => {
    const { url } = await byModel({
      mute: () => undefined,
      stalling: (res) => {
        openStream(res);
        res.write(chunk({ content: '{"mood":' }));
      },
      slow: (res) => {
        openStream(res);
        const timer = setInterval(() => res.write(chunk({ content: ' ' })), 20);
        res.on('close', () => clearInterval(timer));
      },
      good: (res) => tell(res, GOOD),
    });
    for (const model of ['mute', 'stalling', 'slow']) {
      const { ask, records } = rig();
      expect(await ask(url, { fallbacks: [{ endpoint: at(url), model: 'good' }], idleMs: 80, totalMs: 200 }, { model })).toEqual(VALUE);
      expect(records.map((record) => record.model)).toEqual([model, 'good']);
      expect(records[0]?.error?.code).toBe(model === 'stalling' ? 'stalled' : 'timeout');
    }
  });

  it('MO-3 the time of one model is counted over all its answers, and not while it waits in line', async () => {
    const { url, seen } = await against((res) => void setTimeout(() => tell(res, 'No.'), 300));
    const { ask } = rig();
    await expect(ask(url, { totalMs: 500, idleMs: 1_000 })).rejects.toMatchObject({ name: 'ModelError', code: 'timeout' });
    expect(seen).toHaveLength(2);
    const held = await against((res, _, nth) => void setTimeout(() => tell(res, GOOD), nth === 0 ? 700 : 0));
    const { gateway } = rig();
    const endpoint = at(held.url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('Hi'), never());
    await held.came(0);
    expect(await gateway.structured(endpoint, asking('x', { purpose: 'passes', schema }), shape, never(), { totalMs: 500 })).toEqual(VALUE);
    await first;
  });

  it('MO-4 a long Retry-After is obeyed by the last model, and passed over while another stands ready', async () => {
    const { url, seen } = await byModel({ m: (res) => fail(res, 429, 'slow down', { 'retry-after': '3600' }), good: (res) => tell(res, GOOD) });
    const { ask, gateway } = rig();
    const fallbacks = [{ endpoint: at(url), model: 'good' }];
    expect(await ask(url, { fallbacks })).toEqual(VALUE);
    expect(await ask(url, { fallbacks })).toEqual(VALUE);
    // The second time it was not even asked.
    expect(seen.map(({ body }) => body['model'])).toEqual(['m', 'good', 'good']);
    const waiting = ask(url).catch((error: unknown) => error);
    await expect.poll(() => gateway.waiting().length).toBe(1);
    await gateway.close();
    expect(String(await waiting)).toContain('closing');
  });

  it('MO-3 when none answers, the fault is that of the chosen model; when one answered uselessly, the default stands', async () => {
    const { url } = await byModel({ m: (res) => fail(res, 401, 'no'), prose: (res) => tell(res, 'No.') });
    const { ask } = rig();
    const stand = (model: string) => ({ endpoint: at(url), model });
    await expect(ask(url, { fallbacks: [stand('missing')] })).rejects.toMatchObject({ name: 'ModelError', code: 'unauthorized' });
    await expect(ask(url, { fallbacks: [stand('prose'), stand('missing')] })).rejects.toMatchObject({ name: 'StructuredError', model: 'prose' });
  });

  it('MO-3 an abort asks nobody else', async () => {
    const { url, seen, came } = await against(() => undefined);
    const { gateway } = rig();
    const stop = new AbortController();
    const asked = gateway.structured(at(url), asking('x', { purpose: 'passes', schema }), shape, stop.signal, { fallbacks: [{ endpoint: at(url), model: 'good' }] });
    await came(0);
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it('MO-5 the narrative call goes before all bookkeeping, and vectors come last', async () => {
    const order: string[] = [];
    const held = Promise.withResolvers<void>();
    const { url, came } = await against((res, { body, path }, nth) => {
      order.push(path.endsWith('/embeddings') ? 'embedding' : String(body['model']));
      const answer = (): void => {
        if (path.endsWith('/embeddings')) res.end('{"data":[{"embedding":[1]}]}');
        else tell(res, GOOD);
      };
      if (nth === 0) void held.promise.then(answer);
      else answer();
    });
    const { gateway } = rig();
    const endpoint = at(url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('x', { model: 'first' }), never());
    await came(0);
    const calls = [
      gateway.embed(endpoint, { model: 'e', texts: ['a'] }, never()),
      ...(['other', 'scene', 'passes', 'skip', 'addressee', 'kickoff', 'narrative'] as const).map((purpose) => gateway.complete(endpoint, asking('x', { purpose, model: purpose }), never())),
    ];
    await expect.poll(() => gateway.waiting().length).toBe(calls.length);
    held.resolve();
    await Promise.all([first, ...calls]);
    expect(order).toEqual(['first', 'narrative', 'skip', 'addressee', 'kickoff', 'scene', 'passes', 'other', 'embedding']);
  });
});
