import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StructuredError } from '../src/index.ts';
import { salvage } from '../src/repair.ts';
import { chunk, DONE, fail, hostile, openStream, tell, type Behaviour, type Hostile } from './hostile.ts';
import { asking, at, faultOf, never, rig } from './rig.ts';

let server: Hostile | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function against(behave: Behaviour): Promise<Hostile> {
  server = await hostile(behave);
  return server;
}

const shape = z.object({ mood: z.enum(['calm', 'angry']), minutes: z.number() });
const schema = {
  name: 'mood',
  json: {
    type: 'object',
    properties: { mood: { type: 'string', enum: ['calm', 'angry'] }, minutes: { type: 'number' } },
    required: ['mood', 'minutes'],
    additionalProperties: false,
  },
};
const GOOD = '{"mood":"calm","minutes":5}';
const ask = (text = 'How is she?') => asking(text, { purpose: 'passes', schema });

/** The form in which a request asks for its answer. */
function formOf(body: Record<string, unknown>): string {
  const format = body['response_format'] as { type?: string } | undefined;
  return format?.type ?? (body['tools'] ? 'tool' : 'text');
}

function messagesOf(body: Record<string, unknown> | undefined): { role: string; content: string }[] {
  return (body?.['messages'] ?? []) as { role: string; content: string }[];
}

function lastOf(body: Record<string, unknown>): string {
  return messagesOf(body).at(-1)?.content ?? '';
}

describe('MO-3 the ladder', () => {
  it('MO-3 json_schema first; the prompt is left as it is', async () => {
    const { url, seen } = await against((res) => tell(res, GOOD));
    const { gateway, records } = rig();
    expect(await gateway.structured(at(url), ask(), shape, never())).toEqual({ mood: 'calm', minutes: 5 });
    expect(seen[0]?.body['response_format']).toEqual({ type: 'json_schema', json_schema: { name: 'mood', schema: schema.json, strict: true } });
    expect(lastOf(seen[0]?.body ?? {})).toBe('How is she?');
    expect(records).toMatchObject([{ purpose: 'passes', outcome: 'ok', reply: GOOD }]);
  });

  it('MO-3 strict is asked for only where a schema allows it', async () => {
    const { url, seen } = await against((res) => tell(res, '{}'));
    const { gateway } = rig();
    const loose = { name: 'loose', json: { type: 'object', properties: { a: { type: 'string' } }, anyOf: [{}] } };
    await gateway.structured(at(url), { ...ask(), schema: loose }, z.unknown(), never()).catch(() => undefined);
    expect(seen[0]?.body['response_format']).toMatchObject({ json_schema: { strict: false } });
  });

  it('MO-3 climbs down where a form is refused, and remembers the step for endpoint and model', async () => {
    const { url, seen } = await against((res, { body }) => {
      const form = formOf(body);
      if (form === 'json_schema' || form === 'json_object') fail(res, 400, 'response_format is not supported');
      else if (form === 'tool') fail(res, 404, 'No endpoints found that support tool use');
      else tell(res, `Sure! Here it is:\n\`\`\`json\n${GOOD}\n\`\`\``);
    });
    const { gateway } = rig();
    expect(await gateway.structured(at(url), ask(), shape, never())).toEqual({ mood: 'calm', minutes: 5 });
    expect(seen.map(({ body }) => formOf(body))).toEqual(['json_schema', 'json_object', 'tool', 'text']);
    expect(lastOf(seen[3]?.body ?? {})).toContain('It must fit this JSON schema:\n{"type":"object"');
    await gateway.structured(at(url), ask(), shape, never());
    expect(seen).toHaveLength(5);
    await gateway.structured(at(url), { ...ask(), model: 'another' }, shape, never());
    expect(formOf(seen[5]?.body ?? {})).toBe('json_schema');
  });

  it('MO-3 a tool call answers too', async () => {
    const { url, seen } = await against((res, { body }) => {
      if (formOf(body) !== 'tool') return fail(res, 400, 'json mode is not supported');
      openStream(res);
      const pieces = [GOOD.slice(0, 8), GOOD.slice(8)].map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }));
      res.end(pieces.join('') + chunk({}, 'tool_calls') + DONE);
    });
    const { gateway } = rig();
    expect(await gateway.structured(at(url), ask(), shape, never())).toEqual({ mood: 'calm', minutes: 5 });
    expect(seen[2]?.body).toMatchObject({ tool_choice: { type: 'function', function: { name: 'mood' } } });
  });

  it('MO-3 one retry, stricter, with what was wrong', async () => {
    const { url, seen } = await against((res, _, nth) => tell(res, nth === 0 ? '{"mood":"sleepy","minutes":5}' : GOOD));
    const { gateway, records } = rig();
    expect(await gateway.structured(at(url), ask(), shape, never())).toEqual({ mood: 'calm', minutes: 5 });
    expect(lastOf(seen[1]?.body ?? {})).toMatch(/^Your last answer could not be used \(mood: .*\)\. Answer with one JSON object/);
    expect(messagesOf(seen[1]?.body)[1]).toEqual({ role: 'assistant', content: '{"mood":"sleepy","minutes":5}' });
    expect(records).toHaveLength(2);
  });

  it('MO-3 a server that ignores the form silently is asked in the next one', async () => {
    const { url, seen } = await against((res, _, nth) => tell(res, nth === 0 ? 'She seems calm enough.' : GOOD));
    const { gateway } = rig();
    await gateway.structured(at(url), ask(), shape, never());
    await gateway.structured(at(url), ask(), shape, never());
    expect(seen.map(({ body }) => formOf(body))).toEqual(['json_schema', 'json_object', 'json_object']);
  });

  it('MO-3 what cannot be read twice is told, with the raw answer', async () => {
    const { url } = await against((res) => tell(res, 'She seems calm enough.'));
    const { gateway } = rig();
    const error: unknown = await gateway.structured(at(url), ask(), shape, never()).catch((thrown: unknown) => thrown);
    if (!(error instanceof StructuredError)) throw new Error('expected a StructuredError');
    expect(error).toMatchObject({ schemaName: 'mood', model: 'm', raw: 'She seems calm enough.', attempts: 2, refusal: false, problem: 'it held no JSON object' });
    expect(error.message).toBe('m did not answer in the form that was asked for (it held no JSON object). Try again, or choose another model for bookkeeping.');
  });

  it('MO-3 a refusal is known as one, and not quoted back', async () => {
    const { url, seen } = await against((res) => tell(res, "I'm sorry, but I can't help with that."));
    const { gateway } = rig();
    const error: unknown = await gateway.structured(at(url), ask(), shape, never()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'StructuredError', refusal: true });
    expect(JSON.stringify(seen[1]?.body)).not.toContain('sorry');
  });

  it('MO-3 an empty answer gets its second chance, then is one that cannot be used', async () => {
    const { url } = await against((res, _, nth) => tell(res, nth === 1 ? GOOD : ''));
    const { gateway } = rig();
    expect(await gateway.structured(at(url), ask(), shape, never())).toEqual({ mood: 'calm', minutes: 5 });
    await expect(gateway.structured(at(url), ask(), shape, never())).rejects.toMatchObject({ name: 'StructuredError', problem: 'it was empty' });
  });

  it('MO-3 a fault that is not about the form is not climbed down from', async () => {
    const { url, seen } = await against((res) => fail(res, 401, 'no'));
    const { gateway } = rig();
    expect((await faultOf(gateway.structured(at(url), ask(), shape, never()))).code).toBe('unauthorized');
    expect(seen).toHaveLength(1);
  });

  it('MO-3 ten seconds without a token is enough for bookkeeping', async () => {
    const { url } = await against(() => undefined);
    const { gateway } = rig({ classifierIdleMs: 50 });
    expect((await faultOf(gateway.structured(at(url), ask(), shape, never()))).code).toBe('timeout');
  });

  it('MO-3 answers wrapped once more are unwrapped', async () => {
    const { url } = await against((res) => tell(res, `{"mood":${GOOD}}`));
    const { gateway } = rig();
    expect(await gateway.structured(at(url), ask(), shape, never())).toEqual({ mood: 'calm', minutes: 5 });
  });

  it('an abort is thrown as it came, and a missing schema is our own mistake', async () => {
    const { url } = await against(() => undefined);
    const { gateway } = rig();
    await expect(gateway.structured(at(url), ask(), shape, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await expect(gateway.structured(at(url), asking('x'), shape, never())).rejects.toThrow(TypeError);
  });

  it('an instruction follows a last message that is not the user’s', async () => {
    const { url, seen } = await against((res, _, nth) => (nth === 0 ? fail(res, 400, 'json_schema unsupported') : tell(res, GOOD)));
    const { gateway } = rig();
    await gateway.structured(at(url), { ...ask(), messages: [{ role: 'system', content: 'Rules' }] }, shape, never());
    expect(messagesOf(seen[1]?.body).map((message) => message.role)).toEqual(['system', 'user']);
  });
});

