import { DomainError } from '@offstage/domain';
import type { Pipe } from './subscriber.ts';

/** What one page may listen to at once: it needs two, its chat and its lists. */
const OF_ONE_PAGE = 20;
/** What may be listened to without a WebSocket, by all together. */
const WITHOUT_SOCKET = 200;

/** Counts what each WebSocket listens to, so that no page can ask for more than it could show (OP-8). */
export class Places {
  readonly #taken = new WeakMap<object, number>();
  readonly #elsewhere = {};

  /** Throws DomainError `limit_reached` when this page listens to too much already. */
  take(pipe: Pipe | null): void {
    const taken = this.#taken.get(pipe ?? this.#elsewhere) ?? 0;
    if (taken >= (pipe === null ? WITHOUT_SOCKET : OF_ONE_PAGE)) {
      throw new DomainError('limit_reached', 'This page listens to too much at once. Reload it to begin afresh.');
    }
    this.#taken.set(pipe ?? this.#elsewhere, taken + 1);
  }

  /** What a page listens to, as long as it does. Throws as `take`. */
  async *during<T>(pipe: Pipe | null, told: AsyncIterable<T>): AsyncGenerator<T, void> {
    this.take(pipe);
    try {
      yield* told;
    } finally {
      this.leave(pipe);
    }
  }

  leave(pipe: Pipe | null): void {
    this.#taken.set(pipe ?? this.#elsewhere, (this.#taken.get(pipe ?? this.#elsewhere) ?? 1) - 1);
  }
}
