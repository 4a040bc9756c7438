import type { Database, Statement } from 'better-sqlite3';
import { CHANGES } from './indexTables.ts';
import { WordPlaces } from './wordPlaces.ts';

/** Occurrences kept at hand, of all owners together: some 16 bytes each. */
const KEPT = 150_000;
/** Words whose counts are kept at hand. */
const COUNTS_KEPT = 40_000;

/**
 * What was looked up of late, kept until something enters or leaves the index, which happens once in 32 memories: the
 * last reply is part of every question about the next message, so most of its words have been looked up before.
 */
export class WordShelf {
  readonly #changes: Statement<[string], string>;
  #as: string | undefined;
  readonly #places = new Map<string, WordPlaces>();
  readonly #counts = new Map<string, number>();
  #kept = 0;

  constructor(database: Database) {
    this.#changes = database.prepare<[string], string>('select value from meta where name = ?').pluck();
  }

  /** Lets go of everything if the index has changed. Before each search. */
  freshen(): void {
    const as = this.#changes.get(CHANGES);
    if (as === this.#as) return;
    this.#as = as;
    this.#empty();
    this.#counts.clear();
  }

  places(word: string, read: () => readonly (readonly [doc: number, at: number])[]): WordPlaces {
    const known = this.#places.get(word);
    if (known !== undefined) return known;
    const places = WordPlaces.of(read());
    if (this.#kept + places.size > KEPT) this.#empty();
    this.#places.set(word, places);
    this.#kept += places.size;
    return places;
  }

  /** How often each of these words was counted; `read` is asked for those that are not at hand, and leaves out what was never counted. */
  counts(words: readonly string[], read: (unknown: readonly string[]) => readonly (readonly [word: string, n: number])[]): (word: string) => number {
    const unknown = words.filter((word) => !this.#counts.has(word));
    if (this.#counts.size + unknown.length > COUNTS_KEPT) {
      this.#counts.clear();
      return this.counts(words.slice(0, COUNTS_KEPT), read);
    }
    if (unknown.length > 0) {
      const found = new Map(read(unknown));
      for (const word of unknown) this.#counts.set(word, found.get(word) ?? 0);
    }
    return (word) => this.#counts.get(word) ?? 0;
  }

  #empty(): void {
    this.#places.clear();
    this.#kept = 0;
  }
}
