import type { Frame, RowNow } from '@offstage/domain';
import type { Group } from './audience.ts';
import type { Subscriber } from './subscriber.ts';

/** How long changes of other chats are gathered before pages hear of them, in ms. */
const GATHER_MS = 250;
/** So many rows are told in a millisecond, over all pages, and no more: with many pages and many busy chats a round takes seconds. */
const ROWS_A_MS = 20;
/** Rows told in one go: what happens in a page's own chat then waits a millisecond or two for them, however many pages there are. */
const ROWS_AT_ONCE = 250;
/** The longest that a round takes, in ms. */
const ROUND_MOST_MS = 5_000;

type CommitFrame = Extract<Frame, { type: 'commit' }>;
type Touched = { readonly row: RowNow; readonly seq: number };

/** Pages that are being told what was gathered, one after another. */
interface Round {
  /** The place in the log where what is told begins. */
  readonly oldest: number;
  readonly left: Generator<{ readonly subscriber: Subscriber; readonly frame: CommitFrame }, void>;
  /** A row takes so many ms. */
  readonly pace: number;
}

/**
 * Gathers what happens in chats for pages that show another one: there it only moves a line in a list. Without this a
 * hundred busy chats would each wake every page at every turn; told to a thousand pages in one go it would hold up the rest.
 */
export class Elsewhere {
  #pending = new Map<string, Touched>();
  #oldest = Infinity;
  #round: Round | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #groups: () => Iterable<Group>;
  readonly #tell: (subscriber: Subscriber, frame: CommitFrame) => void;

  constructor(groups: () => Iterable<Group>, tell: (subscriber: Subscriber, frame: CommitFrame) => void) {
    this.#groups = groups;
    this.#tell = tell;
  }

  add(seq: number, chats: readonly RowNow[]): void {
    if (chats.length === 0) return;
    for (const row of chats) this.#pending.set(row.key, { row, seq });
    this.#oldest = Math.min(this.#oldest, seq);
    this.#timer ??= setTimeout(() => this.#begin(), GATHER_MS);
  }

  /** The place in the log up to which pages have been told everything, when they have been told up to `seq`. */
  knownTo(seq: number): number {
    return Math.min(seq, this.#oldest - 1, (this.#round?.oldest ?? Infinity) - 1);
  }

  /** What was gathered is void: pages read everything anew. */
  forget(): void {
    this.close();
    this.#timer = undefined;
    this.#round = undefined;
    this.#pending = new Map();
    this.#oldest = Infinity;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #begin(): void {
    const rows = [...this.#pending.values()];
    const groups = [...this.#groups()].map(({ chatId, members }) => ({ chatId, members: [...members] }));
    const all = rows.length * groups.reduce((sum, { members }) => sum + members.length, 0);
    this.#round = { oldest: this.#oldest, left: tellings(rows, groups), pace: Math.min(1 / ROWS_A_MS, ROUND_MOST_MS / all) };
    this.#pending = new Map();
    this.#oldest = Infinity;
    this.#goOn(this.#round);
  }

  #goOn(round: Round): void {
    let told = 0;
    for (let next = round.left.next(); !next.done; next = round.left.next()) {
      const { subscriber, frame } = next.value;
      this.#tell(subscriber, frame);
      told += frame.rows.length;
      if (told < ROWS_AT_ONCE) continue;
      this.#timer = setTimeout(() => this.#goOn(round), told * round.pace);
      return;
    }
    this.#round = undefined;
    this.#timer = this.#pending.size === 0 ? undefined : setTimeout(() => this.#begin(), GATHER_MS);
  }
}

/** Who is told what. A page on one of these chats was told of its own at once; those of one chat share a frame. */
function* tellings(rows: readonly Touched[], groups: readonly { readonly chatId: string | null; readonly members: readonly Subscriber[] }[]): Round['left'] {
  const whole = frameOf(rows);
  const touched = new Set(rows.map(({ row }) => row.key));
  for (const { chatId, members } of groups) {
    const frame = chatId !== null && touched.has(chatId) ? frameOf(rows.filter(({ row }) => row.key !== chatId)) : whole;
    if (frame !== undefined) for (const subscriber of members) yield { subscriber, frame };
  }
}

function frameOf(told: readonly Touched[]): CommitFrame | undefined {
  return told.length === 0 ? undefined : { type: 'commit', seq: Math.max(...told.map(({ seq }) => seq)), rows: told.map(({ row }) => row), path: [] };
}
