import type { Row, RowChange } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import type { Work } from '../slices.ts';
import { finish } from '../slices.ts';
import { gatherMuch, isIndexCurrent, remakeIndexTables, rise } from './indexTables.ts';
import { dateWordsOf, saidIn, speakersOf, stemsOf } from './words.ts';

/** What the index knows of a memory; other changes of its row leave the index alone. */
export type Indexed = Pick<Row<'memories'>, 'memoryId' | 'ownerId' | 'continuityId' | 'bornSeq' | 'text' | 'clock'>;

const COLUMNS = 'm.memoryId, m.ownerId, m.continuityId, m.bornSeq, m.text, m.clock';

/**
 * Memories that wait before they enter the full text together: one at a time each costs three times as much, and a
 * search reads so few in passing.
 */
const TOGETHER = 32;

/** One memory of so many is counted word by word: enough to tell rare words from common ones. */
export const SAMPLED = 16;

/** Counts under these names are of all an owner's memories, and of all their characters. */
export const ALL = '';
export const CHARACTERS = ' ';

/**
 * The index of memories, kept in the transaction that writes their rows: a memory that is not in force neither stands
 * in it nor waits. A memory's place in it is its `bornSeq`.
 */
export class MemoryIndex {
  readonly #wait: Statement<[number, string]>;
  readonly #unwait: Statement<[number]>;
  readonly #waiting: Statement<[], number>;
  readonly #ready: Statement<[], Indexed>;
  readonly #entered: Statement<[]>;
  readonly #enter: Statement<[number, string, string]>;
  readonly #remove: Statement<[number]>;
  readonly #count: Statement<[string, string, number]>;
  readonly #uncount: Statement<[string, string]>;
  readonly #rise: Statement<[]>;

