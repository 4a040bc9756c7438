import { afterEach, describe, expect, it } from 'vitest';
import { chunk, DONE, fail, hostile, json, openStream, tell, type Behaviour, type Hostile } from './hostile.ts';
import { all, asking, at, endOf, faultOf, never, rig, textOf } from './rig.ts';

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

/** The fault of a call to a server that behaves like this; also looks that the record tells the same. */
async function faultOn(behave: Behaviour, limits = {}, more = {}): ReturnType<typeof faultOf> {
  const { url } = await against(behave);
  const { gateway, records } = rig({ retries: 0, ...limits });
  const error = await faultOf(all(gateway.stream(at(url, more), asking('Hello', { model: 'llama-3' }), never())));
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ outcome: 'error', reply: '', error: { code: error.code, message: error.message } });
  return error;
}

describe('MO-4 a refusal has its own message', () => {
  it('MO-4 400 cold model: says that it is being loaded, and is worth a retry', async () => {
    const error = await faultOn((res) => fail(res, 400, 'This model is cold / not ready for inference'));
    expect(error).toMatchObject({ code: 'bad_request', retryable: true, status: 400 });
    expect(error.message).toBe('llama-3 is still being loaded at Testbed. That can take some minutes: try again shortly, or choose a warm model.');
  });

  it('MO-4 503 while a local server loads the model', async () => {
    const error = await faultOn((res) => fail(res, 503, 'Loading model'));
    expect(error).toMatchObject({ code: 'server_error', retryable: true });
    expect(error.message).toContain('still being loaded');
  });

  it('MO-4 401 with and without a key', async () => {
    const refused = await faultOn((res) => fail(res, 401, 'Incorrect API key'), {}, { apiKey: 'secret-key-1' });
    expect(refused).toMatchObject({ code: 'unauthorized', retryable: false, status: 401 });
    expect(refused.message).toBe('Testbed refused the API key. Check it in Settings.');
    const wanted = await faultOn((res) => fail(res, 401, 'Missing key'));
    expect(wanted.message).toBe('Testbed wants an API key. Add one in Settings.');
  });

  it('MO-4 402 and 403', async () => {
    const credit = await faultOn((res) => fail(res, 402, 'Insufficient credits.'));
    expect(credit).toMatchObject({ code: 'forbidden', retryable: false });
    expect(credit.message).toBe('Testbed says that the account has no credit left: “Insufficient credits”. Top it up, or choose another model.');
    const gated = await faultOn((res) => fail(res, 403, 'The model is gated'));
    expect(gated.code).toBe('forbidden');
    expect(gated.message).toContain('does not allow this key to use llama-3: “The model is gated”');
  });

  it('MO-4 404 model, in the words of several servers', async () => {
    const words = ['The model `llama-3` does not exist.', 'model "llama-3" not found, try pulling it first', 'No endpoints found for llama-3.'];
    for (const said of words) {
      const error = await faultOn((res) => fail(res, 404, said));
      expect(error).toMatchObject({ code: 'model_missing', retryable: false });
      expect(error.message).toBe('Testbed has no model called llama-3. Choose another one in Settings.');
    }
    const error = await faultOn((res) => fail(res, 400, 'llama-3 is not a valid model ID'));
    expect(error.code).toBe('model_missing');
  });

  it('MO-4 404 path, HTML pages and plain JSON are no API', async () => {
    const pages: Behaviour[] = [
      (res) => fail(res, 404, 'Not Found'),
      (res) => {
        res.writeHead(404, { 'content-type': 'text/html' });
        res.end('<!doctype html><html>llama-3 not here</html>');
      },
      (res) => {
        res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        res.end('<!doctype html><html></html>');
      },
      (res) => json(res, 200, { error: 'Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway' }),
    ];
    for (const page of pages) {
      const error = await faultOn(page);
      expect(error).toMatchObject({ code: 'not_an_api', retryable: false });
      expect(error.message).toMatch(/answers, but not as a model API\. Check the address in Settings\.$/);
    }
  });

  it('MO-4 429 says how long to wait; a used-up quota is not worth a retry', async () => {
    const error = await faultOn((res) => fail(res, 429, 'slow down', { 'retry-after': '7200' }));
    expect(error).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 7_200_000 });
    expect(error.message).toBe('Testbed asks to wait 2 hours before the next request.');
    const quota = await faultOn((res) => fail(res, 429, 'You exceeded your current quota'));
    expect(quota).toMatchObject({ code: 'rate_limited', retryable: false });
    const bare = await faultOn((res) => fail(res, 429, 'busy'));
    expect(bare.message).toBe('Testbed is getting too many requests. Try again in a moment.');
  });

  it('MO-4 5xx, with HTML never quoted', async () => {
    const error = await faultOn((res) => {
      res.writeHead(502, { 'content-type': 'text/html' });
      res.end('<html><body>Bad gateway</body></html>');
    });
    expect(error).toMatchObject({ code: 'server_error', retryable: true, status: 502 });
    expect(error.message).toBe('Testbed has trouble of its own (502). Try again in a moment.');
  });

  it('MO-4 a prompt that is too long, and any other 400', async () => {
    const long = await faultOn((res) => fail(res, 400, "This model's maximum context length is 4096 tokens."));
    expect(long.message).toBe(
      "The prompt is longer than llama-3 can read: “This model's maximum context length is 4096 tokens”. Lower the token budget in Settings.",
    );
    const other = await faultOn((res) => fail(res, 422, 'temperature must be below 2'));
    expect(other).toMatchObject({ code: 'bad_request', retryable: false });
    expect(other.message).toContain('(422): “temperature must be below 2”');
  });

  it('MO-4 connection refused names host and port', async () => {
    const gone = await hostile(() => undefined);
    await gone.close();
    const { gateway, records } = rig({ retries: 1 });
    const error = await faultOf(all(gateway.stream(at(gone.url), asking('Hi'), never())));
    expect(error.code).toBe('refused_connection');
    expect(error.message).toBe(`Nothing is listening at ${new URL(gone.url).host}. Start Testbed, or check the address in Settings.`);
    expect(records[0]?.attempts).toBe(2);
  });

  it('MO-4 an address that is none, and one that speaks no https', async () => {
    const { gateway } = rig({ retries: 0 });
    for (const bad of ['localhost:1234', 'not an address', 'http://name:pass@127.0.0.1/v1']) {
      const error = await faultOf(all(gateway.stream(at(bad), asking('Hi'), never())));
      expect(error).toMatchObject({ code: 'unreachable', retryable: false });
      expect(error.message).toContain('is not a web address');
      expect(error.message).not.toContain('pass');
    }
    const { url } = await against((res) => tell(res, 'Hi'));
    const error = await faultOf(all(gateway.stream(at(url.replace('http:', 'https:')), asking('Hi'), never())));
    expect(error.message).toContain('does not speak https');
  });

  it('OP-5 what stands in an address beside it is told nobody', async () => {
    const { url } = await against((res) => res.writeHead(404).end());
    const { gateway, records } = rig({ retries: 0 });
    const error = await faultOf(all(gateway.stream(at(`${url}?key=hidden-7391`), asking('Hi'), never())));
    expect(error).toMatchObject({ code: 'not_an_api' });
    expect(`${error.message} ${JSON.stringify(records)}`).not.toContain('hidden-7391');
  });
});

