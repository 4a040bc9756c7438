import type { Frame, RowNow } from '@offstage/domain';

/** How long changes of other chats are gathered before pages hear of them, in ms. */
const GATHER_MS = 250;
/** With many pages and many busy chats it is longer: so many rows are told in a millisecond, over all pages, and no more. */
const ROWS_A_MS = 20;
const GATHER_MOST_MS = 5_000;

type CommitFrame = Extract<Frame, { type: 'commit' }>;

/**
 * Gathers what happens in chats for pages that show another one: there it only moves a line in a list. Without this a
 * hundred busy chats would each wake every page at every turn.
 */
export class Elsewhere {
  readonly #pending = new Map<string, { readonly row: RowNow; readonly seq: number }>();
  readonly #tell: (frameFor: (chatId: string | null) => CommitFrame | undefined) => void;
  #oldest = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  readonly #pages: () => number;

  /** `pages` says how many are told. */
  constructor(tell: (frameFor: (chatId: string | null) => CommitFrame | undefined) => void, pages: () => number) {
    this.#tell = tell;
    this.#pages = pages;
  }

  add(seq: number, chats: readonly RowNow[]): void {
    if (chats.length === 0) return;
    for (const row of chats) this.#pending.set(row.key, { row, seq });
    this.#oldest = Math.min(this.#oldest, seq);
    if (this.#timer !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** The place in the log up to which pages have been told everything, when they have been told up to `seq`. */
  knownTo(seq: number): number {
    return Math.min(seq, this.#oldest - 1);
  }

  /** What was gathered is void: pages read everything anew. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#pending.clear();
    this.#oldest = Infinity;
    this.#timer = undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    const worth = Math.min(GATHER_MOST_MS, (this.#pages() * this.#pending.size) / ROWS_A_MS);
    const early = worth - (performance.now() - this.#since);
    if (early > 1) {
      this.#timer = setTimeout(() => this.#flush(), early);
      return;
    }
    const rows = [...this.#pending.values()];
    this.#pending.clear();
    this.#oldest = Infinity;
    this.#timer = undefined;
    const frame = (told: typeof rows): CommitFrame | undefined =>
      told.length === 0 ? undefined : { type: 'commit', seq: Math.max(...told.map(({ seq }) => seq)), rows: told.map(({ row }) => row), path: [] };
    const whole = frame(rows);
    const touched = new Set(rows.map(({ row }) => row.key));
    // A page on one of these chats was told of its own at once.
    this.#tell((chatId) => (chatId !== null && touched.has(chatId) ? frame(rows.filter(({ row }) => row.key !== chatId)) : whole));
  }
}
