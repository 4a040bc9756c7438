import { RECALL, REACH, rarity } from '@offstage/domain/recall';
import type { Database, Statement } from 'better-sqlite3';
import type { Indexed } from './memoryIndex.ts';
import { ALL, CHARACTERS, ownerMark, SAMPLED, wordsOf } from './memoryIndex.ts';
import type { Question } from './question.ts';
import { isNameOf, namedIn } from './question.ts';
import { stemsOf } from './words.ts';
import { WordPlaces } from './wordPlaces.ts';
import { WordShelf } from './wordShelf.ts';

/** A word that was looked up: where it stands, by memory (its `bornSeq`), and what it weighs. */
export interface Found {
  readonly word: string;
  readonly weight: number;
  readonly places: WordPlaces;
  /** The same for memories that have not entered the index yet. */
  readonly fresh: ReadonlyMap<number, readonly number[]>;
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
  readonly from: Waiting;
  readonly said: ReadonlyMap<string, readonly number[]>;
  readonly about: ReadonlyMap<string, readonly number[]>;
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

/** Memories that are kept as words while they wait to enter the full text. */
const READ_KEPT = 1_000;

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
  readonly #shelf: WordShelf;
  readonly #read = new Map<number, Read>();

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
    this.#shelf = new WordShelf(database);
  }

  /** Where the rarest words of a question stand in an owner's memories. */
  of(owner: Owner, question: Question): Occurrences {
    const mark = ownerMark(owner);
    this.#shelf.freshen();
    const rows = this.#waiting.all(owner.ownerId, owner.continuityId);
    const waiting = rows.map((memory) => this.#inWords(memory));
    const all = (this.#count.get(mark, ALL) ?? 0) + rows.length;
    const characters = rows.reduce((sum, { text }) => sum + text.length, this.#count.get(mark, CHARACTERS) ?? 0);
    const speakers = new Set([...this.#speakers.all(mark), ...waiting.flatMap(({ about }) => [...about.keys()]).filter((word) => word.startsWith('@')).map((word) => word.slice(1))]);
    const named = namedIn(question, [...speakers]);
    const found = all === 0 ? [] : this.#look(mark, this.#wanted(mark, question, named), waiting, all);
    link(found, question.words);
    return { found, named, all, averageLength: characters / Math.max(1, all) };
  }

  /** A memory that waits is read once, and most that wait now waited before. */
  #inWords(from: Waiting): Read {
    const known = this.#read.get(from.bornSeq);
    if (known !== undefined && known.from.text === from.text && known.from.clock === from.clock) return known;
    const { said, about } = wordsOf(from);
    const read = { from, said: placesIn(said), about: placesIn(about) };
    if (this.#read.size >= READ_KEPT) this.#read.clear();
    this.#read.set(from.bornSeq, read);
    return read;
  }

  /** The words worth looking up, the rarest first. Names and dates alone stand in for words where there are none. */
  #wanted(owner: string, question: Question, named: ReadonlySet<string>): Wanted[] {
    const words = [...new Set(question.words)];
    const sampled = this.#shelf.counts(words.map((word) => owner + word), (unknown) =>
      this.#counts.all(owner, JSON.stringify(unknown.map((word) => word.slice(owner.length)))).map(([word, n]) => [owner + word, n] as const),
    );
    const said = words.map((word): Wanted => {
      const weight = isNameOf(word, question, named) ? RECALL.name : 1;
      return { word, column: 'said', weight, often: sampled(owner + word) * SAMPLED };
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
      // So common a word alone: the newest of those who have it, since all cannot be weighed.
      const places = fits
        ? this.#shelf.places(owner + word, () => this.#places.all(owner + word, REACH.occurrences)).first(left)
        : WordPlaces.of(this.#newest.all(`${column}:"${owner}${word}"`, left).map((doc) => [doc, 0] as const).reverse());
      const fresh = new Map<number, readonly number[]>();
      for (const memory of waiting) {
        const at = memory[column].get(word);
        if (at !== undefined) fresh.set(memory.from.bornSeq, at);
      }
      const memories = places.docs.length + fresh.size;
      if (memories === 0) continue;
      left -= places.size;
      for (const at of fresh.values()) left -= at.length;
      found.push({ word, weight: weight * rarity(Math.max(memories, fits ? 0 : often), all), places, fresh, next: [] });
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

function placesIn(words: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [at, word] of words.entries()) {
    const known = places.get(word);
    if (known === undefined) places.set(word, [at]);
    else known.push(at);
  }
  return places;
}
