import type { Frame, Row } from '../../packages/domain/src/index.ts';
import type { Client } from './client.ts';

/** Waits for replies of one chat as an open page would: by what it hears over its connection. */
export class Replies {
  readonly #whole = new Map<string, Row<'turns'>>();
  readonly #waiting = new Map<string, (turn: Row<'turns'>) => void>();
  readonly #stop: () => void;
  #problem: Error | undefined;
  #fail: ((problem: Error) => void) | undefined;

  private constructor(listen: (on: { data: (frame: Frame) => void; error: (problem: Error) => void }) => () => void) {
    this.#stop = listen({
      data: (frame) => this.#hear(frame),
      error: (problem) => {
        this.#problem = problem;
        this.#fail?.(problem);
      },
    });
  }

  /**
   * Listens to a chat from the `cursor` that `chats.open` named, or from now on. Without it, a reply that ends before the
   * connection stands is never heard of. `onFrame` sees every frame as it comes.
   */
  static listen(
    { api }: Client,
    { chatId, cursor, tabId }: { readonly chatId: string; readonly tabId: string; readonly cursor?: string },
    onFrame: (frame: Frame) => void = () => {},
  ): Replies {
    return new Replies(({ data, error }) => {
      const subscription = api.live.subscribe(
        { chatId, tabId, ...(cursor !== undefined && { lastEventId: cursor }) },
        {
          onData(told) {
            // Durable frames come with the id to come back to, the others bare.
            const frame = 'type' in told ? told : told.data;
            onFrame(frame);
            data(frame);
          },
          onError: error,
        },
      );
      return () => subscription.unsubscribe();
    });
  }

  /** The reply once it has ended. Throws when nothing has come within `limit` ms, or the connection is refused. */
  async whole(turnId: string, limit: number): Promise<Row<'turns'>> {
    const known = this.#whole.get(turnId);
    if (known !== undefined) return known;
    if (this.#problem !== undefined) throw this.#problem;
    const { promise, resolve, reject } = Promise.withResolvers<Row<'turns'>>();
    const timer = setTimeout(() => reject(new Error(`No reply has come within ${limit / 1_000} s.`)), limit);
    this.#waiting.set(turnId, resolve);
    this.#fail = reject;
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(turnId);
      this.#fail = undefined;
    }
  }

  close(): void {
    this.#stop();
  }

  #hear(frame: Frame): void {
    if (frame.type !== 'commit') return;
    for (const change of frame.rows) {
      if (change.p !== 'turns' || change.row?.kind !== 'assistant' || change.row.status !== 'whole') continue;
      this.#whole.clear();
      this.#whole.set(change.row.turnId, change.row);
      this.#waiting.get(change.row.turnId)?.(change.row);
    }
  }
}
