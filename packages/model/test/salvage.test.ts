import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { salvage } from '../src/index.ts';
import { hostile, tell, type Hostile } from './hostile.ts';
import { asking, at, never, rig } from './rig.ts';

let server: Hostile | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const KEYS = ['memories', 'significance', 'edges', 'scene'];
const MEMORIES = { told: [{ teller: 'Ada', hearer: 'Mara', fact: 'the boat sank' }] };

describe('TN-8 each part of an answer is read by itself', () => {
  const cases: [string, string, unknown][] = [
    ['cut off in the middle', '{"memories":{"told":[]},"significance":{"score":2},"edges":{"moves":[{"from":"Mara","to":"Ada","affin', { memories: { told: [] }, significance: { score: 2 }, edges: { moves: [{ from: 'Mara', to: 'Ada' }] } }],
    ['one part broken', '{"memories":{"told":[{"teller" "Ada"}]},"significance":{"score":2},"scene":{"ended":false}}', { significance: { score: 2 }, scene: { ended: false } }],
    ['an object a part', 'Here:\n```json\n{"memories":{"told":[]}}\n```\nand\n{"significance":{"score":1}}', { memories: { told: [] }, significance: { score: 1 } }],
    ['thinking aloud before', 'I would say {"score": 3}, so: {"significance":{"score":2},"edges":{"moves":[]}}', { significance: { score: 2 }, edges: { moves: [] } }],
    ['no braces around', 'significance: {"score": 1}\nscene: {"ended": true}', { significance: { score: 1 }, scene: { ended: true } }],
    ['wrapped and broken', '{"passes":{"memories":{"told":[}},"significance":{"score":2}', { memories: { told: [] }, significance: { score: 2 } }],
  ];
  it.each(cases)('TN-8 %s', (_, raw, value) => {
    expect(salvage(raw, KEYS)).toMatchObject(value as object);
  });

  it('TN-8 what is whole is left as it is, further fields included', () => {
    const whole = { memories: MEMORIES, extra: 1, scene: null };
    expect(salvage(JSON.stringify(whole), KEYS)).toEqual(whole);
    expect(salvage(`So: ${JSON.stringify(whole)}`, KEYS)).toEqual(whole);
    // A field of the same name deeper down is no part of the answer while the answer is whole.
    expect(salvage('So: {"edges":{"moves":[],"scene":7}}', KEYS)).toEqual({ edges: { moves: [], scene: 7 } });
  });

  it('TN-8 no text makes it slow or throw', () => {
    for (const text of ['{"a":/*', '"', '{', '[', '{"memories":', '\\', '// \n', "'", '{"a" ', '“', ' '].flatMap((piece) => [piece.repeat(200_000), `{"memories":{"told":[${piece.repeat(50_000)}`])) {
      const before = performance.now();
      salvage(text, KEYS);
      expect(performance.now() - before).toBeLessThan(5_000);
    }
  });

  it('TN-8 a lenient schema gets the parts, unwrapped, whatever is around them', async () => {
    const part = { type: 'object', properties: { score: { type: 'integer' } } };
    const schema = (...names: string[]) => ({ name: 'passes', json: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, part])), required: names } });
    const parts = z.record(z.string(), z.unknown());
    const answers: [string, string[], unknown][] = [
      ['{"passes":{"significance":{"score":2}}}', ['significance', 'edges'], { significance: { score: 2 } }],
      ['{"arguments":"{\\"significance\\":{\\"score\\":2}}"}', ['significance'], { significance: { score: 2 } }],
      ['{"score":2}', ['significance'], { significance: { score: 2 } }],
      ['{"significance":{"score":2},"edges":', ['significance', 'edges'], { significance: { score: 2 } }],
    ];
    for (const [said, names, value] of answers) {
      await server?.close();
      server = await hostile((res) => tell(res, said));
      const { gateway } = rig();
      expect(await gateway.structured(at(server.url), asking('x', { purpose: 'passes', schema: schema(...names) }), parts, never())).toEqual(value);
      expect(server.seen).toHaveLength(1);
    }
  });
});