  constructor(database: Database) {
    this.#wait = database.prepare('insert or replace into memory_words_waiting (docId, key) values (?, ?)');
    this.#unwait = database.prepare('delete from memory_words_waiting where docId = ?');
    this.#waiting = database.prepare<[], number>('select count(*) from memory_words_waiting').pluck();
    this.#ready = database.prepare(`select ${COLUMNS} from memory_words_waiting w cross join memories m on m.key = w.key order by w.docId`);
    this.#entered = database.prepare('delete from memory_words_waiting');
    this.#enter = database.prepare('insert into memory_words (rowid, said, about) values (?, ?, ?)');
    this.#remove = database.prepare('delete from memory_words where rowid = ?');
    this.#count = database.prepare(
      'insert into memory_word_counts (owner, word, n) values (?, ?, ?) on conflict (owner, word) do update set n = n + excluded.n',
    );
    this.#uncount = database.prepare('delete from memory_word_counts where owner = ? and word = ? and n <= 0');
    this.#rise = rise(database);
  }

  /** Follows what a transaction did to rows, which are written already. */
  follow(changes: readonly RowChange[]): void {
    let added = false;
    for (const { projection, before, after } of changes) {
      if (projection !== 'memories') continue;
      // A projection's rows are of its own type; the list of changes holds those of all.
      const [was, is] = [before as Indexed | undefined, after as Indexed | undefined];
      if (was !== undefined && is !== undefined && isSame(was, is)) continue;
      if (was !== undefined && this.#unwait.run(was.bornSeq).changes === 0) this.#take(was);
      if (is !== undefined) this.#wait.run(is.bornSeq, is.memoryId);
      added ||= is !== undefined;
    }
    if (!added || (this.#waiting.get() ?? 0) < TOGETHER) return;
    finish(this.enter(this.#ready.all()));
    this.#entered.run();
  }

  /** Writes memories into the full text, and their counts when all are. */
  *enter(memories: Iterable<Indexed>): Work<void> {
    const counts = new Counts();
    for (const memory of memories) {
      const owner = ownerMark(memory);
      const { said, about } = wordsOf(memory);
      this.#enter.run(memory.bornSeq, marked(owner, said), marked(owner, about));
      counts.add(memory, owner, said, about, 1);
      yield;
    }
    for (const [owner, word, n] of counts.all()) {
      this.#count.run(owner, word, n);
      yield;
    }
    this.#rise.run();
  }

  #take(memory: Indexed): void {
    const counts = new Counts();
    const { said, about } = wordsOf(memory);
    this.#remove.run(memory.bornSeq);
    counts.add(memory, ownerMark(memory), said, about, -1);
    for (const [owner, word, n] of counts.all()) {
      this.#count.run(owner, word, n);
      this.#uncount.run(owner, word);
    }
    this.#rise.run();
  }
}

/** Adds up what is counted of memories, by owner's mark and word. */
class Counts {
  readonly #byOwner = new Map<string, Map<string, number>>();

  add(memory: Indexed, owner: string, said: readonly string[], about: readonly string[], by: 1 | -1): void {
    const words = this.#byOwner.get(owner) ?? new Map<string, number>();
    this.#byOwner.set(owner, words);
    const count = (word: string, n: number) => words.set(word, (words.get(word) ?? 0) + n);
    count(ALL, by);
    count(CHARACTERS, by * memory.text.length);
    for (const word of about) if (word.startsWith('@')) count(word, by);
    if (isSampled(memory.bornSeq)) for (const word of new Set(said)) count(word, by);
  }

  *all(): Generator<readonly [owner: string, word: string, n: number]> {
    for (const [owner, words] of this.#byOwner) for (const [word, n] of words) yield [owner, word, n];
  }
}

/** Makes the index anew from the rows. Runs in the caller's transaction. */
export function* remakeIndex(database: Database): Work<void> {
  remakeIndexTables(database);
  const restore = gatherMuch(database);
  yield* new MemoryIndex(database).enter(inOrderOfBirth(database));
  restore();
}

/** All memories by their place in the index: where one comes before the last, the full text writes out what it has gathered. */
function* inOrderOfBirth(database: Database): Generator<Indexed> {
  const places = database.prepare<[], number>('select rowid from memories order by bornSeq').pluck().all();
  const page = database.prepare<[string], Indexed>(`select ${COLUMNS} from json_each(?) j cross join memories m on m.rowid = j.value`);
  for (let from = 0; from < places.length; from += PAGE) yield* page.all(JSON.stringify(places.slice(from, from + PAGE)));
}

/** Memories read at a time when the index is made anew. */
const PAGE = 200;

/** Makes sure that there is an index of the present version. */
export function prepareIndex(database: Database): void {
  if (!isIndexCurrent(database)) database.transaction(() => finish(remakeIndex(database))).immediate();
}

/** What is left of an owner and its continuity in the index: six characters before each word. */
export function ownerMark({ ownerId, continuityId }: Pick<Indexed, 'ownerId' | 'continuityId'>): string {
  // FNV-1a. Two owners with one mark would only read each other's occurrences: rows are asked for by their full ids.
  let hash = 0x81_1c_9d_c5;
  for (const char of `${continuityId}/${ownerId}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01_00_01_93);
  return (hash >>> 0).toString(36).padStart(MARK, '0').slice(-MARK);
}

/** Characters of an owner's mark. */
const MARK = 6;

/** The words under which a memory is found. */
export function wordsOf({ text, clock }: Pick<Indexed, 'text' | 'clock'>): { said: string[]; about: string[] } {
  const speakers = new Set(speakersOf(text));
  return { said: stemsOf(saidIn(text)), about: [...[...speakers].map((name) => `@${name}`), ...dateWordsOf(clock).map((word) => `#${word}`)] };
}

function marked(owner: string, words: readonly string[]): string {
  let line = '';
  for (const word of words) line += line === '' ? owner + word : ` ${owner}${word}`;
  return line;
}

/** Whether the words of the memory born there are counted one by one. */
export function isSampled(bornSeq: number): boolean {
  // Scattered: what several owners learn in one turn falls into every remainder alike.
  return (Math.imul(bornSeq, 0x9e_37_79_b1) >>> 0) % SAMPLED === 0;
}

function isSame(a: Indexed, b: Indexed): boolean {
  return a.text === b.text && a.clock === b.clock && a.bornSeq === b.bornSeq && a.ownerId === b.ownerId && a.continuityId === b.continuityId;
}
