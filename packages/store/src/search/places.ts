import { RECALL, REACH, rarity } from '@offstage/domain/recall';
import type { Database, Statement } from 'better-sqlite3';
import type { Indexed } from './memoryIndex.ts';
import { ALL, CHARACTERS, ownerMark, SAMPLED, wordsOf } from './memoryIndex.ts';
import type { Question } from './question.ts';
import { isNameOf, namedIn } from './question.ts';
import { stemsOf } from './words.ts';

/** A word that was looked up: where it stands, by memory (its `bornSeq`), and what it weighs. */
export interface Found {
  readonly word: string;
  readonly weight: number;
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** Words that follow it in the question. */
  readonly next: readonly Found[];
}

/** What the index says to a question of one owner. */
export interface Occurrences {
  readonly found: readonly Found[];
  /** Those whom the question names, among those who speak in the owner's memories. */
  readonly named: ReadonlySet<string>;
  /** How many memories the owner has, and how many characters they have on average. */
  readonly all: number;
  readonly averageLength: number;
}

type Owner = Pick<Indexed, 'ownerId' | 'continuityId'>;
type Waiting = Pick<Indexed, 'bornSeq' | 'text' | 'clock'>;

/** A memory that has not entered the full text yet, as words. */
interface Read {
  readonly bornSeq: number;
  readonly said: readonly string[];
  readonly about: readonly string[];
}

type Column = 'said' | 'about';

interface Linked extends Found {
  readonly next: Linked[];
}

/** A word that may be looked up: `often` is how many memories have it, roughly. */
interface Wanted {
  readonly word: string;
  readonly column: Column;
  readonly weight: number;
  readonly often: number;
}

/** Occurrences of a word in one memory, about. */
const TIMES = 1.3;

/** Looks words up in the index of memories. */
export class Places {
  readonly #places: Statement<[string, number], [number, number]>;
  readonly #newest: Statement<[string, number], number>;
  readonly #count: Statement<[string, string], number>;
  readonly #counts: Statement<[string, string], [string, number]>;
  readonly #speakers: Statement<[string], string>;
  readonly #waiting: Statement<[string, string], Waiting>;

  constructor(database: Database) {
    this.#places = database
      .prepare<[string, number], [number, number]>('select doc, offset from memory_word_places where term = ? limit ?')
      .raw();
    this.#newest = database.prepare<[string, number], number>('select rowid from memory_words where memory_words match ? order by rowid desc limit ?').pluck();
    this.#count = database.prepare<[string, string], number>('select n from memory_word_counts where owner = +? and word = +?').pluck();
    this.#counts = database
      .prepare<[string, string], [string, number]>('select word, n from memory_word_counts where owner = +? and word in (select value from json_each(?))')
      .raw();
    this.#speakers = database
      .prepare<[string], string>(`select substr(word, 2) from memory_word_counts where owner = +? and word >= '@' and word < 'A' limit 1000`)
      .pluck();
    this.#waiting = database.prepare(
      `select m.bornSeq, m.text, m.clock from memory_words_waiting w cross join memories m on m.key = w.key
       where m.ownerId = ? and m.continuityId = ?`,
    );
  }

  /** Where the rarest words of a question stand in an owner's memories. */
  of(owner: Owner, question: Question): Occurrences {
    const mark = ownerMark(owner);
    const rows = this.#waiting.all(owner.ownerId, owner.continuityId);
    const waiting = rows.map(({ bornSeq, ...memory }): Read => ({ bornSeq, ...wordsOf(memory) }));
    const all = (this.#count.get(mark, ALL) ?? 0) + rows.length;
    const characters = rows.reduce((sum, { text }) => sum + text.length, this.#count.get(mark, CHARACTERS) ?? 0);
    const speakers = new Set([...this.#speakers.all(mark), ...waiting.flatMap(({ about }) => about).filter((word) => word.startsWith('@')).map((word) => word.slice(1))]);
    const named = namedIn(question, [...speakers]);
    const found = all === 0 ? [] : this.#look(mark, this.#wanted(mark, question, named), waiting, all);
    link(found, question.words);
    return { found, named, all, averageLength: characters / Math.max(1, all) };
  }

  /** The words worth looking up, the rarest first. Names and dates alone stand in for words where there are none. */
  #wanted(owner: string, question: Question, named: ReadonlySet<string>): Wanted[] {
    const words = [...new Set(question.words)];
    const sampled = new Map(this.#counts.all(owner, JSON.stringify(words)));
    const said = words.map((word): Wanted => {
      const weight = isNameOf(word, question, named) ? RECALL.name : 1;
      return { word, column: 'said', weight, often: (sampled.get(word) ?? 0) * SAMPLED };
    });
    const dates = new Set(question.dates.flatMap((word) => stemsOf(word)));
    if (said.some(({ word, weight }) => weight === 1 && !dates.has(word))) {
      // Among words that the sample has not met, the longer is the rarer.
      return said.sort((a, b) => a.often - b.often || b.word.length - a.word.length).slice(0, REACH.words);
    }
    const often = (word: string) => this.#count.get(owner, word) ?? 0;
    return [
      ...[...named].map((name): Wanted => ({ word: `@${name}`, column: 'about', weight: 1, often: often(`@${name}`) })),
      ...question.dates.map((word): Wanted => ({ word: `#${word}`, column: 'about', weight: 1, often: often(ALL) / 2 })),
    ].slice(0, REACH.words);
  }

  #look(owner: string, wanted: readonly Wanted[], waiting: readonly Read[], all: number): Linked[] {
    const found: Linked[] = [];
    let left: number = REACH.occurrences;
    for (const { word, column, weight, often } of wanted) {
      const fits = often * TIMES <= left;
      if (!fits && found.length > 0) continue;
      const places = new Map<number, number[]>();
      if (fits) {
        for (const [doc, at] of this.#places.all(owner + word, left)) note(places, doc, at);
      } else {
        // So common a word alone: the newest of those who have it, since all cannot be weighed.
        for (const doc of this.#newest.all(`${column}:"${owner}${word}"`, left)) note(places, doc, 0);
      }
      for (const memory of waiting) {
        memory[column].forEach((one, at) => one === word && note(places, memory.bornSeq, at));
      }
      if (places.size === 0) continue;
      for (const at of places.values()) left -= at.length;
      found.push({ word, weight: weight * rarity(Math.max(places.size, fits ? 0 : often), all), places, next: [] });
      if (left <= 0) break;
    }
    return found;
  }
}

/** Links each word to those that follow it in the question. */
function link(found: readonly Linked[], words: readonly string[]): void {
  const byWord = new Map(found.map((one) => [one.word, one]));
  for (const [n, word] of words.entries()) {
    const [here, there] = [byWord.get(word), byWord.get(words[n + 1] ?? '')];
    if (here !== undefined && there !== undefined && here !== there && !here.next.includes(there)) here.next.push(there);
  }
}

function note(places: Map<number, number[]>, doc: number, at: number): void {
  const known = places.get(doc);
  if (known === undefined) places.set(doc, [at]);
  else known.push(at);
}
