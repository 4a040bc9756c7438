import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createGateway } from '../src/index.ts';
import type { StreamPart } from '../src/index.ts';
import { chunk, DONE, fail, hostile, json, openStream, tell, type Behaviour, type Hostile } from './hostile.ts';
import { all, asking, at, endOf, faultOf, never, rig, textOf } from './rig.ts';

let server: Hostile | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function against(behave: Behaviour): Promise<Hostile> {
  server = await hostile(behave);
  return server;
}

/** A server that holds every answer back until it is told to go on. */
async function holding(): Promise<{ server: Hostile; answer(nth: number, text?: string): void }> {
  const held: ServerResponse[] = [];
  const made = await against((res) => void held.push(res));
  return { server: made, answer: (nth, text = 'Yes.') => tell(held[nth] as ServerResponse, text) };
}

describe('a reply', () => {
  it('MO-1 sends what is configured and nothing from the environment', async () => {
    process.env['OPENAI_API_KEY'] = 'sk-from-the-environment';
    process.env['OPENAI_ORG_ID'] = 'org-from-the-environment';
    try {
      const { url, seen } = await against((res) => tell(res, 'Hi.'));
      const { gateway } = rig();
      const sampler = { temperature: 0.9, topP: 0.95, maxTokens: 300, presencePenalty: 0.1, frequencyPenalty: 0.2, stop: ['\nYou:'], seed: 7 };
      const messages = [{ role: 'user' as const, name: 'Ana Líss', content: 'Hello' }];
      await all(gateway.stream(at(url), asking('', { sampler, messages }), never()));
      await all(gateway.stream(at(`${url}/`, { apiKey: ' key-of-mine ' }), asking('Hello'), never()));
      expect(seen[0]?.path).toBe('/v1/chat/completions');
      expect(seen[0]?.headers['authorization']).toBeUndefined();
      expect(JSON.stringify(seen[0]?.headers)).not.toContain('from-the-environment');
      expect(seen[0]?.body).toEqual({
        model: 'm',
        messages: [{ role: 'user', name: 'Ana_L_ss', content: 'Hello' }],
        stream: true,
        stream_options: { include_usage: true },
        temperature: 0.9,
        top_p: 0.95,
        max_tokens: 300,
        presence_penalty: 0.1,
        frequency_penalty: 0.2,
        stop: ['\nYou:'],
        seed: 7,
      });
      expect(seen[1]?.path).toBe('/v1/chat/completions');
      expect(seen[1]?.headers['authorization']).toBe('Bearer key-of-mine');
    } finally {
      delete process.env['OPENAI_API_KEY'];
      delete process.env['OPENAI_ORG_ID'];
    }
  });

  it('PR-4 leaves a record of how it went', async () => {
    const { url } = await against((res) => {
      openStream(res);
      res.end(`${chunk({ content: 'Hi.' })}${chunk({}, 'stop')}data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3}}\n\n${DONE}`);
    });
    const { gateway, records } = rig();
    const request = asking('Hello', { sampler: { temperature: 1 }, context: { chatId: 'c1', turnId: 't1' } });
    const parts = await all(gateway.stream(at(url), request, never()));
    expect(parts.at(-1)).toEqual({ kind: 'end', finishReason: 'stop', usage: { prompt: 12, completion: 3 } });
    expect(records).toHaveLength(1);
    expect(records[0]).toEqual({
      id: expect.any(String) as string,
      purpose: 'narrative',
      endpointId: 'e1',
      endpointName: 'Testbed',
      model: 'm',
      messages: request.messages,
      sampler: { temperature: 1 },
      startedAt: expect.any(Number) as number,
      firstTokenMs: expect.any(Number) as number,
      durationMs: expect.any(Number) as number,
      waitedMs: expect.any(Number) as number,
      outcome: 'ok',
      usage: { prompt: 12, completion: 3 },
      reply: 'Hi.',
      attempts: 1,
      chatId: 'c1',
      turnId: 't1',
    });
  });

  it('MO-6 reasoning in its own field, and in tags cut anywhere, is never text', async () => {
    const { url } = await against((res, _, nth) => {
      if (nth === 0) {
        openStream(res);
        res.end([{ reasoning_content: 'She is ' }, { reasoning: 'angry.' }, { content: 'Good evening.' }].map((one) => chunk(one)).join('') + chunk({}, 'stop') + DONE);
      } else tell(res, '<th', 'ink>She is angry.</', 'think>', '\n\nGood', ' evening.');
    });
    const { gateway, records } = rig();
    for (const nth of [0, 1]) {
      const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
      expect(textOf(parts)).toBe('Good evening.');
      expect(textOf(parts, 'reasoning')).toBe('She is angry.');
      expect(records[nth]).toMatchObject({ reply: 'Good evening.', reasoning: 'She is angry.' });
    }
  });

  it('MO-6 reasoning in parts of the content, whole or streamed, is never text', async () => {
    const content = [{ type: 'thinking', thinking: [{ type: 'text', text: 'She is ' }] }, { type: 'reasoning', text: 'angry.' }, { type: 'text', text: 'Good evening.' }];
    const { url } = await against((res, _, nth) => {
      if (nth === 0) json(res, 200, { choices: [{ message: { content }, finish_reason: 'stop' }] });
      else {
        openStream(res);
        res.end(chunk({ content }) + chunk({}, 'stop') + DONE);
      }
    });
    const { gateway, records } = rig();
    for (const nth of [0, 1]) {
      expect(await gateway.complete(at(url), asking('Hi'), never())).toEqual({ text: 'Good evening.' });
      expect(records[nth]).toMatchObject({ reply: 'Good evening.', reasoning: 'She is angry.' });
    }
  });

  it('MO-6 a structured answer is what was said, not what was thought', async () => {
    const schema = { name: 'mood', json: { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] } };
    const thoughts = '<think>Perhaps {"mood":"angry"}?</think>';
    const { url, seen } = await against((res, _, nth) => {
      if (nth === 0) tell(res, `${thoughts}No.`);
      else if (nth === 1) tell(res, thoughts, '{"mood":"calm"}');
      else {
        openStream(res);
        res.end(chunk({ reasoning_content: '{"mood":"angry"}' }) + chunk({ reasoning: '{"mood":"angry"}' }) + chunk({}, 'stop') + DONE);
      }
    });
    const { gateway, records } = rig();
    const ask = () => gateway.structured(at(url), asking('Hi', { purpose: 'passes', schema }), z.object({ mood: z.string() }), never());
    expect(await ask()).toEqual({ mood: 'calm' });
    expect(JSON.stringify(seen[1]?.body)).not.toContain('Perhaps');
    // Only thought, never said: that is no answer, and is quoted nowhere.
    await expect(ask()).rejects.toMatchObject({ name: 'StructuredError', raw: '', problem: 'it was empty' });
    expect(records.map(({ reply }) => reply)).toEqual(['No.', '{"mood":"calm"}', '', '']);
    expect(JSON.stringify(seen[3]?.body)).not.toContain('angry');
  });

  it('MO-6 reasoning whose opening tag never came is taken back', async () => {
    const { url } = await against((res) => {
      openStream(res);
      res.write(chunk({ content: 'She is angry.' }), () => res.end(chunk({ content: '</think>Good evening.' }, 'stop') + DONE));
    });
    const { gateway, records } = rig();
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(parts.at(-1)).toEqual({ kind: 'end', finishReason: 'stop', reply: 'Good evening.' });
    expect(records[0]).toMatchObject({ reply: 'Good evening.', reasoning: 'She is angry.' });
    expect(await gateway.complete(at(url), asking('Hi'), never())).toEqual({ text: 'Good evening.' });
  });

  it('OP-5 a key is in no record and no error, also when the provider echoes it', async () => {
    const key = 'sk-live-0123456789abcdef';
    const { url } = await against((res, _, nth) => (nth === 0 ? fail(res, 400, `Bad key ${key} or sk-li**********cdef`) : tell(res, `Your key is ${key}.`)));
    const { gateway, records } = rig();
    const endpoint = at(url, { apiKey: key });
    const error = await faultOf(all(gateway.stream(endpoint, asking(`My key is ${key}`), never())));
    await all(gateway.stream(endpoint, asking('Hi'), never()));
    expect(JSON.stringify([error, error.message, error.stack, records])).not.toContain('cdef');
    expect(records[1]?.reply).toBe('Your key is [key].');
    const odd = await faultOf(gateway.complete(at(url, { apiKey: 'sk-clé-secrète-1' }), asking('Hi'), never()));
    expect(odd.message).toBe('The API key of Testbed holds characters that no key has. Copy it again.');
  });

  it('a parameter that a model does not take is left out from then on', async () => {
    const { url, seen } = await against((res, { body }) => {
      if (body['max_tokens'] !== undefined) fail(res, 400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
      else if (body['temperature'] !== undefined) fail(res, 400, "Unsupported value: 'temperature' does not support 0.9");
      else if (JSON.stringify(body['messages']).includes('"name"')) fail(res, 422, 'messages.0.name: Extra inputs are not permitted');
      else tell(res, 'Fine.');
    });
    const { gateway, records } = rig({ retries: 0 });
    const request = asking('', { sampler: { maxTokens: 9, temperature: 0.9 }, messages: [{ role: 'user', name: 'Ana', content: 'Hi' }] });
    await all(gateway.stream(at(url), request, never()));
    await all(gateway.stream(at(url), request, never()));
    expect(seen).toHaveLength(5);
    expect(seen.at(-1)?.body).toMatchObject({ max_completion_tokens: 9 });
    expect(records.map((record) => record.attempts)).toEqual([4, 1]);
  });
});

