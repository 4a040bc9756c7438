import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRehearsal, StructuredError, type Message, type Rehearsal } from '../src/index.ts';
import { z } from 'zod';
import { all, asking, at, endOf, faultOf, never, rig, textOf } from './rig.ts';

let rehearsal: Rehearsal;
let plain: Rehearsal;
beforeAll(async () => {
  rehearsal = await startRehearsal({ wordsPerSecond: 2_000, allowMisbehaviour: true });
  plain = await startRehearsal({ wordsPerSecond: 0 });
});
afterAll(async () => {
  await Promise.all([rehearsal.close(), plain.close()]);
});

const SYSTEM = `These are the rules of the stage.

You are Mara Finch.

# Persona
Mara Finch keeps the lighthouse at Gull Rock. She is gruff and mends clocks in the winter.

# Voice
"The sea gives nothing back, girl." *She spits over the rail.*
---
Do not touch that. It took me a year to get it to run.

# Traits
gruff, loyal, observant

# Backstory
Mara lost her brother to the breakwater when she was nineteen. She has never learned to swim.

# Scene
Place: The lamp room, Gull Rock lighthouse
Time: late evening
Weather: rain
Present: Mara Finch, Ana
`;

const system: Message = { role: 'system', content: SYSTEM };
const said = (content: string): Message => ({ role: 'user', content: `Ana: ${content}` });
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

async function speak(messages: readonly Message[], sampler = {}): Promise<string> {
  const { gateway } = rig();
  return (await gateway.complete(at(plain.url), asking('', { model: 'rehearsal', messages, sampler }), never())).text;
}

