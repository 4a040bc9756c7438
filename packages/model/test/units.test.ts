import { afterEach, describe, expect, it, vi } from 'vitest';
import { readChunk } from '../src/chunks.ts';
import { weightOf } from '../src/lane.ts';
import { deadlinesFor, DEFAULT_LIMITS } from '../src/limits.ts';
import { SseDecoder } from '../src/sse.ts';
import { ThinkSplitter, type Told } from '../src/think.ts';
import { inWords, retryAfterMs, sleep } from '../src/waits.ts';
import { at, never } from './rig.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('SseDecoder', () => {
  const text = ': hello\r\ndata: {"a":"é"}\r\n\r\nevent: x\ndata:one\ndata: two\n\rdata: last';
  it('gives the same events however the bytes are cut', () => {
    const bytes = new TextEncoder().encode(text);
    const whole = new SseDecoder();
    const expected = [...whole.push(bytes), ...whole.flush()];
    expect(expected).toEqual(['{"a":"é"}', 'one\ntwo', 'last']);
    for (let size = 1; size < bytes.length; size++) {
      const decoder = new SseDecoder();
      const events: string[] = [];
      for (let from = 0; from < bytes.length; from += size) events.push(...decoder.push(bytes.slice(from, from + size)));
      expect([...events, ...decoder.flush()]).toEqual(expected);
    }
  });

  it('does not keep a line without end', () => {
    const decoder = new SseDecoder();
    for (let i = 0; i < 3; i++) decoder.push(new TextEncoder().encode('x'.repeat(600_000)));
    expect(decoder.push(new TextEncoder().encode('\n\ndata: on\n\n'))).toEqual(['on']);
  });
});

describe('readChunk', () => {
  it('reads content in parts, refusals, legacy text and tool arguments', () => {
    expect(readChunk('{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"image"},{"text":"b"}]}}]}')).toMatchObject({ text: 'ab' });
    expect(readChunk('{"choices":[{"delta":{"refusal":"No."}}]}')).toMatchObject({ text: 'No.' });
    expect(readChunk('{"choices":[{"text":"old"}]}')).toMatchObject({ text: 'old' });
    expect(readChunk('{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{}"}},null]}}]}')).toMatchObject({ toolArguments: '{}' });
  });

  it('knows what is no chunk', () => {
    for (const data of ['', 'null', '17', '[]', '{"choices"']) expect(readChunk(data)).toBeUndefined();
    expect(readChunk('{"choices":null,"usage":{"prompt_tokens":"x"}}')).toEqual({ text: '', reasoning: '', toolArguments: '' });
  });
});

describe('MO-6 ThinkSplitter', () => {
  const reply = 'Before <THINK>she is < 3 angry</think>\n\nAfter <3 and <b>. <thinking>more</thinking> End <thi';
  it('MO-6 splits the same wherever the text is cut', () => {
    for (let size = 1; size <= reply.length; size++) {
      const splitter = new ThinkSplitter();
      const told: Told[] = [];
      for (let from = 0; from < reply.length; from += size) told.push(...splitter.push(reply.slice(from, from + size)));
      told.push(...splitter.flush());
      const join = (kind: string): string => told.flatMap((one) => (one.kind === kind ? [one.text] : [])).join('');
      expect(join('text')).toBe('Before After <3 and <b>. End <thi');
      expect(join('reasoning')).toBe('she is < 3 angrymore');
      expect(told.some((one) => one.kind === 'orphan')).toBe(false);
    }
  });

  it('MO-6 marks a closing tag whose opening never came, once', () => {
    const splitter = new ThinkSplitter();
    expect(splitter.push('hmm</think> Hello</think> you')).toEqual([
      { kind: 'text', text: 'hmm' },
      { kind: 'orphan', text: '' },
      { kind: 'text', text: 'Hello' },
      { kind: 'text', text: 'you' },
    ]);
  });
});

describe('MO-4 waits', () => {
  it('MO-4 Retry-After in seconds, ms, as a date, or as a point in time', () => {
    const now = Date.UTC(2026, 0, 1);
    const read = (headers: Record<string, string>): number | undefined => retryAfterMs(new Headers(headers), now);
    expect(read({ 'retry-after': '86400' })).toBe(86_400_000);
    expect(read({ 'retry-after-ms': '250', 'retry-after': '9' })).toBe(250);
    expect(read({ 'retry-after': 'Thu, 01 Jan 2026 00:10:00 GMT' })).toBe(600_000);
    expect(read({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' })).toBe(0);
    expect(read({ 'x-ratelimit-reset': String(now + 5_000) })).toBe(5_000);
    expect(read({ 'x-ratelimit-reset': String(now / 1000 + 5) })).toBe(5_000);
    expect(read({ 'x-ratelimit-reset': '60' })).toBeUndefined();
    expect(read({ 'retry-after': 'soon' })).toBeUndefined();
    expect(retryAfterMs(undefined, now)).toBeUndefined();
  });

  it('MO-4 a wait longer than a timer can hold is waited in full', async () => {
    vi.useFakeTimers();
    const days = 40 * 86_400_000;
    let over = false;
    const wait = sleep(days, never()).then(() => (over = true));
    await vi.advanceTimersByTimeAsync(days - 1);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await wait;
    expect(over).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a wait ends with its signal, and leaves no timer', async () => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const wait = sleep(1_000, stop.signal);
    stop.abort('enough');
    await expect(wait).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
    await expect(sleep(1, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('says waits as people do', () => {
    expect([0, 1_000, 8_400, 89_000, 120_000, 5_000_000, 7_200_000].map(inWords)).toEqual(['1 second', '1 second', '8 seconds', '89 seconds', '2 minutes', '83 minutes', '2 hours']);
  });
});

describe('MO-5 weights', () => {
  it('MO-5 Featherless counts by the size of the model, others do not', () => {
    const featherless = at('https://api.featherless.ai/v1');
    const weigh = (model: string): number => weightOf(featherless, model);
    expect(['Qwen/Qwen2.5-7B-Instruct', 'a/Llama2-13B', 'mistralai/Mistral-Small-24B', 'Qwen/Qwen2.5-32B', 'meta/Llama-3.3-70B-Instruct', 'deepseek-ai/DeepSeek-V3', 'nameless'].map(weigh)).toEqual([
      1, 1, 2, 2, 4, 4, 1,
    ]);
    expect(weightOf(at('http://127.0.0.1:1234/v1'), 'Llama-3.3-70B')).toBe(1);
  });
});

describe('MO-3 limits', () => {
  it('MO-3 bookkeeping gets 10 s without a token and 60 s in all; a kickoff may begin late', () => {
    expect(deadlinesFor('passes', DEFAULT_LIMITS)).toEqual({ firstTokenMs: 10_000, idleMs: 10_000, totalMs: 60_000 });
    expect(deadlinesFor('other', DEFAULT_LIMITS)).toEqual(deadlinesFor('passes', DEFAULT_LIMITS));
    expect(deadlinesFor('narrative', DEFAULT_LIMITS).idleMs).toBe(30_000);
    expect(deadlinesFor('kickoff', DEFAULT_LIMITS).firstTokenMs).toBe(DEFAULT_LIMITS.firstTokenMs);
  });
});
