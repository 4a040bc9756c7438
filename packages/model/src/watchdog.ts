import { ModelError } from './errors.ts';
import { hostOf } from './faults.ts';
import type { Deadlines } from './limits.ts';
import type { Endpoint } from './types.ts';
import { inWords } from './waits.ts';

/**
 * Aborts one request when the model is silent for too long or never comes to an end. Runs only while the gateway waits for the model, so
 * that a slow reader is not mistaken for a silent model.
 */
export class Watchdog {
  readonly #request: AbortController;
  readonly #limits: Deadlines;
  readonly #endpoint: Endpoint;
  readonly #total: NodeJS.Timeout;
  #silence: NodeJS.Timeout | undefined;
  #heard = false;
  #complete = false;

  constructor(request: AbortController, limits: Deadlines, endpoint: Endpoint) {
    this.#request = request;
    this.#limits = limits;
    this.#endpoint = endpoint;
    this.#total = setTimeout(() => this.#bite('timeout', `${endpoint.name} took longer than ${inWords(limits.totalMs)} for one reply.`), limits.totalMs);
  }

  /** The model is due to say something. A limit runs on from one call to the next until a token is heard. */
  listen(): void {
    if (this.#complete) this.#silence ??= setTimeout(() => this.#request.abort(), Math.min(GRACE_MS, this.#limits.idleMs));
    else if (this.#heard) this.#silence ??= setTimeout(() => this.#stalled(), this.#limits.idleMs);
    else this.#silence ??= setTimeout(() => this.#mute(), this.#limits.firstTokenMs);
  }

  /** Something came; `token` when it was a token and not just a sign of life, which some servers give without end. */
  heard(token: boolean): void {
    if (!token) return;
    this.#heard = true;
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  /** The reply is whole; what may still come is the usage count. */
  whole(): void {
    if (this.#complete) return;
    this.#complete = true;
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  stop(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
  }

  #mute(): void {
    const host = hostOf(this.#endpoint.baseUrl) ?? this.#endpoint.name;
    this.#bite('timeout', `${this.#endpoint.name} (${host}) said nothing for ${inWords(this.#limits.firstTokenMs)}. It may be loading the model, or be busy: try again.`);
  }

  #stalled(): void {
    this.#bite('stalled', `${this.#endpoint.name} fell silent in the middle of the reply for ${inWords(this.#limits.idleMs)}. Try again.`);
  }

  #bite(code: 'timeout' | 'stalled', message: string): void {
    this.#request.abort(new ModelError(code, message, { retryable: true }));
  }
}

/** How long a reply that is whole waits for its usage count. */
const GRACE_MS = 2_000;