describe('MO-4 a stream that goes wrong', () => {
  it('MO-4 an error inside a stream, before any word', async () => {
    const error = await faultOn((res) => {
      openStream(res);
      res.end(`data: ${JSON.stringify({ error: { message: 'upstream overloaded', code: 502 } })}\n\n`);
    });
    expect(error).toMatchObject({ code: 'server_error', status: 502 });
    const wordy = await faultOn((res) => {
      openStream(res);
      res.end('data: {"error":{"message":"CUDA out of memory"}}\n\n');
    });
    expect(wordy.message).toBe('Testbed broke off with an error: “CUDA out of memory”. Try again.');
  });

  it('TN-5 an error inside a stream, after words: they stay, the record knows', async () => {
    const { url } = await against((res) => {
      openStream(res);
      res.end(`${chunk({ content: 'Once upon' })}data: {"error":{"message":"boom"}}\n\n`);
    });
    const { gateway, records } = rig();
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(textOf(parts)).toBe('Once upon');
    expect(endOf(parts)).toBe('lost');
    expect(records[0]).toMatchObject({ outcome: 'error', reply: 'Once upon', attempts: 1, error: { code: 'server_error' } });
  });

  it('MO-4 a stream that stalls', async () => {
    const { url, gone } = await against((res) => {
      openStream(res);
      res.write(chunk({ content: 'The door ' }));
    });
    const { gateway, records } = rig({ idleMs: 60 });
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(textOf(parts)).toBe('The door ');
    expect(endOf(parts)).toBe('lost');
    expect(records[0]?.error).toEqual({ code: 'stalled', message: 'Testbed fell silent in the middle of the reply for 1 second. Try again.' });
    await gone(0);
  });

  it('MO-4 a slow reader is not mistaken for a silent model', async () => {
    const { url } = await against((res) => tell(res, 'One ', 'two.'));
    const { gateway } = rig({ idleMs: 30 });
    const parts = gateway.stream(at(url), asking('Hi'), never())[Symbol.asyncIterator]();
    expect((await parts.next()).value).toMatchObject({ kind: 'text' });
    await new Promise((resolve) => setTimeout(resolve, 60)); // the reader's own slowness is what is tried here
    expect((await parts.next()).value).toMatchObject({ kind: 'end', finishReason: 'stop' });
  });

  it('MO-4 a model that never begins, whether or not it shows signs of life', async () => {
    const silent = await faultOn(() => undefined, { firstTokenMs: 60 });
    expect(silent).toMatchObject({ code: 'timeout', retryable: true });
    expect(silent.message).toContain('said nothing for 1 second');
    const alive = await faultOn(
      (res) => {
        openStream(res);
        const beat = setInterval(() => res.write(`: PROCESSING\n\n${chunk({ role: 'assistant', content: '' })}`), 10);
        res.on('close', () => clearInterval(beat));
      },
      { firstTokenMs: 80 },
    );
    expect(alive.code).toBe('timeout');
  });

  it('MO-4 a reply that takes too long in all', async () => {
    const { url } = await against((res) => {
      openStream(res);
      const beat = setInterval(() => res.write(chunk({ content: 'on and ' })), 10);
      res.on('close', () => clearInterval(beat));
    });
    const { gateway, records } = rig({ totalMs: 120 });
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(endOf(parts)).toBe('lost');
    expect(records[0]?.error?.message).toBe('Testbed took longer than 1 second for one reply.');
  });

  it('MO-4 a stream that ends without [DONE]: lost, unless the reply had said that it is over', async () => {
    const { url } = await against((res, _, nth) => {
      openStream(res);
      res.end(chunk({ content: 'Half a ' }) + (nth === 0 ? '' : chunk({}, 'stop')));
    });
    const { gateway, records } = rig();
    expect(endOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('lost');
    expect(records[0]?.error).toEqual({ code: 'broken_stream', message: 'Testbed broke off before the end of the reply. Try again.' });
    expect(endOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('stop');
  });

  it('MO-4 a socket cut in the middle, and one cut after the last word', async () => {
    const { url } = await against((res, _, nth) => {
      openStream(res);
      res.write(chunk({ content: 'Half a ' }) + (nth === 0 ? '' : chunk({}, 'stop')), () => res.destroy());
    });
    const { gateway, records } = rig();
    const cut = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect([textOf(cut), endOf(cut)]).toEqual(['Half a ', 'lost']);
    expect(records[0]?.error).toEqual({ code: 'unreachable', message: 'The connection to Testbed broke. Try again.' });
    expect(endOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('stop');
  });

  it('MO-4 malformed chunks are passed over; nothing but them is a broken stream', async () => {
    const bad = 'data: {"choices":[{"delta":{"content":"los\n\ndata: 17\n\n';
    const { url } = await against((res, _, nth) => {
      openStream(res);
      res.end(nth === 0 ? chunk({ content: 'Good ' }) + bad + chunk({ content: 'evening' }, 'stop') + DONE : bad);
    });
    const { gateway } = rig({ retries: 0 });
    expect(textOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('Good evening');
    const error = await faultOf(all(gateway.stream(at(url), asking('Hi'), never())));
    expect(error).toMatchObject({ code: 'broken_stream', retryable: false });
  });

  it('MO-4 an empty reply, one that only thought, and one held back by a filter', async () => {
    const empty = await faultOn((res) => tell(res, '  ', '\n'));
    expect(empty).toMatchObject({ code: 'empty', retryable: true });
    expect(empty.message).toBe('llama-3 sent an empty reply. Try again, or choose another model.');
    const { url } = await against((res, _, nth) => {
      if (nth === 0) tell(res, '<think>hmm, hmm');
      else {
        openStream(res);
        res.end(chunk({}, 'content_filter') + DONE);
      }
    });
    const { gateway } = rig();
    expect((await faultOf(all(gateway.stream(at(url), asking('Hi'), never())))).message).toContain('thought but did not say anything');
    expect((await faultOf(all(gateway.stream(at(url), asking('Hi'), never())))).message).toContain('content filter');
  });

  it('MO-4 an endless reply is cut at the cap, and the model let go', async () => {
    const { url, gone } = await against((res) => {
      openStream(res);
      const beat = setInterval(() => res.write(chunk({ content: 'and then, ' })), 1);
      res.on('close', () => clearInterval(beat));
    });
    const { gateway, records } = rig({ maxReplyChars: 55 });
    const parts = await all(gateway.stream(at(url), asking('Hi'), never()));
    expect(textOf(parts)).toHaveLength(55);
    expect(endOf(parts)).toBe('cap');
    expect(records[0]?.outcome).toBe('truncated');
    await gone(0);
  });

  it('MO-4 endless reasoning ends too', async () => {
    const { url } = await against((res) => {
      openStream(res);
      const beat = setInterval(() => res.write(chunk({ reasoning: 'but what if, ' })), 1);
      res.on('close', () => clearInterval(beat));
    });
    const { gateway } = rig({ maxReplyChars: 20 });
    expect((await faultOf(all(gateway.stream(at(url), asking('Hi'), never())))).code).toBe('empty');
  });

  it('TN-5 the provider’s own length limit is told apart', async () => {
    const { url } = await against((res) => {
      openStream(res);
      res.end(chunk({ content: 'A long' }) + chunk({}, 'length') + DONE);
    });
    const { gateway, records } = rig();
    expect(endOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('length');
    expect(records[0]?.outcome).toBe('truncated');
  });

  it('MO-4 a whole reply does not wait for a connection left open', async () => {
    const { url } = await against((res) => {
      openStream(res);
      res.write(chunk({ content: 'All said.' }, 'stop'));
    });
    const { gateway, records } = rig({ idleMs: 40 });
    expect(endOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('stop');
    expect(records[0]?.outcome).toBe('ok');
  });

  it('MO-1 a server that does not stream is understood', async () => {
    const { url } = await against((res) =>
      json(res, 200, { choices: [{ message: { content: 'In one piece.' }, finish_reason: 'stop' }], usage: { prompt_tokens: 7, completion_tokens: 3 } }),
    );
    const { gateway, records } = rig();
    expect(textOf(await all(gateway.stream(at(url), asking('Hi'), never())))).toBe('In one piece.');
    expect(records[0]?.usage).toEqual({ prompt: 7, completion: 3 });
  });
});
