import { randomUUID } from 'node:crypto';
import type { ModelError } from './errors.ts';
import { withoutKey } from './scrub.ts';
import type { Terms } from './terms.ts';
import type { CallRecord, Endpoint, FinishReason, ModelRequest, Usage } from './types.ts';

/** One call while it goes on: what has come so far, and the record that it leaves. */
export class Run {
  text = '';
  reasoning = '';
  /** True when text that had been passed on proved to be reasoning. */
  retold = false;
  /** True when the cap cut the reply. */
  capped = false;
  usage: Usage | undefined;
  /** As the provider named it. */
  finish: string | undefined;
  ended: FinishReason | undefined;
  error: ModelError | undefined;
  attempts = 0;
  waitedMs = 0;
  readonly endpoint: Endpoint;
  readonly request: ModelRequest;
  /** The terms that the call shares with others; without them the limits of its purpose hold. */
  readonly terms: Terms | undefined;
  readonly #now: () => number;
  readonly #startedAt: number;
  #firstTokenMs: number | undefined;

  constructor(endpoint: Endpoint, request: ModelRequest, now: () => number, terms?: Terms) {
    this.endpoint = endpoint;
    this.request = request;
    this.terms = terms;
    this.#now = now;
    this.#startedAt = now();
  }

  /** True once anything has been passed on: then a retry would tell it twice. */
  get begun(): boolean {
    return this.text !== '' || this.reasoning !== '';
  }

  get spoke(): boolean {
    return this.text.trim() !== '';
  }

  /** Ms since the call began, without the time spent in the queue and between retries. */
  get busyMs(): number {
    return this.#now() - this.#startedAt - this.waitedMs;
  }

  /** Counts time in which nothing could be done but wait, in ms. */
  readonly waited = (ms: number): void => {
    this.waitedMs += ms;
  };

  markToken(): void {
    this.#firstTokenMs ??= this.#now() - this.#startedAt;
  }

  record(): CallRecord {
    const { endpoint, request } = this;
    const clean = (text: string): string => withoutKey(text, endpoint);
    return {
      id: randomUUID(),
      purpose: request.purpose,
      endpointId: endpoint.id,
      endpointName: endpoint.name,
      model: request.model,
      messages: request.messages.map((message) => ({ ...message, content: clean(message.content) })),
      sampler: { ...request.sampler },
      startedAt: this.#startedAt,
      ...(this.#firstTokenMs !== undefined && { firstTokenMs: this.#firstTokenMs }),
      durationMs: this.#now() - this.#startedAt,
      waitedMs: this.waitedMs,
      outcome: this.#outcome(),
      ...(this.error && { error: { code: this.error.code, message: this.error.message } }),
      ...(this.usage && { usage: this.usage }),
      reply: clean(this.text),
      ...(this.reasoning !== '' && { reasoning: clean(this.reasoning) }),
      attempts: this.attempts,
      ...request.context,
    };
  }

  #outcome(): CallRecord['outcome'] {
    switch (this.ended) {
      case 'stop':
        return 'ok';
      case 'lost':
        return 'error';
      case 'length':
      case 'cap':
        return 'truncated';
      // Whoever stops listening in the middle has aborted the call.
      default:
        return 'aborted';
    }
  }
}