describe('trying again', () => {
  it('MO-4 passing faults are tried again, each wait announced', async () => {
    const { url, seen } = await against((res, _, nth) => (nth === 0 ? fail(res, 500, 'oops') : nth === 1 ? fail(res, 400, 'model is cold') : tell(res, 'Hello.')));
    const { gateway, records } = rig();
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(textOf(parts)).toBe('Hello.');
    expect(parts.filter((part) => part.kind === 'waiting').map((part) => part.message)).toEqual([
      'Testbed has trouble of its own (500): “oops”. Trying again in 1 second.',
      'm is still being loaded at Testbed. That can take some minutes: try again shortly, or choose a warm model. Trying again in 1 second.',
    ]);
    expect(seen).toHaveLength(3);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ outcome: 'ok', attempts: 3 });
  });

  it('MO-4 only so often', async () => {
    const { url, seen } = await against((res) => fail(res, 500, 'oops'));
    const { gateway, records } = rig({ retries: 2 });
    expect((await faultOf(gateway.complete(at(url), asking('Hi'), never()))).code).toBe('server_error');
    expect(seen).toHaveLength(3);
    expect(records[0]?.attempts).toBe(3);
  });

  it('MO-4 a 429 obeys Retry-After', async () => {
    const { url } = await against((res, _, nth) => (nth === 0 ? fail(res, 429, 'slow', { 'retry-after': '0.2' }) : tell(res, 'Hello.')));
    const { gateway } = rig();
    const started = performance.now();
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(textOf(parts)).toBe('Hello.');
    expect(performance.now() - started).toBeGreaterThanOrEqual(195);
  });

  it('MO-4 a Retry-After of an hour is waited for, with a countdown, and can be stopped', async () => {
    const { url, seen } = await against((res) => fail(res, 429, 'slow', { 'retry-after': '3600' }));
    const { gateway, records } = rig();
    const stop = new AbortController();
    const parts = gateway.stream(at(url), asking('Hi'), stop.signal)[Symbol.asyncIterator]();
    const { value } = (await parts.next()) as { value: StreamPart };
    expect(value).toMatchObject({ kind: 'waiting', reason: 'retry' });
    if (value.kind !== 'waiting' || value.retryAt === undefined) throw new Error('no countdown');
    expect(value.message).toBe('Testbed asks to wait 60 minutes before the next request. Trying again in 60 minutes.');
    expect(value.retryAt - Date.now()).toBeGreaterThan(3_590_000);
    const next = parts.next();
    expect(gateway.waiting()).toMatchObject([{ endpointId: 'e1', purpose: 'narrative' }]);
    stop.abort();
    expect((await next).value).toEqual({ kind: 'end', finishReason: 'aborted' });
    expect(gateway.waiting()).toEqual([]);
    expect(seen).toHaveLength(1);
    expect(records[0]).toMatchObject({ outcome: 'aborted', attempts: 1 });
  });

  it('MO-4 a clock that is set back keeps no call waiting for what was asked before', async () => {
    const { url } = await against((res, _, nth) => (nth === 0 ? fail(res, 429, 'slow', { 'retry-after': '60' }) : tell(res, 'Hello.')));
    let now = Date.parse('2031-01-01T00:00:00Z');
    const gateway = createGateway({ onCall: () => {}, now: () => now });
    const stop = new AbortController();
    const parts = gateway.stream(at(url), asking('Hi'), stop.signal)[Symbol.asyncIterator]();
    await parts.next();
    now = Date.parse('2026-01-01T00:00:00Z');
    expect(textOf(await all(gateway.stream(at(url), asking('Again'), never())))).toBe('Hello.');
    stop.abort();
    await parts.next();
  });

  it('MO-4 other calls to a model that asked for quiet wait too, the narrative call first', async () => {
    const { url, seen } = await against((res, _, nth) => (nth === 0 ? fail(res, 429, 'slow', { 'retry-after': '0.3' }) : tell(res, 'Hello.')));
    const { gateway } = rig();
    const pass = gateway.stream(at(url), asking('bookkeeping', { purpose: 'passes' }), never())[Symbol.asyncIterator]();
    await pass.next(); // told to wait
    const rest = pass.next();
    const narrative = await all(gateway.stream(at(url), asking('story'), never()));
    expect(narrative[0]).toMatchObject({ kind: 'waiting', reason: 'retry' });
    await rest;
    const order = seen.map(({ body }) => (body['messages'] as { content: string }[])[0]?.content);
    expect(order).toEqual(['bookkeeping', 'story', 'bookkeeping']);
  });
});

