import type { Database, Statement } from 'better-sqlite3';
import { CommandBits } from './commandBits.ts';
import type { Work } from './slices.ts';

/** What a command was answered, and where in the log it ended. */
export interface Receipt {
  readonly seq: number;
  readonly answer: unknown;
}

/** An answer that waits, as JSON; `at` is real time. */
interface Waiting {
  readonly seq: number;
  readonly answer: string;
  readonly at: string;
}

/** Commands learnt by heart with each one that is looked up. */
const LEARNT_AT_ONCE = 500;

/** Answers that wait before they are written together: their ids lie all over the tree, and one at a time each costs its own pages. */
const TOGETHER = 256;

/** Events after those that are written, at most: so many are looked through for answers at a start. */
const EVENTS_MOST = 4_096;

/** Answers written at a time. */
const AT_ONCE = 64;

/** Up to where in the log the answers stand in the table. */
const MARK = 'receipts';

/**
 * Answers by command: one that arrives twice acts once (TL-14). An answer is written with the last event of its command;
 * many together are then copied to a table where they are found by id, and outlive a purge of those events. Nearly every
 * command is new, and to find that out in the file takes longer than anything else before it is decided; so what the
 * table holds is learnt by heart, as bits, in the course of the first commands. Bits may say that a command is known
 * which is not; then the file is asked.
 */
export class Receipts {
  readonly #keep: Statement<[string, number, string, string]>;
  readonly #find: Statement<[string], { seq: number; answer: string }>;
  readonly #page: Statement<[string, number], string>;
  readonly #beside: Statement<[number], Waiting & { readonly commandId: string }>;
  readonly #readMark: Statement<[string], string>;
  readonly #setMark: Statement<[string, string]>;
  readonly #bits = new CommandBits();
  /** The last command that was learnt; undefined when all are. */
  #learnt: string | undefined = '';
  /** Undefined when it must be read first. */
  #waiting: Map<string, Waiting> | undefined;
  /** Up to where in the log the answers are written; beyond it they wait. */
  #mark = 0;
  /** Everything that waits was written, and may be let go once that is committed. */
  #written = false;

  constructor(database: Database) {
    this.#keep = database.prepare('insert into receipts (commandId, seq, answer, at) values (?, ?, ?, ?)');
    this.#find = database.prepare('select seq, answer from receipts where commandId = ?');
    this.#page = database.prepare<[string, number], string>('select commandId from receipts where commandId > +? order by commandId limit ?').pluck();
    this.#beside = database.prepare('select commandId, seq, answer, at from events where seq > +? and answer is not null');
    this.#readMark = database.prepare<[string], string>('select value from meta where name = ?').pluck();
    this.#setMark = database.prepare('insert or replace into meta (name, value) values (?, ?)');
  }

  /**
   * Keeps what a command was answered, as JSON. Runs in the transaction that writes what it decided, up to the place
   * `seq`; `noted` says that the log has the answer with the event that stands there.
   */
  *keep(commandId: string, { seq, answer, at }: Waiting, noted: boolean): Work<void> {
    const waiting = this.#known();
    this.#bits.note(commandId);
    if (!noted) {
      this.#keep.run(commandId, seq, answer, at);
      return;
    }
    waiting.set(commandId, { seq, answer, at });
    if (waiting.size >= TOGETHER || seq - this.#mark >= EVENTS_MOST) yield* this.writeAll(seq);
  }

  /** Writes what waits; `upTo` is the last place in the log. It is let go when that is committed. */
  *writeAll(upTo: number): Work<void> {
    let written = 0;
    const waiting = this.#known();
    for (const commandId of [...waiting.keys()].sort()) {
      const receipt = waiting.get(commandId);
      if (receipt !== undefined) this.#keep.run(commandId, receipt.seq, receipt.answer, receipt.at);
      if ((written += 1) % AT_ONCE === 0) yield;
    }
    this.#setMark.run(MARK, String(upTo));
    this.#mark = upTo;
    this.#written = true;
  }

  /** What a command was answered before; undefined for one that is new. */
  find(commandId: string): Receipt | undefined {
    const waiting = this.#known().get(commandId);
    const found = waiting ?? (this.#mayKnow(commandId) ? this.#find.get(commandId) : undefined);
    return found === undefined ? undefined : { seq: found.seq, answer: JSON.parse(found.answer) as unknown };
  }

  /** What was kept was rolled back. */
  forget(): void {
    this.#waiting = undefined;
    this.#written = false;
  }

  /** Another process has written: its commands are to be learnt, too. */
  relearn(): void {
    this.forget();
    this.#learnt = '';
  }

  /** What waits; what a transaction before this one has written does no longer. */
  #known(): Map<string, Waiting> {
    if (this.#waiting !== undefined && !this.#written) return this.#waiting;
    let found: readonly (Waiting & { readonly commandId: string })[] = [];
    if (!this.#written) {
      this.#mark = Number(this.#readMark.get(MARK) ?? 0);
      found = this.#beside.all(this.#mark);
    }
    this.#written = false;
    // All may be known by heart before these are written: whoever was noted elsewhere is noted here, too.
    for (const { commandId } of found) this.#bits.note(commandId);
    return (this.#waiting = new Map(found.map(({ commandId, ...receipt }) => [commandId, receipt])));
  }

  #mayKnow(commandId: string): boolean {
    if (this.#learnt !== undefined) {
      const page = this.#page.all(this.#learnt, LEARNT_AT_ONCE);
      for (const id of page) this.#bits.note(id);
      this.#learnt = page.length < LEARNT_AT_ONCE ? undefined : page.at(-1);
    }
    return this.#learnt !== undefined || this.#bits.mayHave(commandId);
  }
}
