import type { Frame } from '@offstage/domain';
import type { LiveStream, Wait } from './streams.ts';
import { untilAsked } from './untilAsked.ts';

/** What may wait for one page: past this it goes back to reading what it missed. */
const QUEUE_MOST = 256;

/** The WebSocket of a page: how many bytes wait in it, and how to let it go (LV-4). */
export interface Pipe {
  readonly bufferedAmount: number;
  close(code: number, reason: string): void;
}

/** What a page hears: durable frames carry `id`, the place to come back to. */
export interface Told {
  readonly id?: string;
  readonly frame: Frame;
}

type Item =
  | { readonly kind: 'frame'; readonly told: Told }
  | { readonly kind: 'words'; readonly stream: LiveStream };

/**
 * What waits for one page. Words wait as a mark alone: when their turn comes, the page gets all that it has not seen,
 * so a slow page gets fewer and longer pieces, and never a gap.
 */
export class Subscriber {
  readonly chatId: string | null;
  readonly continuityId: string | null;
  readonly tabId: string;
  #queue: Item[] = [];
  #behind = false;
  #wake: (() => void) | undefined;
  #seen: { stream: LiveStream; offset: number; retold: number } | undefined;

  constructor(place: { chatId: string | null; continuityId: string | null; tabId: string }) {
    this.chatId = place.chatId;
    this.continuityId = place.continuityId;
    this.tabId = place.tabId;
  }

  /** True when more came than waits: the page has to read what it missed. */
  get behind(): boolean {
    return this.#behind;
  }

  tell(told: Told): void {
    if (this.#behind) return;
    if (this.#queue.length >= QUEUE_MOST) {
      this.#queue = [];
      this.#behind = true;
    } else this.#queue.push({ kind: 'frame', told });
    this.#wake?.();
  }

  /** Marks that a reply has words which this page has not seen. */
  words(stream: LiveStream): void {
    const last = this.#queue.at(-1);
    if (this.#behind || (last?.kind === 'words' && last.stream === stream)) return;
    this.#queue.push({ kind: 'words', stream });
    this.#wake?.();
  }

  /** Starts over: what waited is void, for the page reads it. */
  catchUp(): void {
    this.#queue = [];
    this.#behind = false;
    this.#seen = undefined;
  }

  /**
   * What comes next; undefined when nothing waits. Where the pipe is congested only what is durable comes: words left
   * out come with the next ones, or with the whole turn.
   */
  next(congested: boolean): Told | undefined {
    for (let item = this.#queue.shift(); item !== undefined; item = this.#queue.shift()) {
      if (item.kind === 'frame') {
        if (congested && item.told.id === undefined) continue;
        return item.told;
      }
      if (congested) continue;
      const frame = this.#unseen(item.stream);
      if (frame !== undefined) return { frame };
    }
    return undefined;
  }

  /** The words of a reply that this page has not seen; undefined when it has seen all. */
  #unseen(stream: LiveStream): Frame | undefined {
    const seen = this.#seen?.stream === stream && this.#seen.retold === stream.retold ? this.#seen : undefined;
    const offset = seen?.offset ?? 0;
    const text = stream.shown.slice(offset);
    if (text === '') return undefined;
    this.#seen = { stream, offset: stream.shown.length, retold: stream.retold };
    return { type: 'words', chatId: stream.chatId, turnId: stream.turnId, offset, text };
  }

  /** Waits until something is there to tell, or `wake` is called. */
  async something(): Promise<void> {
    if (this.#queue.length > 0 || this.#behind) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
    this.#wake = undefined;
    // Whoever has just committed goes on first, to ask a model in most cases, and what comes at once is told at once.
    await untilAsked();
  }

  wake(): void {
    this.#wake?.();
  }
}

/** The frame that says what a reply waits for. */
export function waitingFrame(stream: LiveStream, { message, retryAt }: Wait): Frame {
  return { type: 'waiting', chatId: stream.chatId, turnId: stream.turnId, message, retryAt };
}