describe('MO-3 repair', () => {
  const cases: [string, string, unknown][] = [
    ['plain', '{"a":1}', { a: 1 }],
    ['prose around it', 'Sure {thing}: {"a":1} Hope it helps!', { a: 1 }],
    ['a fence', '```json\n{"a": [1, 2]}\n```', { a: [1, 2] }],
    ['a fence left open', '```\n{"a": "b"', { a: 'b' }],
    ['trailing commas', '{"a":[1,2,],}', { a: [1, 2] }],
    ['single quotes and bare keys', "{a: 'it\\'s', 'b': True, c: None}", { a: "it's", b: true, c: null }],
    ['curly quotes', '{“a”: “b”}', { a: 'b' }],
    ['comments', '{"a":1, // one\n/* two */ "b":2}', { a: 1, b: 2 }],
    ['raw line breaks', '{"a":"one\ntwo"}', { a: 'one\ntwo' }],
    ['quotes of speech that nobody escaped', '{"a":"She said "no" and left","b":1}', { a: 'She said "no" and left', b: 1 }],
    ['an unquoted phrase', '{"a": very calm, "b": +3}', { a: 'very calm', b: 3 }],
    ['cut off in a string', '{"a":1,"b":"half a', { a: 1, b: 'half a' }],
    ['cut off after a colon', '{"a":1,"b":', { a: 1 }],
    ['cut off after a key', '{"a":1,"b"', { a: 1 }],
    ['cut off in a list', '{"a":[1,{"b":2', { a: [1, { b: 2 }] }],
    ['escapes', '{"a": "tab\\t \\u00e9 \\q",}', { a: 'tab\t é q' }],
    ['a closing bracket of the wrong kind', '{"a":[1,2}', { a: [1, 2] }],
  ];
  it.each(cases)('MO-3 reads an answer with %s', (_, text, value) => {
    expect(salvage(text)).toEqual(value);
  });

  it('MO-3 finds nothing where there is nothing', () => {
    for (const text of ['', 'no braces', '[1,2]', '{{{{', '{"a" 1}', `{"a":${'['.repeat(100)}`]) expect(salvage(text)).toBeUndefined();
  });

  it('a field named __proto__ changes no prototype', () => {
    const read = salvage("{'__proto__': {polluted: true}, a: 1}") as Record<string, unknown>;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
