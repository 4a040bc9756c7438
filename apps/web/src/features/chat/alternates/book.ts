import type { ChatSession, Commit } from '../model/session.ts';
import type { Turn } from '../model/transcript.ts';

/** The turns that stand beside each other, by each of them; a turn that stands alone has none. */
export type Alternates = ReadonlyMap<string, readonly string[]>;

/** Asks the server which turns stand beside these. */
type AskAlternates = (turnIds: readonly string[], signal: AbortSignal) => Promise<Readonly<Record<string, readonly string[]>>>;

/** Turns asked for at once; the server takes no more. */
const ASKED_MOST = 200;

/** The alternates of the turns in view: asked for together, kept, and asked for again when one has come to stand beside them. */
export class AlternatesBook {
  readonly #session: Pick<ChatSession, 'onCommit'>;
  readonly #ask: AskAlternates;
  readonly #listeners = new Set<() => void>();
  readonly #stale = new Set<string>();
  readonly #parents = new Map<string, string | null>();
  #known: Alternates = new Map();
  #wanted: readonly string[] = [];
  #abort = new AbortController();
  #asking = false;

  constructor(session: Pick<ChatSession, 'onCommit'>, ask: AskAlternates) {
    this.#session = session;
    this.#ask = ask;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Alternates => this.#known;

  /** Follows the session until what is returned is called. */
  readonly begin = (): (() => void) => {
    this.#abort = new AbortController();
    this.#asking = false;
    const deafen = this.#session.onCommit(this.#hear);
    return () => {
      deafen();
      this.#abort.abort();
    };
  };

  /** Says which turns are in view. */
  want(turns: readonly Turn[]): void {
    for (const { turnId, parentId } of turns) this.#parents.set(turnId, parentId);
    this.#wanted = turns.map(({ turnId }) => turnId);
    this.#next();
  }

  readonly #hear = (commit: Commit): void => {
    const parents = new Set<string | null>();
    for (const now of commit.rows) if (now.p === 'turns' && now.row !== null && !this.#parents.has(now.row.turnId)) parents.add(now.row.parentId);
    if (parents.size === 0) return;
    for (const [turnId, parentId] of this.#parents) if (parents.has(parentId)) this.#stale.add(turnId);
    this.#next();
  };

  #next(): void {
    const missing = this.#wanted.filter((turnId) => this.#stale.has(turnId) || !this.#known.has(turnId));
    if (missing.length > 0 && !this.#asking) void this.#bring(missing.slice(-ASKED_MOST));
  }

  async #bring(turnIds: readonly string[]): Promise<void> {
    const { signal } = this.#abort;
    this.#asking = true;
    for (const turnId of turnIds) this.#stale.delete(turnId);
    try {
      const answer = await this.#ask(turnIds, signal);
      if (signal.aborted) return;
      const known = new Map(this.#known);
      for (const turnId of turnIds) {
        const beside = answer[turnId] ?? [];
        known.set(turnId, beside);
        // Those beside it have the same: one turns from one to the other without a gap.
        for (const other of beside) {
          known.set(other, beside);
          this.#parents.set(other, this.#parents.get(turnId) ?? null);
        }
      }
      this.#known = known;
      for (const listener of this.#listeners) listener();
    } catch {
      // What comes next asks again.
      return;
    } finally {
      if (!signal.aborted) this.#asking = false;
    }
    this.#next();
  }
}