describe('stopping', () => {
  it('TN-5 an abort while words stream keeps them, and frees slot and connection', async () => {
    const { url, gone } = await against((res, _, nth) => {
      if (nth > 0) return tell(res, 'Next.');
      openStream(res);
      res.write(chunk({ content: 'The door ' }));
    });
    const { gateway, records } = rig();
    const endpoint = at(url, { maxConcurrent: 1 });
    const stop = new AbortController();
    const parts: StreamPart[] = [];
    for await (const part of gateway.stream(endpoint, asking('Hi'), stop.signal)) {
      parts.push(part);
      stop.abort();
    }
    expect(parts).toEqual([
      { kind: 'text', text: 'The door ' },
      { kind: 'end', finishReason: 'aborted' },
    ]);
    expect(records[0]).toMatchObject({ outcome: 'aborted', reply: 'The door ' });
    await gone(0);
    expect(textOf(await all(gateway.stream(endpoint, asking('Hi'), never())))).toBe('Next.');
  });

  it('TN-5 an abort before the first word, and one before the call', async () => {
    const { url, came, gone } = await against(() => undefined);
    const { gateway, records } = rig();
    const stop = new AbortController();
    const parts = all(gateway.stream(at(url), asking('Hi'), stop.signal));
    await came(0);
    stop.abort(new Error('enough'));
    expect(endOf(await parts)).toBe('aborted');
    await gone(0);
    expect(endOf(await all(gateway.stream(at(url), asking('Hi'), AbortSignal.abort())))).toBe('aborted');
    expect(records.map((record) => record.outcome)).toEqual(['aborted', 'aborted']);
    await expect(gateway.complete(at(url), asking('Hi'), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('TN-5 whoever stops reading has stopped the call', async () => {
    const { url, gone } = await against((res) => {
      openStream(res);
      res.write(chunk({ content: 'The door ' }));
    });
    const { gateway, records } = rig();
    for await (const part of gateway.stream(at(url), asking('Hi'), never())) if (part.kind === 'text') break;
    expect(records[0]?.outcome).toBe('aborted');
    await gone(0);
  });

  it('closing ends every call', async () => {
    const { url, came, gone } = await against(() => undefined);
    const { gateway, records } = rig();
    const running = all(gateway.stream(at(url), asking('Hi'), never()));
    await came(0);
    await gateway.close();
    expect(endOf(await running)).toBe('aborted');
    expect(records).toHaveLength(1);
    await gone(0);
    await expect(gateway.complete(at(url), asking('Hi'), never())).rejects.toThrow('closed');
  });
});

describe('MO-5 taking turns', () => {
  it('MO-5 the narrative call goes before bookkeeping that waited longer', async () => {
    const { server: one, answer } = await holding();
    const { gateway } = rig();
    const endpoint = at(one.url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('first', { purpose: 'other' }), never());
    await one.came(0);
    const others = (['other', 'passes', 'kickoff'] as const).map((purpose) => gateway.complete(endpoint, asking(purpose, { purpose }), never()));
    const parts: StreamPart[] = [];
    const narrative = (async () => {
      for await (const part of gateway.stream(endpoint, asking('narrative'), never())) parts.push(part);
    })();
    await vi.waitFor(() => expect(gateway.waiting().map((call) => call.purpose)).toEqual(['other', 'passes', 'kickoff', 'narrative']));
    for (let nth = 0; nth < 5; nth++) {
      await one.came(nth);
      answer(nth);
    }
    await Promise.all([first, narrative, ...others]);
    expect(one.seen.map(({ body }) => (body['messages'] as { content: string }[])[0]?.content)).toEqual(['first', 'narrative', 'kickoff', 'passes', 'other']);
    expect(parts[0]).toEqual({ kind: 'waiting', reason: 'queue', message: 'Waiting for a free place at Testbed.' });
  });

  it('MO-5 a reply in line says how many stand before it, anew whenever that changes', async () => {
    const { server: one, answer } = await holding();
    const { gateway } = rig();
    const endpoint = at(one.url, { maxConcurrent: 1 });
    const before = ['first', 'second', 'third'].map((text) => gateway.complete(endpoint, asking(text), never()));
    await one.came(0);
    const last = all(gateway.stream(endpoint, asking('last', { context: { chatId: 'c1', turnId: 't1' } }), never()));
    await vi.waitFor(() => expect(gateway.waiting().map(({ ahead }) => ahead)).toEqual([0, 1, 2]));
    expect(gateway.waiting().at(-1)).toMatchObject({ endpointName: 'Testbed', model: 'm', purpose: 'narrative', weight: 1, until: null, chatId: 'c1', turnId: 't1' });
    for (let nth = 0; nth < 4; nth++) {
      await one.came(nth);
      answer(nth);
    }
    await Promise.all(before);
    expect((await last).flatMap((part) => (part.kind === 'waiting' ? [part.message] : []))).toEqual([
      'Waiting for a free place at Testbed; 2 calls before this one.',
      'Waiting for a free place at Testbed; one call before this one.',
      'Waiting for a free place at Testbed.',
    ]);
  });

  it('MO-5 where a provider counts by weight a heavy call waits until it fits, and no light one slips past it', async () => {
    const { server: one, answer } = await holding();
    const { gateway } = rig();
    const endpoint = at(`${one.url}/featherless.ai`, { maxConcurrent: 4 });
    const light = [0, 1].map((nth) => gateway.complete(endpoint, asking(`light ${nth}`, { model: 'some-8b' }), never()));
    await one.came(1);
    const heavy = gateway.complete(endpoint, asking('heavy', { model: 'some-70b' }), never());
    const after = gateway.complete(endpoint, asking('after', { model: 'some-8b' }), never());
    await vi.waitFor(() => expect(gateway.waiting().map(({ weight, ahead }) => [weight, ahead])).toEqual([[4, 0], [1, 1]]));
    answer(0);
    await light[0];
    expect(one.seen).toHaveLength(2);
    answer(1);
    await one.came(2);
    expect(gateway.waiting()).toMatchObject([{ weight: 1, ahead: 0 }]);
    answer(2);
    await one.came(3);
    answer(3);
    await Promise.all([...light, heavy, after]);
    expect(one.seen.map(({ body }) => body['model'])).toEqual(['some-8b', 'some-8b', 'some-70b', 'some-8b']);
  });

  it('MO-5 a waiting call can be taken out of the line: it is never sent, no stand-in is asked, and the others move up', async () => {
    const { server: one, answer } = await holding();
    const { gateway, records } = rig();
    const endpoint = at(one.url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('first'), never());
    await one.came(0);
    const reply = all(gateway.stream(endpoint, asking('reply'), never()));
    const request = { ...asking('books', { purpose: 'passes' }), schema: { name: 'books', json: {} } };
    const standIn = { endpoint: at(one.url, { id: 'e2', apiKey: 'another-key' }), model: 'other' };
    const books = faultOf(gateway.structured(endpoint, request, z.unknown(), never(), { fallbacks: [standIn] }));
    const stays = gateway.complete(endpoint, asking('stays'), never());
    await vi.waitFor(() => expect(gateway.waiting()).toHaveLength(3));
    const idOf = (purpose: string): string => gateway.waiting().find((call) => call.purpose === purpose)?.id ?? '';
    const id = idOf('narrative');
    expect(gateway.cancel(idOf('passes'))).toBe(true);
    expect(gateway.cancel(id)).toBe(true);
    expect(gateway.cancel(id)).toBe(false);
    expect(endOf(await reply)).toBe('aborted');
    expect(await books).toMatchObject({ code: 'cancelled', message: 'This was taken out of the line for Testbed before it was sent. Try again when you like.' });
    expect(records).toMatchObject([{ outcome: 'aborted', attempts: 0 }, { outcome: 'aborted', attempts: 0 }]);
    answer(0);
    await one.came(1);
    answer(1);
    await Promise.all([first, stays]);
    expect(one.seen).toHaveLength(2);
  });

  it('MO-5 MO-4 a call that waits out a Retry-After can be taken back too', async () => {
    const { url, seen } = await against((res) => fail(res, 429, 'slow', { 'retry-after': '3600' }));
    const { gateway } = rig();
    const parts = all(gateway.stream(at(url), asking('Hi'), never()));
    await vi.waitFor(() => expect(gateway.waiting()).toMatchObject([{ ahead: null, until: expect.any(Number) }]));
    gateway.cancel(gateway.waiting()[0]?.id ?? '');
    expect(endOf(await parts)).toBe('aborted');
    expect(seen).toHaveLength(1);
  });

  it('MO-5 whoever stops listening in line leaves it, and a slot that came too late is given back', async () => {
    const { server: one, answer } = await holding();
    const { gateway } = rig();
    const endpoint = at(one.url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('first'), never());
    await one.came(0);
    const leaves = gateway.stream(endpoint, asking('leaves'), never())[Symbol.asyncIterator]();
    expect((await leaves.next()).value).toMatchObject({ kind: 'waiting', reason: 'queue' });
    const last = gateway.complete(endpoint, asking('last'), never());
    answer(0);
    await first;
    // Its slot has come while nobody listened.
    await leaves.return?.();
    await one.came(1);
    answer(1);
    await last;
    expect(one.seen).toHaveLength(2);
    expect(gateway.waiting()).toEqual([]);
  });

  it('MO-5 as many at once as the key allows; endpoints with one key share it', async () => {
    const { server: one, answer } = await holding();
    const { gateway } = rig();
    const calls = ['a', 'b', 'c'].map((id) => gateway.complete(at(one.url, { id, apiKey: 'shared-key-1', maxConcurrent: 2 }), asking(id), never()));
    await one.came(1);
    expect(gateway.waiting()).toMatchObject([{ endpointId: 'c' }]);
    answer(0);
    await one.came(2);
    answer(1);
    answer(2);
    await Promise.all(calls);
  });

  it('MO-5 an aborted call in the queue gives up its place', async () => {
    const { server: one, answer } = await holding();
    const { gateway, records } = rig();
    const endpoint = at(one.url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('first'), never());
    await one.came(0);
    const stop = new AbortController();
    const second = all(gateway.stream(endpoint, asking('second'), stop.signal));
    const third = gateway.complete(endpoint, asking('third'), never());
    await vi.waitFor(() => expect(gateway.waiting()).toHaveLength(2));
    stop.abort();
    expect(endOf(await second)).toBe('aborted');
    answer(0);
    await one.came(1);
    answer(1);
    await Promise.all([first, third]);
    expect(one.seen).toHaveLength(2);
    expect(records[0]).toMatchObject({ outcome: 'aborted', attempts: 0 });
  });

  it('MO-5 the queue is bounded, and bookkeeping gives way first', async () => {
    const { server: one, answer } = await holding();
    const { gateway } = rig({ maxQueue: 1 });
    const endpoint = at(one.url, { maxConcurrent: 1 });
    const first = gateway.complete(endpoint, asking('first'), never());
    await one.came(0);
    const pass = faultOf(gateway.complete(endpoint, asking('pass', { purpose: 'passes' }), never()));
    const narrative = gateway.complete(endpoint, asking('narrative'), never());
    expect(await pass).toMatchObject({ code: 'rate_limited', message: 'More than 1 calls are waiting for Testbed. Wait for some to finish, then try again.' });
    answer(0);
    await one.came(1);
    answer(1);
    await Promise.all([first, narrative]);
  });
});

it('limits are read anew for every call', async () => {
  const { url } = await against((res) => tell(res, 'a'.repeat(50)));
  const limits = { maxReplyChars: 10 };
  const gateway = createGateway({ onCall: () => undefined, limits });
  await gateway.warm();
  expect((await gateway.complete(at(url), asking('Hi'), never())).text).toHaveLength(10);
  limits.maxReplyChars = 20;
  expect((await gateway.complete(at(url), asking('Hi'), never())).text).toHaveLength(20);
});
