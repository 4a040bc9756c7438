import { randomUUID } from 'node:crypto';
import type { Frame } from '../../packages/domain/src/index.ts';
import { connect } from '../../scripts/lib/client.ts';
import type { Client } from '../../scripts/lib/client.ts';

/** A page with a connection of its own that notes when it heard of each title of its chat. */
export class Page {
  readonly ready: Promise<void>;
  readonly #client: Client;
  readonly #chatId: string;
  readonly #heard = new Map<string, number>();
  readonly #subscription: { unsubscribe(): void };

  constructor(url: string, chatId: string) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#chatId = chatId;
    this.#client = connect(url);
    this.#subscription = this.#client.api.live.subscribe(
      { chatId, tabId: randomUUID(), lastEventId: null },
      {
        onData: (told) => {
          const frame = 'data' in told ? told.data : told;
          if (frame.type === 'ready') resolve();
          else this.#hear(frame);
        },
        onError: reject,
      },
    );
  }

  /** How long after its sending each title was heard of, in ms; what was not heard is left out. */
  delays(sent: ReadonlyMap<string, number>): number[] {
    return [...this.#heard].flatMap(([title, at]) => {
      const since = sent.get(title);
      return since === undefined ? [] : [at - since];
    });
  }

  close(): void {
    this.#subscription.unsubscribe();
    void this.#client.close();
  }

  #hear(frame: Frame): void {
    if (frame.type !== 'commit') return;
    const now = performance.now();
    for (const change of frame.rows) {
      if (change.p === 'chats' && change.key === this.#chatId && change.row !== null && !this.#heard.has(change.row.title)) this.#heard.set(change.row.title, now);
    }
  }
}
