import { afterEach, describe, expect, it } from 'vitest';
import { fail, hostile, json, type Behaviour, type Hostile } from './hostile.ts';
import { at, faultOf, never, rig } from './rig.ts';

let server: Hostile | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function against(behave: Behaviour): Promise<Hostile> {
  await server?.close();
  server = await hostile(behave);
  return server;
}

/** A vector of each text: its length, and 1. */
const vectors: Behaviour = (res, { body }) => {
  const data = (body['input'] as string[]).map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1] }));
  json(res, 200, { object: 'list', data: data.toReversed(), usage: { prompt_tokens: 7, total_tokens: 7 } });
};

describe('ME-5 vectors of texts', () => {
  it('ME-5 come in the order of the texts, in bounded batches, as numbers', async () => {
    const { url, seen } = await against(vectors);
    const { gateway } = rig();
    const texts = Array.from({ length: 70 }, (_, n) => 'x'.repeat(n + 1));
    const found = await gateway.embed(at(url, { apiKey: 'key-of-mine' }), { model: 'e', texts }, never());
    expect(found.map((vector) => [...vector])).toEqual(texts.map((text) => [text.length, 1]));
    expect(found[0]).toBeInstanceOf(Float32Array);
    expect(seen.map(({ path, body }) => [path, body['encoding_format'], (body['input'] as string[]).length])).toEqual([32, 32, 6].map((count) => ['/v1/embeddings', 'float', count]));
    expect(seen[0]?.headers['authorization']).toBe('Bearer key-of-mine');
    expect(await gateway.embed(at(url), { model: 'e', texts: [] }, never())).toEqual([]);
  });

  it('PR-4 leave a record without the texts and the vectors', async () => {
    const { url } = await against(vectors);
    const { gateway, records } = rig();
    await gateway.embed(at(url), { model: 'e', texts: ['a secret', 'b'], context: { chatId: 'c' } }, never());
    expect(records).toMatchObject([{ purpose: 'embedding', model: 'e', outcome: 'ok', usage: { prompt: 7, completion: 0 }, reply: '2 vectors of 2 numbers', messages: [], chatId: 'c' }]);
    expect(JSON.stringify(records)).not.toContain('secret');
  });

  it('ME-5 long and empty texts are made fit', async () => {
    const { url, seen } = await against(vectors);
    const { gateway } = rig();
    await gateway.embed(at(url), { model: 'e', texts: ['', ' \n', 'x'.repeat(50_000), 'half a \ud83d'] }, never());
    expect(seen[0]?.body['input']).toEqual(['-', '-', 'x'.repeat(6_000), 'half a \ufffd']);
  });

  it('ME-5 a model that refuses long texts gets short ones', async () => {
    const { url, seen } = await against((res, one, nth) => {
      const longest = Math.max(...(one.body['input'] as string[]).map((text) => text.length));
      if (longest > 2_000) fail(res, 400, 'input is too large to process. increase the physical batch size');
      else vectors(res, one, nth);
    });
    const { gateway } = rig();
    const found = await gateway.embed(at(url), { model: 'e', texts: Array.from({ length: 40 }, () => 'x'.repeat(5_000)) }, never());
    expect(found.map(([length]) => length)).toEqual(Array.from({ length: 40 }, () => 1_200));
    expect(seen).toHaveLength(3);
    const mute = await against((res) => fail(res, 400, 'maximum context length is 3 tokens'));
    await expect(gateway.embed(at(mute.url), { model: 'e', texts: ['word'] }, never())).rejects.toMatchObject({ code: 'bad_request' });
    expect(mute.seen).toHaveLength(2);
  });

  it('ME-5 base64 is read where a server sends it; a format that it does not know is left out', async () => {
    const bytes = Buffer.from(new Float32Array([0.5, -2]).buffer).toString('base64');
    const { url, seen } = await against((res, { body }) => (body['encoding_format'] === undefined ? json(res, 200, { data: [{ index: 0, embedding: bytes }] }) : fail(res, 400, 'Unsupported parameter: encoding_format')));
    const { gateway } = rig();
    expect((await gateway.embed(at(url), { model: 'e', texts: ['a'] }, never())).map((vector) => [...vector])).toEqual([[0.5, -2]]);
    expect(seen).toHaveLength(2);
  });

  it('ME-5 what passes by itself is tried again', async () => {
    const { url, seen } = await against((res, one, nth) => (nth === 0 ? fail(res, 503, 'busy') : vectors(res, one, nth)));
    const { gateway } = rig();
    expect(await gateway.embed(at(url), { model: 'e', texts: ['a'] }, never())).toHaveLength(1);
    expect(seen).toHaveLength(2);
  });

  it('ME-5 an answer that is none is refused', async () => {
    const bad: unknown[] = [
      { data: [] },
      { data: [{ embedding: [] }] },
      { data: [{ embedding: ['x'] }] },
      { data: [{ embedding: [null] }] },
      { data: [{ index: 5, embedding: [1] }] },
      { data: [{ embedding: [1] }, { embedding: [1, 2] }] },
      { data: 'none' },
      { data: [{ embedding: 'AAA=' }] },
    ];
    for (const answer of bad) {
      const { url } = await against((res) => json(res, 200, answer));
      const { gateway } = rig();
      const texts = answer === bad[5] ? ['a', 'b'] : ['a'];
      expect((await faultOf(gateway.embed(at(url), { model: 'e', texts }, never()))).message).toBe('Testbed answered, but not with one vector of e for each text. Choose another model for finding memories by meaning.');
    }
  });

  it('MO-4 faults are said plainly', async () => {
    const { gateway } = rig({ retries: 0, classifierTotalMs: 50 });
    const faults: [Behaviour, string, RegExp][] = [
      [(res) => fail(res, 404, 'Not Found'), 'model_missing', /^Testbed makes no vectors of texts/],
      [(res) => fail(res, 501, 'This server does not support embeddings'), 'server_error', /does not support embeddings/],
      [(res) => json(res, 200, { error: { message: 'no such thing', code: 400 } }), 'bad_request', /no such thing/],
      [(res) => res.end('<html>'), 'model_missing', /makes no vectors/],
      [(res) => res.end(`{"data":[${'1,'.repeat(5_000_000)}`), 'model_missing', /makes no vectors/],
      [() => undefined, 'timeout', /took longer than/],
    ];
    for (const [behave, code, message] of faults) {
      const { url } = await against(behave);
      const fault = await faultOf((code === 'timeout' ? gateway : rig({ retries: 0 }).gateway).embed(at(url), { model: 'e', texts: ['a'] }, never()));
      expect(fault.code).toBe(code);
      expect(fault.message).toMatch(message);
    }
  });

  it('an abort is thrown as it came', async () => {
    const { url, came } = await against(() => undefined);
    const { gateway, records } = rig();
    const stop = new AbortController();
    const asked = gateway.embed(at(url), { model: 'e', texts: ['a'] }, stop.signal);
    await came(0);
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(records).toMatchObject([{ outcome: 'aborted' }]);
  });
});
