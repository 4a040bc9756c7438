import type { Database, Statement } from 'better-sqlite3';

/** What a command was answered, and where in the log it ended. */
interface Receipt {
  readonly seq: number;
  readonly answer: unknown;
}

/** Bits of what is known by heart: of a million commands one in twenty is looked up in vain. A power of two; 1 MB. */
const BITS = 2 ** 23;

/** Commands learnt by heart with each one that is looked up. */
const LEARNT_AT_ONCE = 500;

/**
 * Answers by command: one that arrives twice acts once (TL-14). Nearly every command is new, and to find that out in the
 * file takes longer than anything else before it is decided; so what the file holds is learnt by heart, as bits, in the
 * course of the first commands. Bits may say that a command is known which is not; then the file is asked.
 */
export class Receipts {
  readonly #keep: Statement<[string, number, string, string]>;
  readonly #find: Statement<[string], { seq: number; answer: string }>;
  readonly #page: Statement<[string, number], string>;
  readonly #bits = new Uint32Array(BITS / 32);
  /** The last command that was learnt; undefined when all are. */
  #learnt: string | undefined = '';

  constructor(database: Database) {
    this.#keep = database.prepare('insert into receipts (commandId, seq, answer, at) values (?, ?, ?, ?)');
    this.#find = database.prepare('select seq, answer from receipts where commandId = ?');
    this.#page = database.prepare<[string, number], string>('select commandId from receipts where commandId > +? order by commandId limit ?').pluck();
  }

  /** Keeps what a command was answered, as JSON. Runs in the transaction that writes what it decided. */
  keep(commandId: string, seq: number, answer: string, at: string): void {
    this.#keep.run(commandId, seq, answer, at);
    this.#note(commandId);
  }

  /** What a command was answered before; undefined for one that is new. */
  find(commandId: string): Receipt | undefined {
    if (!this.#mayKnow(commandId)) return undefined;
    const found = this.#find.get(commandId);
    return found === undefined ? undefined : { seq: found.seq, answer: JSON.parse(found.answer) as unknown };
  }

  /** Another process has written: its commands are to be learnt, too. */
  forget(): void {
    this.#learnt = '';
  }

  #mayKnow(commandId: string): boolean {
    if (this.#learnt !== undefined) {
      const page = this.#page.all(this.#learnt, LEARNT_AT_ONCE);
      for (const id of page) this.#note(id);
      this.#learnt = page.length < LEARNT_AT_ONCE ? undefined : page.at(-1);
    }
    if (this.#learnt !== undefined) return true;
    const [one, other] = placesOf(commandId);
    return this.#has(one) && this.#has(other);
  }

  #note(commandId: string): void {
    for (const at of placesOf(commandId)) this.#bits[at >>> 5] = (this.#bits[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  #has(at: number): boolean {
    return ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }
}

/** Which two bits stand for a command. */
function placesOf(commandId: string): readonly [number, number] {
  // FNV-1a, and its bits stirred once more.
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < commandId.length; at += 1) hash = Math.imul(hash ^ commandId.charCodeAt(at), 0x01_00_01_93);
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x85_eb_ca_6b);
  return [(hash >>> 0) % BITS, ((stirred ^ (stirred >>> 13)) >>> 0) % BITS];
}
