import type { ZodType } from 'zod';
import type { Form } from './body.ts';
import { loadLibrary } from './clients.ts';
import { Desk, type Send } from './desk.ts';
import { embedAll } from './embed.ts';
import { ModelError } from './errors.ts';
import { exchange } from './exchange.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { listModels, tryEndpoint } from './probe.ts';
import { Run } from './run.ts';
import { firstAnswer } from './standIns.ts';
import { Ladder } from './structured.ts';
import { Terms } from './terms.ts';
import type { CallRecord, Endpoint, FinishReason, Gateway, ModelRequest, StreamPart, StructuredOptions, UnusableAnswer } from './types.ts';
import { sleep } from './waits.ts';

/** How long closing waits for calls to end. */
const CLOSE_MS = 1_000;

export interface GatewayOptions {
  /** Told of every call when it ends, however it ends. Must not throw. */
  onCall(record: CallRecord): void;
  /** Told of every structured answer that could not be used (MO-3), those that a second try or another model made good included. Must not throw. */
  onUnusable?(answer: UnusableAnswer): void;
  /** Read anew for every request, so that an object that changes, or a getter, takes effect at once. */
  readonly limits?: Partial<Limits>;
  /** Ms since the epoch. */
  readonly now?: () => number;
}

/** The one way to a model: queueing, retries, faults, reasoning and structured replies are dealt with here. */
export function createGateway(options: GatewayOptions): Gateway {
  const now = options.now ?? Date.now;
  const limits = (): Limits => ({ ...DEFAULT_LIMITS, ...options.limits });
  const desk = new Desk(limits, now);
  const running = new Map<AbortController, Promise<void>>();
  let closed = false;

  /** Plays a call under a signal that `close` can abort too, and hands over its record. */
  async function* play(run: Run, send: Send, signal: AbortSignal): AsyncGenerator<StreamPart, void> {
    if (closed) throw new Error('The model gateway is closed.');
    const own = new AbortController();
    const onAbort = (): void => own.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const over = Promise.withResolvers<void>();
    running.set(own, over.promise);
    try {
      yield* desk.serve(run, send, own.signal);
      run.ended = finishOf(run);
    } catch (thrown) {
      // Whoever takes a call out of the line has ended it, as Stop does.
      if (own.signal.aborted || (thrown instanceof ModelError && thrown.code === 'cancelled')) run.ended = 'aborted';
      else {
        run.ended = 'lost';
        if (thrown instanceof ModelError) run.error = thrown;
      }
      throw thrown;
    } finally {
      signal.removeEventListener('abort', onAbort);
      running.delete(own);
      over.resolve();
      options.onCall(run.record());
    }
  }

  async function* stream(endpoint: Endpoint, request: ModelRequest, signal: AbortSignal): AsyncGenerator<StreamPart, void> {
    const run = new Run(endpoint, request, now);
    try {
      yield* play(run, chat(run, 'json_schema'), signal);
    } catch (thrown) {
      const words = thrown instanceof ModelError && run.spoke;
      if (run.ended !== 'aborted' && !words) throw thrown;
    }
    yield {
      kind: 'end',
      finishReason: run.ended ?? 'stop',
      ...(run.usage && { usage: run.usage }),
      ...(run.retold && { reply: run.text }),
      ...(run.error && { fault: { code: run.error.code, message: run.error.message } }),
    };
  }

  /** Plays a call to its end for someone who wants all of it or nothing. The run keeps what came. */
  async function whole(run: Run, send: Send, signal: AbortSignal): Promise<void> {
    const parts = play(run, send, signal);
    for (let part = await parts.next(); !part.done; part = await parts.next());
  }

  const ladder = new Ladder(
    async (endpoint, request, form, terms, signal) => {
      const run = new Run(endpoint, request, now, terms);
      try {
        await whole(run, chat(run, form), signal);
        return run.text;
      } finally {
        terms.spend(run.busyMs);
      }
    },
    (answer) => options.onUnusable?.(answer),
  );

  return {
    stream,
    async complete(endpoint, request, signal) {
      const run = new Run(endpoint, request, now);
      await whole(run, chat(run, 'json_schema'), signal);
      const { text, usage } = run;
      return { text, ...(usage && { usage }) };
    },
    structured: <T>(endpoint: Endpoint, request: ModelRequest, schema: ZodType<T>, signal: AbortSignal, how: StructuredOptions = {}) =>
      firstAnswer(
        [{ endpoint, model: request.model }, ...(how.fallbacks ?? [])],
        (one, last) => ladder.climb(one.endpoint, { ...request, model: one.model }, schema, new Terms(request.purpose, limits(), how, last), signal),
        signal,
      ),
    embed: (endpoint, { model, texts, context }, signal) =>
      embedAll({ model, texts }, (send) => {
        // The texts stay out of the record: one call may hold memories of many chats, each of which can be purged.
        const run = new Run(endpoint, { purpose: 'embedding', model, messages: [], ...(context && { context }) }, now);
        return whole(run, send(run), signal);
      }),
    listModels: (endpoint, signal) => listModels(desk.clients, endpoint, signal),
    test: (endpoint, model, signal) => tryEndpoint(desk.clients, endpoint, model, signal),
    waiting: () => desk.waiting.all(),
    cancel: (id) => desk.waiting.cancel(id),
    warm: async () => {
      await loadLibrary();
    },
    async close() {
      closed = true;
      const ends = [...running.values()];
      for (const call of running.keys()) call.abort(new Error('The model gateway is closing.'));
      // A call whose reader has stopped reading ends when that one goes on; nobody waits for it.
      const patience = new AbortController();
      const enough = sleep(CLOSE_MS, patience.signal).catch(() => undefined);
      await Promise.race([Promise.all(ends), enough]);
      patience.abort();
    },
  };
}

function finishOf(run: Run): FinishReason {
  if (run.capped) return 'cap';
  return run.finish === 'length' || run.finish === 'max_tokens' ? 'length' : 'stop';
}

function chat(run: Run, form: Form): Send {
  return (means, signal) => exchange(run, { ...means, form }, signal);
}
