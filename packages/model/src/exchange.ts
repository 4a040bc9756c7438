import { requestBody, type Body, type Form } from './body.ts';
import type { Chunk } from './chunks.ts';
import type { Clients } from './clients.ts';
import { ModelError } from './errors.ts';
import { explainInStream, notAnApi } from './faults.ts';
import { deadlinesFor, type Limits } from './limits.ts';
import { ReplyReader } from './reader.ts';
import type { Run } from './run.ts';
import { ThinkSplitter, type Told } from './think.ts';
import type { StreamPart } from './types.ts';
import { asError } from './waits.ts';
import { Watchdog } from './watchdog.ts';

/** Reasoning may be this many times as long as a reply. */
const REASONING_SHARE = 4;

type Words = Extract<StreamPart, { kind: 'text' | 'reasoning' }>;

/** The exact body that was sent, so that a refusal can be read against it. */
export interface Sent {
  body?: Body;
}

/** What a request is sent with. */
export interface Means {
  readonly clients: Clients;
  readonly limits: Limits;
  /** Parameters that this model is known not to take. */
  readonly dropped: ReadonlySet<string>;
  readonly sent: Sent;
  readonly now: () => number;
}

/**
 * One request and its reply: yields words as they come and keeps them in `run`. Returns when the reply is whole, cut by the provider's limit
 * or by the cap. Throws ModelError, what the client library throws, or the reason of `signal`.
 */
export async function* exchange(
  run: Run,
  options: Means & { form: Form },
  signal: AbortSignal,
): AsyncGenerator<Words, void> {
  const { endpoint, request } = run;
  const deadlines = run.terms?.deadlines(request.model) ?? deadlinesFor(request.purpose, options.limits);
  const own = new AbortController();
  const onAbort = (): void => own.abort(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const watchdog = new Watchdog(own, deadlines, endpoint);
  let reader: ReplyReader | undefined;
  const letGo = (): void => reader?.cancel();
  own.signal.addEventListener('abort', letGo, { once: true });
  try {
    const client = await options.clients.for(endpoint);
    const body = requestBody(request, options.form, options.dropped);
    options.sent.body = body;
    watchdog.listen();
    // A raw response, not the library's stream: that one ends a reply at the first malformed chunk and hides whether [DONE] came.
    const response = await client.post('/chat/completions', { body, stream: true, signal: own.signal, timeout: MAX_TIMER_MS }).asResponse();
    if (/text\/html/i.test(response.headers.get('content-type') ?? '')) throw notAnApi(endpoint);
    reader = new ReplyReader(response);
    const listener = new Listener(run, options.limits, options.form === 'tool');
    for (;;) {
      watchdog.listen();
      const chunks = await reader.next();
      if (own.signal.aborted) break;
      if (!chunks) break;
      watchdog.heard(chunks.some((chunk) => chunk.text !== '' || chunk.reasoning !== '' || chunk.toolArguments !== ''));
      yield* listener.hear(chunks);
      const fault = chunks.find((chunk) => chunk.error !== undefined);
      if (fault) throw explainInStream(fault.error, endpoint, request.model, options.now());
      if (run.capped) {
        if (!run.spoke) throw silent(run);
        return;
      }
      if (run.finish !== undefined) watchdog.whole();
    }
    yield* listener.end();
    if (signal.aborted) throw asError(signal.reason);
    if (own.signal.aborted && run.finish === undefined) throw asError(own.signal.reason);
    checkEnding(run, reader);
  } catch (error) {
    // A cut connection after the last word of a whole reply costs nothing.
    if (run.finish !== undefined && run.spoke && !signal.aborted && !(error instanceof ModelError)) return;
    throw own.signal.aborted ? asError(own.signal.reason) : error;
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', onAbort);
    own.signal.removeEventListener('abort', letGo);
    // Before the answer has begun there is no reader to cancel: then the request itself is ended.
    if (reader) reader.cancel();
    else own.abort();
  }
}

/** The library's own timer, which stops at the headers, is put out of the way: the watchdog does its work. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Throws where a reply that is over is no good reply. */
function checkEnding(run: Run, reader: ReplyReader): void {
  const { endpoint, request } = run;
  if (run.finish === undefined && !reader.finished) {
    if (reader.malformed > 0 && !run.begun)
      throw new ModelError('broken_stream', `${endpoint.name} sent something that is no reply of a model. Check that the address in Settings is that of an API, then try again.`, { retryable: false });
    throw new ModelError('broken_stream', `${endpoint.name} broke off before the end of the reply. Try again.`, { retryable: true });
  }
  if (run.spoke) return;
  if (run.finish === 'content_filter')
    throw new ModelError('empty', `${endpoint.name} held the reply of ${request.model} back with its content filter. Change your message, or choose another model.`, { retryable: false });
  throw silent(run);
}

function silent({ request, reasoning }: Run): ModelError {
  return new ModelError(
    'empty',
    reasoning === ''
      ? `${request.model} sent an empty reply. Try again, or choose another model.`
      : `${request.model} thought but did not say anything. Raise the reply's length limit, or try again.`,
    { retryable: true },
  );
}

/** Turns chunks into words, and keeps count of them. */
class Listener {
  readonly #run: Run;
  readonly #limits: Limits;
  readonly #tool: boolean;
  readonly #splitter = new ThinkSplitter();

  constructor(run: Run, limits: Limits, tool: boolean) {
    this.#run = run;
    this.#limits = limits;
    this.#tool = tool;
  }

  *hear(chunks: readonly Chunk[]): Generator<Words> {
    const told: Told[] = [];
    for (const chunk of chunks) {
      if (chunk.reasoning !== '') told.push({ kind: 'reasoning', text: chunk.reasoning });
      const text = this.#tool && chunk.toolArguments !== '' ? chunk.toolArguments : chunk.text;
      if (text !== '') told.push(...this.#splitter.push(text));
      if (chunk.usage) this.#run.usage = chunk.usage;
      if (chunk.finishReason !== undefined && chunk.finishReason !== 'error') this.#run.finish = chunk.finishReason;
    }
    yield* this.#tell(told);
  }

  end(): Generator<Words> {
    return this.#tell(this.#splitter.flush());
  }

  *#tell(told: readonly Told[]): Generator<Words> {
    const run = this.#run;
    for (const { kind, text } of joined(told)) {
      if (kind === 'orphan') {
        run.retold ||= run.text !== '';
        run.reasoning += run.text;
        run.text = '';
        continue;
      }
      const room = kind === 'text' ? this.#limits.maxReplyChars - run.text.length : this.#limits.maxReplyChars * REASONING_SHARE - run.reasoning.length;
      const fits = text.slice(0, Math.max(0, room));
      run.markToken();
      run[kind] += fits;
      if (fits !== '') yield { kind, text: fits };
      if (fits.length < text.length) {
        run.capped = true;
        return;
      }
    }
  }
}

/** What came in one go is passed on in one piece. */
function joined(told: readonly Told[]): Told[] {
  const out: Told[] = [];
  for (const next of told) {
    const last = out.at(-1);
    if (last && last.kind === next.kind && next.kind !== 'orphan') out[out.length - 1] = { kind: last.kind, text: last.text + next.text };
    else out.push(next);
  }
  return out;
}