describe('MO-2 the rehearsal model in character', () => {
  it('MO-2 plays a long talk: length, form, no line twice, no opening twice running', async () => {
    const lines = [
      'Good evening. I saw a ship out past the breakwater.',
      '*She sits down and says nothing.*',
      'Why do you never go to the mainland?',
      'You are so kind to let me stay.',
      '"Who was your brother?" *I touch her hand.*',
      "You're a liar, Mara.",
      "I'm sorry. I brought some bread from the village.",
      'What happened to the old clock?',
      'Please show me the stairs.',
      'They found a body on the beach.',
      "I'm afraid of the dark.",
      '*draws a knife*',
      'Yes.',
      'No.',
      '...',
      '*laughs*',
      '*hands her the key*',
      'Thank you.',
      '*walks away*',
      'Goodnight.',
      'Goodnight.',
    ];
    const messages: Message[] = [system];
    const replies: string[] = [];
    for (const line of lines) {
      messages.push(said(line));
      const reply = await speak(messages);
      messages.push({ role: 'assistant', content: reply });
      expect(words(reply), reply).toBeGreaterThanOrEqual(40);
      expect(words(reply), reply).toBeLessThanOrEqual(120);
      expect(reply).toMatch(/\*[^*]+\*/);
      expect(reply).toMatch(/"[^"]+"/);
      expect((reply.match(/\*/g) ?? []).length % 2, reply).toBe(0);
      expect((reply.match(/"/g) ?? []).length % 2, reply).toBe(0);
      expect(reply).not.toMatch(/[{}]|undefined|Ana:|Mara Finch:/);
      expect(reply.slice(0, 18)).not.toBe(replies.at(-1)?.slice(0, 18));
      replies.push(reply);
    }
    expect(new Set(replies).size).toBe(lines.length);
    // What makes her this character and no other.
    expect(replies.join(' ')).toMatch(/breakwater/);
    expect(replies.join(' ')).toMatch(/I lost my brother|I have never learned to swim|I keep the lighthouse/);
    expect(replies.join(' ')).toMatch(/The sea gives nothing back|Do not touch that|It took me a year/);
  });

  it('MO-2 the same seed gets the same words, another seed or a second take others', async () => {
    const messages = [system, said('What do you see out there?')];
    const first = await speak(messages, { seed: 1 });
    expect(await speak(messages, { seed: 1 })).toBe(first);
    expect(await speak(messages, { seed: 2 })).not.toBe(first);
    const takes = [await speak(messages), await speak(messages), await speak(messages)];
    expect(new Set(takes).size).toBe(3);
    const again = await startRehearsal({ wordsPerSecond: 0 });
    const { gateway } = rig();
    const anew = await gateway.complete(at(again.url), asking('', { model: 'rehearsal', messages, sampler: {} }), never());
    expect(anew.text).toBe(takes[0]);
    await again.close();
  });

  it('TN-4 opens a scene when it is told to, and bears with silence', async () => {
    const opening = await speak([system, { role: 'user', content: '(Mara Finch speaks first. Open the scene.)' }]);
    expect(opening).toMatch(/"[^"]+"/);
    expect(opening).not.toMatch(/speaks first|Open the scene/);
    expect(await speak([system, said('*says nothing*')])).toMatch(/"/);
  });

  it('MO-2 takes up what is spoken of', async () => {
    const reply = await speak([system, said('Tell me about the copper bell.'), { role: 'assistant', content: '"Later."' }, said('What is wrong with the old lantern?')]);
    expect(reply.toLowerCase()).toMatch(/lantern/);
  });

  it('MO-2 answers with no card, no scene and no name as well as it can', async () => {
    expect(words(await speak([{ role: 'user', content: 'Hello?' }]))).toBeGreaterThan(5);
    const bare = await speak([{ role: 'system', content: 'You are Zed, a robot.' }, said('Hello there')]);
    expect(bare).not.toMatch(/[{}]|undefined/);
    expect(words(bare)).toBeGreaterThanOrEqual(40);
    expect(words(await speak([system]))).toBeGreaterThanOrEqual(40);
  });

  it('MO-2 characters of every manner speak without gaps', async () => {
    for (const trait of ['warm', 'blunt', 'sarcastic', 'shy', 'formal', 'fierce', 'dreamy', 'tall']) {
      for (const pronoun of ['She', 'He', 'They']) {
        const card = `You are Robin.\n\n# Persona\nRobin lives alone. ${pronoun} always watches the street at night.\n\n# Traits\n${trait}\n`;
        const reply = await speak([{ role: 'system', content: card }, said('*waves* What are you looking at?')]);
        expect(reply).not.toMatch(/[{}]|undefined|\s{2,}|""|\*\*/);
        expect(words(reply)).toBeGreaterThanOrEqual(40);
      }
    }
  });
});

describe('MO-2 the protocol', () => {
  it('MO-2 lists its models; those that misbehave only where they are allowed', async () => {
    const { gateway } = rig();
    expect(await gateway.test(at(plain.url), 'rehearsal', never())).toMatchObject({ ok: true, models: ['rehearsal', 'rehearsal-embedding'] });
    expect(await gateway.test(at(plain.url), 'rehearsal:401', never())).toMatchObject({ ok: false });
    expect(await gateway.listModels(at(rehearsal.url), never())).toContain('rehearsal:stall-after-5');
    expect(await faultOf(gateway.complete(at(plain.url), asking('Hi', { model: 'rehearsal:think' }), never()))).toMatchObject({ code: 'model_missing' });
    expect(await faultOf(gateway.complete(at(rehearsal.url), asking('Hi', { model: 'rehearsal:nonsense' }), never()))).toMatchObject({ code: 'model_missing' });
  });

  it('MO-2 streams word by word, counts tokens and ends well', async () => {
    const { gateway, records } = rig();
    const parts = await all(gateway.stream(at(rehearsal.url), asking('', { model: 'rehearsal', messages: [system, said('Hello')], sampler: { seed: 3 } }), never()));
    expect(parts.filter((part) => part.kind === 'text').length).toBeGreaterThan(1);
    expect(endOf(parts)).toBe('stop');
    expect(textOf(parts)).toBe(await speak([system, said('Hello')], { seed: 3 }));
    expect(records[0]?.usage?.completion).toBe(Math.ceil(textOf(parts).length / 4));
  });

  it('MO-2 answers whole, cut at max_tokens, and as a tool call', async () => {
    const post = async (body: unknown): Promise<{ status: number; body: Record<string, never> }> => {
      const answer = await fetch(`${plain.url}/chat/completions`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as Record<string, never> };
    };
    const base = { model: 'rehearsal', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };
    expect((await post(base)).body).toMatchObject({ object: 'chat.completion', choices: [{ finish_reason: 'stop' }] });
    expect((await post({ ...base, max_tokens: 2 })).body).toMatchObject({ choices: [{ finish_reason: 'length' }] });
    const tools = [{ type: 'function', function: { name: 'x', parameters: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } } }];
    expect((await post({ ...base, tools })).body).toMatchObject({ choices: [{ message: { tool_calls: [{ function: { name: 'x', arguments: '{"a":0}' } }] } }] });
    const streamed = await fetch(`${plain.url}/chat/completions`, { method: 'POST', body: JSON.stringify({ ...base, tools, stream: true }) });
    expect(await streamed.text()).toContain('tool_calls');
    expect((await post({ model: 'rehearsal', messages: [] })).status).toBe(400);
    expect((await post('{')).status).toBe(400);
    expect((await post('x'.repeat(17_000_000))).status).toBe(413);
    expect((await fetch(`${plain.url}/nothing`)).status).toBe(404);
  });

  it('MO-3 an unknown question gets the plainest answer that fits its schema', async () => {
    const shape = z.object({
      list: z.array(z.string()),
      pair: z.array(z.number()).min(2),
      maybe: z.string().nullable(),
      kind: z.enum(['low', 'high']),
      score: z.number().min(3).max(5),
      yes: z.boolean(),
      text: z.string().min(2),
      always: z.literal('x'),
      either: z.union([z.number(), z.string()]),
      inner: z.object({ a: z.string() }),
      left: z.string().optional(),
    });
    const { gateway } = rig();
    const request = asking('', { model: 'rehearsal', messages: [said('?')], schema: { name: 'unheard of', json: z.toJSONSchema(shape) } });
    expect(await gateway.structured(at(plain.url), request, shape, never())).toEqual({
      list: [], pair: [0, 0], maybe: null, kind: 'low', score: 3, yes: false, text: 'none', always: 'x', either: 0, inner: { a: '' },
    });
  });

  it('MO-3 schemas with references, defaults and lists of types are understood', async () => {
    const json = {
      type: 'object',
      required: ['a', 'b', 'c', 'd'],
      properties: { a: { $ref: '#/$defs/one' }, b: { default: 4 }, c: { type: ['string', 'null'] }, d: {} },
      $defs: { one: { type: 'object', required: ['again'], properties: { again: { enum: ['x', null] } } } },
    };
    const { gateway } = rig();
    const request = asking('', { model: 'rehearsal', messages: [said('?')], schema: { name: 'refs', json } });
    expect(await gateway.structured(at(plain.url), request, z.unknown(), never())).toEqual({ a: { again: null }, b: 4, c: null, d: null });
  });

  it('a port that is taken is an error', async () => {
    await expect(startRehearsal({ port: Number(new URL(plain.url).port) })).rejects.toThrow('EADDRINUSE');
  });
});

describe('MO-4 misbehaviour on demand', () => {
  const stream = async (model: string, limits = {}) => {
    const { gateway, records } = rig(limits);
    const parts = await all(gateway.stream(at(rehearsal.url), asking('', { model: `rehearsal:${model}`, messages: [system, said(`Try ${model}`)] }), never()));
    return { text: textOf(parts), end: endOf(parts), parts, record: records[0] };
  };
  const fault = async (model: string) => {
    const { gateway } = rig({ retries: 0 });
    return faultOf(gateway.complete(at(rehearsal.url), asking('Hi', { model: `rehearsal:${model}` }), never()));
  };

  it('MO-4 stall and cut after so many words', async () => {
    const stall = await stream('stall-after-5', { idleMs: 80 });
    expect([words(stall.text), stall.end, stall.record?.error?.code]).toEqual([5, 'lost', 'stalled']);
    const cut = await stream('cut-after-5');
    expect([words(cut.text), cut.end, cut.record?.error?.code]).toEqual([5, 'lost', 'unreachable']);
  });

  it('MO-4 faults once, then answers', async () => {
    const wait = await stream('429-once-1s');
    expect([wait.end, wait.record?.attempts]).toEqual(['stop', 2]);
    expect(wait.parts[0]).toMatchObject({ kind: 'waiting', reason: 'retry' });
    const once = await stream('500-once');
    expect([once.end, once.record?.attempts]).toEqual(['stop', 2]);
  });

  it('MO-4 refusals of the key, empty replies', async () => {
    expect((await fault('401')).code).toBe('unauthorized');
    expect((await fault('empty')).code).toBe('empty');
  });

  it('MO-4 streams that break off', async () => {
    expect(await stream('no-done')).toMatchObject({ end: 'lost', record: { error: { code: 'broken_stream' } } });
    expect(await stream('error-in-stream')).toMatchObject({ end: 'lost', record: { error: { code: 'server_error' } } });
    expect(await stream('malformed')).toMatchObject({ end: 'stop' });
    expect(await stream('endless', { maxReplyChars: 5_000 })).toMatchObject({ end: 'cap', record: { outcome: 'truncated' } });
  });

  it('MO-6 thinks aloud', async () => {
    const { text, parts } = await stream('think');
    expect(textOf(parts, 'reasoning')).toContain('stay in character');
    expect(text).not.toContain('think');
  });

  it('MO-3 declines, or answers in prose where JSON is wanted', async () => {
    const { gateway } = rig();
    for (const [model, refusal] of [['bad-json', false], ['refuse', true]] as const) {
      const request = asking('Hi', { model: `rehearsal:${model}`, schema: { name: 'kickoff', json: {} } });
      const error: unknown = await gateway.structured(at(rehearsal.url), request, z.unknown(), never()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StructuredError);
      expect(error).toMatchObject({ refusal });
    }
  });

  it('MO-2 speaks slowly, or at length', async () => {
    const { gateway } = rig();
    const stop = new AbortController();
    let pieces = 0;
    for await (const part of gateway.stream(at(rehearsal.url), asking('', { model: 'rehearsal:slow', messages: [system, said('Hi')] }), stop.signal)) {
      if (part.kind === 'text' && ++pieces === 3) stop.abort();
    }
    expect(pieces).toBe(3);
    const whole = async (model: string): Promise<number> => {
      const body = { model, messages: [system, said('Hi')] };
      const answer = await fetch(`${rehearsal.url}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
      const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
      return words(choices[0]?.message.content ?? '');
    };
    expect(await whole('rehearsal:slow')).toBeGreaterThanOrEqual(120);
    expect(await whole('rehearsal:long')).toBeGreaterThanOrEqual(400);
  });
});
