import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, type Rehearsal } from '../src/index.ts';
import { DIMENSIONS, embed } from '../src/rehearsal/embeddings.ts';

let rehearsal: Rehearsal;
let plain: Rehearsal;
beforeAll(async () => {
  rehearsal = await startRehearsal({ wordsPerSecond: 0, allowMisbehaviour: true });
  plain = await startRehearsal({ wordsPerSecond: 0 });
});
afterAll(async () => {
  await Promise.all([rehearsal.close(), plain.close()]);
});

const QUESTION = '# Present\nAda (the person), Mara\n\n# Now\nPlace: The pier\n\n# The turn\nAda: You are kind.\nMara: "Hm."\n\n# What to note\n- edges: moves';
const properties = { edges: {}, activity: {}, memories: {}, significance: {} };

async function ask(model: string, structured = true): Promise<string> {
  const body = {
    model,
    messages: structured ? [{ role: 'user', content: QUESTION }] : [{ role: 'system', content: 'You are Mara.' }, { role: 'user', content: 'Ada: Hello there' }],
    ...(structured && { response_format: { type: 'json_schema', json_schema: { name: 'passes', schema: { properties } } } }),
  };
  const answer = await fetch(`${rehearsal.url}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
  return choices[0]?.message.content ?? '';
}

describe('MO-3 bookkeeping that goes wrong on demand', () => {
  it('MO-3 each in its own way, and the narration as ever', async () => {
    const good = JSON.parse(await ask('rehearsal')) as unknown;
    expect(good).toMatchObject({ edges: { moves: [{ from: 'Mara', to: 'Ada', affinity: 3 }] } });
    const prose = await ask('rehearsal:prose-json');
    expect(() => JSON.parse(prose) as unknown).toThrow();
    expect(JSON.parse(/```json\n([\s\S]+)\n```/.exec(prose)?.[1] ?? '')).toEqual(good);
    const half = await ask('rehearsal:half-json');
    expect(JSON.stringify(good).startsWith(half)).toBe(true);
    expect(() => JSON.parse(half) as unknown).toThrow();
    expect(JSON.parse(await ask('rehearsal:wrong-types'))).toMatchObject({ significance: { score: 'about 1' }, activity: { minutes: 'about 1' } });
    expect(JSON.parse(await ask('rehearsal:out-of-range'))).toMatchObject({ significance: { score: 100_000 }, edges: { moves: [{ from: 'Mara', affinity: 100_000 }] } });
    const strangers = await ask('rehearsal:strangers');
    expect(JSON.parse(strangers)).toMatchObject({ memories: { told: [{}] }, edges: { moves: [{}] }, activity: { people: [{}] } });
    expect(strangers).not.toMatch(/"(?:Ada|Mara)"/);
    expect((await ask('rehearsal:huge-json')).length).toBeGreaterThan(2_000_000);
    const told = await ask('rehearsal', false);
    for (const model of ['prose-json', 'half-json', 'wrong-types', 'out-of-range', 'strangers', 'huge-json']) expect(await ask(`rehearsal:${model}`, false), model).toBe(told);
  });
});

describe('ME-5 embeddings', () => {
  const post = async (body: unknown, url = plain.url): Promise<{ status: number; body: { data: { embedding: number[] | string; index: number }[]; usage: unknown } }> => {
    const answer = await fetch(`${url}/embeddings`, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as never };
  };

  it('ME-5 vectors of length one, as numbers and as base64', async () => {
    const input = ['The boats were burning', 'A boat burns', 'Nothing about soup'];
    const floats = await post({ model: 'rehearsal-embedding', input });
    expect(floats.body).toMatchObject({ object: 'list', model: 'rehearsal-embedding', data: [{ index: 0 }, { index: 1 }, { index: 2 }], usage: { prompt_tokens: 14, total_tokens: 14 } });
    const base64 = await post({ model: 'rehearsal-embedding', input, encoding_format: 'base64' });
    for (const [n, one] of floats.body.data.entries()) {
      const bytes = Buffer.from(base64.body.data[n]?.embedding as string, 'base64');
      expect([...new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))]).toEqual(one.embedding);
      expect(one.embedding).toHaveLength(DIMENSIONS);
      expect(Math.hypot(...(one.embedding as number[]))).toBeCloseTo(1, 5);
    }
    expect((await post({ model: 'rehearsal-embedding', input: 'One' })).body.data).toHaveLength(1);
  });

  it('ME-5 words in common lie close, the same text is the same', () => {
    const like = (a: string, b: string): number => embed(a).reduce((sum, value, n) => sum + value * (embed(b)[n] ?? 0), 0);
    expect(like('The boats were burning in the harbour', 'A boat burned at the harbour')).toBeGreaterThan(0.8);
    expect(like('The boats were burning in the harbour', 'Soup with leek and barley')).toBeLessThan(0.4);
    expect(like('the', 'the')).toBeCloseTo(1, 5);
    expect(like('…', '…')).toBeCloseTo(1, 5);
    expect(like('日本 語', '日本 語')).toBeCloseTo(1, 5);
  });

  it('ME-5 what it does not take', async () => {
    for (const input of ['', [], [''], 7, undefined]) expect((await post({ model: 'rehearsal-embedding', input })).status).toBe(400);
    expect((await post({ model: 'rehearsal-embedding', input: 'x', dimensions: 64 })).status).toBe(400);
    expect((await post({ model: 'rehearsal', input: 'x' })).status).toBe(404);
  });
});
