import { ModelError } from './errors.ts';
import type { Endpoint, Purpose } from './types.ts';
import { asError } from './waits.ts';

/** Who goes first: the lower the sooner (MO-5). After the story comes what a person waits for, then what is learned behind their back. */
export const RANK: Readonly<Record<Purpose, number>> = { narrative: 0, kickoff: 1, addressee: 1, skip: 1, passes: 2, scene: 2, other: 3, embedding: 4 };

interface Waiter {
  readonly rank: number;
  readonly weight: number;
  readonly order: number;
  readonly admit: () => void;
  readonly refuse: (reason: Error) => void;
  /** Told how many stand before it, whenever that changes. */
  readonly moved: (ahead: number) => void;
  ahead: number;
}

/**
 * The calls of one endpoint: a semaphore over weight, with a bounded queue ordered by purpose, then by arrival. Who stands first is
 * never overtaken, else a heavy call would wait for ever behind light ones.
 */
export class Lane {
  #limit: number;
  #used = 0;
  #order = 0;
  #queue: Waiter[] = [];
  readonly #maxQueue: number;

  constructor(limit: number, maxQueue: number) {
    this.#limit = limit;
    this.#maxQueue = maxQueue;
  }

  /** A changed limit holds from the next admission on. */
  setLimit(limit: number): void {
    this.#limit = Math.max(1, limit);
    this.#admit();
  }

  /** True when a call of this purpose and weight would have to wait. */
  busy(purpose: Purpose, weight: number): boolean {
    return this.#used + this.#fitting(weight) > this.#limit || this.#queue.some((w) => w.rank <= RANK[purpose]);
  }

  /**
   * Waits for `weight` to be free and takes it; call what it resolves to exactly once to give it back. Rejects with the signal's reason,
   * or with ModelError `rate_limited` when the queue is full. `moved` is told how many stand before the call, whenever that changes while
   * it waits.
   */
  acquire(purpose: Purpose, weight: number, endpoint: Endpoint, signal: AbortSignal, moved: (ahead: number) => void = () => {}): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(asError(signal.reason));
        return;
      }
      const waiter: Waiter = {
        rank: RANK[purpose],
        weight: this.#fitting(weight),
        order: this.#order++,
        admit: () => {
          signal.removeEventListener('abort', onAbort);
          this.#used += waiter.weight;
          resolve(this.#releaser(waiter.weight));
        },
        refuse: (reason) => {
          signal.removeEventListener('abort', onAbort);
          reject(reason);
        },
        moved,
        ahead: -1,
      };
      const onAbort = (): void => {
        this.#queue = this.#queue.filter((w) => w !== waiter);
        waiter.refuse(asError(signal.reason));
        this.#admit();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiter);
      this.#queue.sort((a, b) => a.rank - b.rank || a.order - b.order);
      this.#admit();
      // Over the bound the last in line gives way, which is never a narrative call while bookkeeping waits.
      if (this.#queue.length > this.#maxQueue) this.#queue.pop()?.refuse(queueFull(endpoint, this.#maxQueue));
      this.#tellPlaces();
    });
  }

  #fitting(weight: number): number {
    // A call heavier than the limit runs alone rather than never.
    return Math.min(weight, this.#limit);
  }

  #releaser(weight: number): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#used -= weight;
      this.#admit();
    };
  }

  #admit(): void {
    for (let first = this.#queue[0]; first && this.#used + Math.min(first.weight, this.#limit) <= this.#limit; first = this.#queue[0]) {
      this.#queue.shift();
      first.admit();
    }
    this.#tellPlaces();
  }

  #tellPlaces(): void {
    for (const [ahead, waiter] of this.#queue.entries()) {
      if (waiter.ahead === ahead) continue;
      waiter.ahead = ahead;
      waiter.moved(ahead);
    }
  }
}

function queueFull(endpoint: Endpoint, bound: number): ModelError {
  return new ModelError('rate_limited', `More than ${bound} calls are waiting for ${endpoint.name}. Wait for some to finish, then try again.`, {
    retryable: true,
  });
}

/**
 * What a call of this model weighs at this endpoint. Featherless counts by size (https://featherless.ai/docs/concurrency: up to 15B one, 24B
 * to 34B two, larger four); everywhere else a call is a call.
 */
export function weightOf(endpoint: Endpoint, model: string): number {
  if (!/featherless\.ai/i.test(endpoint.baseUrl)) return 1;
  const size = /(?:^|[^a-z0-9.])(\d+(?:\.\d+)?)b(?:[^a-z]|$)/i.exec(model);
  if (!size) return /deepseek|kimi|glm/i.test(model) ? 4 : 1;
  const billions = Number(size[1]);
  if (billions <= 20) return 1;
  return billions <= 40 ? 2 : 4;
}
