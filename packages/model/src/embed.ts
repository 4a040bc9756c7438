import { asArray, asObject, parseJson } from './chunks.ts';
import type { Send } from './desk.ts';
import { ModelError } from './errors.ts';
import type { Means } from './exchange.ts';
import { explain, explainInStream, notAnApi } from './faults.ts';
import { deadlinesFor } from './limits.ts';
import { wholeText } from './reader.ts';
import type { Run } from './run.ts';
import type { Endpoint, EmbedRequest, StreamPart } from './types.ts';
import { asError } from './waits.ts';
import { Watchdog } from './watchdog.ts';

/** Texts in one request. Providers take more, but a local server works through them one by one while others wait. */
const BATCH = 32;
/** Embedding models read 512 to 8,192 tokens. Most servers cut what is longer; one that refuses it gets texts that any model reads. */
const MAX_TEXT_CHARS = 6_000;
const SAFE_TEXT_CHARS = 1_200;
const TOO_LONG = /too (?:long|large|many tokens)|maximum|exceed|context (?:length|size|window)|batch size/i;
/** 32 vectors of 8,192 numbers, written out with all their digits. */
const MAX_ANSWER_CHARS = 8_000_000;

const NOTHING: readonly StreamPart[] = [];

/** The vectors of texts, batch by batch; `play` sends each batch as a call of its own. Throws ModelError, or what `play` throws. */
export async function embedAll(request: EmbedRequest, play: (send: (run: Run) => Send) => Promise<void>): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  let most = MAX_TEXT_CHARS;
  for (let from = 0; from < request.texts.length; ) {
    const texts = request.texts.slice(from, from + BATCH).map((text) => fit(text, most));
    try {
      await play((run) => sending(run, texts, vectors));
      from += BATCH;
    } catch (error) {
      if (most === SAFE_TEXT_CHARS || !(error instanceof ModelError) || !TOO_LONG.test(error.said ?? '')) throw error;
      most = SAFE_TEXT_CHARS;
    }
  }
  return vectors;
}

/** An empty text is refused by some providers, and has no meaning that could be found. */
function fit(text: string, most: number): string {
  return text.trim() === '' ? '-' : text.slice(0, most).toWellFormed();
}

/** Sends one batch, and adds what comes to `vectors` once all of it is there. */
function sending(run: Run, texts: readonly string[], vectors: Float32Array[]): Send {
  return async function* send(means, signal) {
    const batch = await vectorsOf(run, texts, means, signal);
    const length = (vectors[0] ?? batch[0])?.length;
    if (batch.some((vector) => vector.length !== length)) throw unusable(run.endpoint, run.request.model);
    vectors.push(...batch);
    run.text = `${texts.length} vectors of ${length} numbers`;
    // The answer comes in one piece: nothing streams.
    yield* NOTHING;
  };
}

async function vectorsOf(run: Run, texts: readonly string[], means: Means, signal: AbortSignal): Promise<Float32Array[]> {
  const { endpoint, request } = run;
  const { totalMs } = deadlinesFor(request.purpose, means.limits);
  const own = new AbortController();
  const onAbort = (): void => own.abort(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const watchdog = new Watchdog(own, { firstTokenMs: totalMs, idleMs: totalMs, totalMs }, endpoint);
  try {
    const client = await means.clients.for(endpoint);
    // Said outright: left out, the client library asks for base64, which several servers answer with numbers all the same.
    const wanted = { model: request.model, input: texts, encoding_format: 'float' };
    const body = { ...Object.fromEntries(Object.entries(wanted).filter(([name]) => !means.dropped.has(name))), model: request.model };
    means.sent.body = body;
    const response = await client.post('/embeddings', { body, signal: own.signal }).asResponse();
    const text = /text\/html/i.test(response.headers.get('content-type') ?? '') ? undefined : await wholeText(response, MAX_ANSWER_CHARS);
    const answer = asObject(parseJson(text ?? ''));
    if (!answer) throw notAnApi(endpoint);
    if (answer['error'] != null) throw explainInStream(answer['error'], endpoint, request.model, means.now());
    const tokens = asObject(answer['usage'])?.['prompt_tokens'];
    if (typeof tokens === 'number') run.usage = { prompt: tokens, completion: 0 };
    run.markToken();
    return readVectors(answer, texts.length) ?? raise(unusable(endpoint, request.model));
  } catch (thrown) {
    if (own.signal.aborted) throw asError(own.signal.reason);
    const error = explain(thrown, endpoint, request.model, means.now());
    // The address is right where chats are answered: what is missing is this one thing.
    if (error.code !== 'not_an_api') throw error;
    throw new ModelError('model_missing', `${endpoint.name} makes no vectors of texts. Choose another model for finding memories by meaning.`, { retryable: false });
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', onAbort);
    own.abort();
  }
}

/** One vector for each text, in the order of the texts; undefined when the answer does not hold them. */
function readVectors(answer: Record<string, unknown>, count: number): Float32Array[] | undefined {
  const vectors: (Float32Array | undefined)[] = Array.from({ length: count });
  for (const [place, entry] of asArray(answer['data']).entries()) {
    const index = asObject(entry)?.['index'] ?? place;
    const vector = readVector(asObject(entry)?.['embedding']);
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= count || !vector) return undefined;
    vectors[index] = vector;
  }
  const all = vectors.filter((vector) => vector !== undefined);
  return all.length === count ? all : undefined;
}

function readVector(value: unknown): Float32Array | undefined {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'base64');
    if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
    return sound(Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4)));
  }
  const numbers = asArray(value);
  return numbers.length > 0 && numbers.every((one) => typeof one === 'number') ? sound(Float32Array.from(numbers)) : undefined;
}

function sound(vector: Float32Array): Float32Array | undefined {
  return vector.every(Number.isFinite) ? vector : undefined;
}

function unusable(endpoint: Endpoint, model: string): ModelError {
  return new ModelError('broken_stream', `${endpoint.name} answered, but not with one vector of ${model} for each text. Choose another model for finding memories by meaning.`, { retryable: false });
}

function raise(error: Error): never {
  throw error;
}
