import { nextShown } from './pace.ts';

/** What is seen of the reply that streams. A new object whenever something in it changed. */
export interface Streaming {
  readonly turnId: string;
  readonly speakerId: string | null;
  /** The words in sight. */
  readonly shown: string;
}

/** How a frame is waited for: `requestAnimationFrame`, or a stand-in. Returns what calls it off. */
export type NextFrame = (run: (now: number) => void) => () => void;

/** A word is held back until its end is known, but no longer than this: a model that pauses has said what it said. */
const HELD_MS = 200;

/** What `take` made of a piece of words. `gap`: words before it are missing and have to be asked for. */
export type Taken = 'taken' | 'known' | 'gap' | 'other';

/**
 * The words of the one reply that streams, outside React: pieces come in as they arrive; the first word goes at once to
 * whoever subscribes, and from then on, once an animation frame, what is then in sight. When the reply has ended and its
 * last word is shown it is let go, and the turn passes into the transcript.
 */
export class WordsStore {
  readonly #nextFrame: NextFrame;
  readonly #listeners = new Set<() => void>();
  #streaming: Streaming | null = null;
  #text = '';
  #owing = 0;
  #begun = false;
  #ended = false;
  #last: number | null = null;
  #heldMs = 0;
  #cancel: (() => void) | null = null;

  constructor(nextFrame: NextFrame) {
    this.#nextFrame = nextFrame;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is in sight; null when nothing streams. The same object until it changes. */
  readonly snapshot = (): Streaming | null => this.#streaming;

  /** The turn that streams; changes only when a reply begins or is let go. */
  readonly turnId = (): string | null => this.#streaming?.turnId ?? null;

  /** A reply begins, or is found under way with `text` already there: that much is shown at once. */
  begin(turnId: string, speakerId: string | null, text = ''): void {
    if (this.#streaming?.turnId === turnId) {
      if (text.length > this.#text.length) this.take(turnId, 0, text);
      return;
    }
    this.#clear();
    this.#text = text;
    this.#begun = text !== '';
    this.#streaming = { turnId, speakerId, shown: text };
    this.#tell();
  }

  /** Puts a piece in at its offset (UTF-16 units). What is already there is not put in twice. */
  take(turnId: string, offset: number, piece: string): Taken {
    if (this.#streaming?.turnId !== turnId || this.#ended) return 'other';
    if (offset > this.#text.length) return 'gap';
    const known = this.#text.slice(offset, offset + piece.length);
    if (known === piece) return 'known';
    const anew = !piece.startsWith(known);
    this.#text = this.#text.slice(0, offset) + piece;
    if (anew) this.#takeBack(offset);
    if (!this.#begun) this.#first();
    this.#run();
    return 'taken';
  }

  /** The reply has ended with `text`; what is not in sight yet follows quickly. */
  end(turnId: string, text: string): void {
    if (this.#streaming?.turnId !== turnId) return;
    this.#ended = true;
    const { shown } = this.#streaming;
    // Trimmed or cut text may differ from what came; words that stand are not taken back one by one.
    this.#text = text;
    if (!text.startsWith(shown) || shown.length === text.length) this.#letGo();
    else this.#run();
  }

  /** Nothing streams any more: the page shows another chat, or everything is read anew. */
  reset(): void {
    if (this.#streaming === null) return;
    this.#letGo();
  }

  /** The first word is what everybody waits for: it waits for no frame. */
  #first(): void {
    if (this.#streaming === null) return;
    const { shown } = nextShown(this.#text, 0, 0, 0, false);
    if (shown === 0) return;
    this.#begun = true;
    this.#streaming = { ...this.#streaming, shown: this.#text.slice(0, shown) };
    this.#tell();
  }

  /** The reply is told anew, in other words, from `offset` on: what was in sight from there goes. */
  #takeBack(offset: number): void {
    if (this.#streaming === null || this.#streaming.shown.length <= offset) return;
    this.#owing = 0;
    this.#streaming = { ...this.#streaming, shown: this.#text.slice(0, offset) };
    this.#tell();
  }

  #run(): void {
    if (this.#cancel !== null) return;
    this.#cancel = this.#nextFrame((now) => {
      this.#cancel = null;
      this.#frame(now);
    });
  }

  #frame(now: number): void {
    if (this.#streaming === null) return;
    const ms = this.#last === null ? 16 : Math.max(1, now - this.#last);
    const before = this.#streaming.shown.length;
    const next = nextShown(this.#text, before, this.#owing, ms, this.#ended);
    this.#owing = next.owing;
    this.#last = now;
    this.#heldMs = next.shown === before ? this.#heldMs + ms : 0;
    const shown = this.#heldMs > HELD_MS ? this.#text.length : next.shown;
    if (shown === this.#text.length && this.#ended) {
      this.#letGo();
      return;
    }
    if (shown !== before) {
      this.#streaming = { ...this.#streaming, shown: this.#text.slice(0, shown) };
      this.#tell();
    }
    if (shown < this.#text.length) this.#run();
    else this.#last = null;
  }

  #letGo(): void {
    this.#clear();
    this.#streaming = null;
    this.#tell();
  }

  #clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#text = '';
    this.#owing = 0;
    this.#begun = false;
    this.#ended = false;
    this.#last = null;
    this.#heldMs = 0;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The page's own frames. A page that nobody sees gets none: its words wait, and all stand there when it is seen. */
export const pageFrame: NextFrame = (run) => {
  const frame = requestAnimationFrame(run);
  return () => cancelAnimationFrame(frame);
};
