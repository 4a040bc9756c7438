/** Words that come within this time are told together (LV-3), in ms. */
const COALESCE_MS = 25;

/** A wait of a reply that has not begun: for its turn, or until `retryAt` (ms since 1970). */
export interface Wait {
  readonly message: string;
  readonly retryAt: number | null;
}

/** What those who watch a reply are told. */
export interface Watchers {
  words(stream: LiveStream): void;
  waiting(stream: LiveStream, wait: Wait): void;
}

/** One reply while it is being written: its words so far live here, for every tab that shows it. */
export class LiveStream {
  readonly chatId: string;
  readonly turnId: string;
  readonly speakerId: string;
  #text = '';
  #shown = '';
  #retold = 0;
  #wait: Wait | null = null;
  #timer: NodeJS.Timeout | undefined;
  #toldAt = 0;
  readonly #watchers: Watchers;
  /** Called each time before words are told; they wait for what it answers, if anything. */
  beforeTelling: () => Promise<void> | undefined = () => undefined;
  #telling: Promise<void> | undefined;

  constructor(place: { chatId: string; turnId: string; speakerId: string }, watchers: Watchers) {
    this.chatId = place.chatId;
    this.turnId = place.turnId;
    this.speakerId = place.speakerId;
    this.#watchers = watchers;
  }

  /** All words so far. */
  get text(): string {
    return this.#text;
  }

  /** The words that pages may have: those that a crash would leave (OP-3). */
  get shown(): string {
    return this.#shown;
  }

  /** Raised when the text was told anew from its beginning: offsets known before are void. */
  get retold(): number {
    return this.#retold;
  }

  /** What the reply waits for; null once it has words. */
  get waiting(): Wait | null {
    return this.#wait;
  }

  say(words: string): void {
    if (words === '') return;
    this.#wait = null;
    this.#text += words;
    this.#tell();
  }

  /** The text so far was not the reply: this is. */
  retell(text: string): void {
    this.#text = text;
    this.#shown = '';
    this.#retold++;
    this.#tell();
  }

  wait(wait: Wait): void {
    this.#wait = wait;
    this.#watchers.waiting(this, wait);
  }

  /** Tells what has not been told yet; resolves when it is told, for nothing may come after the turn's end. */
  async flush(): Promise<void> {
    while (this.#timer !== undefined || this.#telling !== undefined) {
      if (this.#telling === undefined) this.#now();
      else await this.#telling;
    }
  }

  /** The first words are told at once, those that follow closely together. */
  #tell(): void {
    if (this.#timer !== undefined || this.#telling !== undefined) return;
    const since = performance.now() - this.#toldAt;
    if (since >= COALESCE_MS) this.#now();
    else this.#timer = setTimeout(() => this.#now(), COALESCE_MS - since);
  }

  #now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#text;
    const kept = this.beforeTelling();
    if (kept === undefined) return this.#show(text);
    // What comes meanwhile waits for the next time: it is not kept yet.
    const retold = this.#retold;
    this.#telling = kept.then(() => {
      this.#telling = undefined;
      if (retold === this.#retold) this.#show(text);
      if (this.#text !== this.#shown) this.#tell();
    });
  }

  #show(text: string): void {
    this.#shown = text;
    this.#toldAt = performance.now();
    this.#watchers.words(this);
  }
}
