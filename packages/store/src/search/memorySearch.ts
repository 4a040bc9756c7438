import type { Row } from '@offstage/domain';
import { keyOf } from '@offstage/domain';
import {
  offeredOnce, RECALL, REACH, recencyWeight, reliabilityWeight, saturated, significanceWeight,
} from '@offstage/domain/recall';
import type { Database, Statement } from 'better-sqlite3';
import type { RowTable } from '../rowTable.ts';
import type { Rows } from '../rows.ts';
import type { Found, Occurrences } from './places.ts';
import { Places } from './places.ts';
import type { Question } from './question.ts';
import { readQuestion } from './question.ts';
import { Sums } from './sums.ts';
import type { Near } from './vectors.ts';
import { dateWordsOf, speakersOf } from './words.ts';

/** What memories are asked for. There is no search without an owner and a continuity (ME-2). */
export interface MemoryQuery {
  readonly ownerId: string;
  readonly continuityId: string;
  /** A question, or the words that memories are wanted for. */
  readonly text: string;
  /** How many memories at most. */
  readonly k: number;
  /** The chat where it is asked: how long ago its memories are is counted in its turns. */
  readonly chatId?: string;
  /** Memories that are known already: neither they nor what covers them, or what they cover, is found. */
  readonly exclude?: readonly string[];
  /** The text as a vector of the embedding model that is configured. */
  readonly vector?: Float32Array;
}

/** What is known of a question before it is asked. */
export type WordsQuery = Pick<MemoryQuery, 'ownerId' | 'continuityId' | 'text'>;

/** A memory that was found, and what made its score. */
export interface MemoryHit {
  readonly memory: Row<'memories'>;
  readonly score: number;
  readonly why: {
    /** What its own words, names and date count. */
    readonly text: number;
    /** How near its meaning is, 1 for the same; null where that was not asked, or it is not among the nearest. */
    readonly vector: number | null;
    /** What its scene and its neighbours there lend it. */
    readonly neighbour: number;
    /** Weights that the sum is multiplied by. */
    readonly significance: number;
    readonly recency: number;
    readonly reliability: number;
  };
}

/** Finds the nearest memories of an owner by meaning, nearest first. */
export type Nearest = (owner: Pick<MemoryQuery, 'ownerId' | 'continuityId'>, vector: Float32Array, most: number) => readonly Near[];

/** What is read of every memory that may be meant; `size` is its text's length in bytes. */
type Slim = Pick<Row<'memories'>, 'memoryId' | 'chatId' | 'turnId' | 'kind' | 'clock' | 'sceneId' | 'coveredBy' | 'significance' | 'reliability' | 'bornSeq'> & {
  readonly size: number;
};

const SLIM = 'memoryId, chatId, turnId, kind, clock, sceneId, coveredBy, significance, reliability, bornSeq, octet_length(text) as size';

/** A memory's row as it stands in its table; its lists are read only when it is offered. */
type Raw = Omit<Row<'memories'>, 'witnesses' | 'quotes'>;

interface Candidate {
  readonly memory: Slim;
  text: number;
  neighbour: number;
  vector: number | null;
  /** What was found before weighing. */
  sum: number;
}

type Owned = readonly [ownerId: string, continuityId: string];

/** Memories after or before a match among which its two neighbours in the scene are sought: other chats may go on beside it. */
const BESIDE = 3;

/** Memories, those with the highest sums, that are weighed for each that is wanted. */
const WEIGHED_EACH = 3;

/** Searches memories: by their words first, then by what lies beside them, then by how much they matter (ME-5). */
export class MemorySearch {
  readonly #memories: RowTable;
  readonly #rows: Rows;
  readonly #places: Places;
  readonly #nearest: Nearest;
  readonly #born: Statement<[string, string, string], Slim>;
  readonly #keyed: Statement<[string, string, string], Slim>;
  readonly #whole: Statement<[string, string, string], Raw>;
  readonly #texts: Statement<[string, string, string], { memoryId: string; text: string }>;
  readonly #covers: Statement<[string, string, string], string>;
  readonly #after: Statement<[string, string, number], number>;
  readonly #before: Statement<[string, string, number], number>;
  readonly #span: Statement<[string, string, string, string], { first: number | null; last: number | null }>;
  readonly #depths: Statement<[string], [turnId: string, depth: number]>;
  readonly #head: Statement<[string], number>;
  /** One read of the file for all statements: each by itself would lock it, and look whether it has changed. */
  readonly #searchInOneRead: (query: MemoryQuery) => MemoryHit[];
  readonly #lookUpInOneRead: (query: WordsQuery) => void;

  constructor(database: Database, rows: Rows, nearest: Nearest) {
    this.#rows = rows;
    this.#memories = rows.table('memories');
    this.#places = new Places(database);
    this.#nearest = nearest;
    // Every way to a memory begins with its owner and continuity (ME-2).
    const own = 'where ownerId = +? and continuityId = +?';
    const keyed = '+ownerId = ? and +continuityId = ? and key in (select value from json_each(?))';
    const select = <R>(rest: string) => database.prepare<[string, string, string], R>(rest);
    this.#born = select(`select ${SLIM} from memories ${own} and bornSeq in (select value from json_each(?))`);
    this.#keyed = select(`select ${SLIM} from memories where ${keyed}`);
    this.#whole = select(`select * from memories where ${keyed}`);
    this.#texts = select(`select memoryId, text from memories where ${keyed}`);
    this.#covers = database.prepare<[string, string, string], string>(`select coveredBy from memories where ${keyed} and coveredBy is not null`).pluck();
    const beside = (than: '>' | '<', order: string) =>
      database.prepare<[string, string, number], number>(`select bornSeq from memories ${own} and bornSeq ${than} +? order by bornSeq ${order} limit ${BESIDE}`).pluck();
    this.#after = beside('>', 'asc');
    this.#before = beside('<', 'desc');
    this.#span = database.prepare(
      `select (select bornSeq from memories ${own} order by bornSeq limit 1) as first,
              (select bornSeq from memories ${own} order by bornSeq desc limit 1) as last`,
    );
    this.#depths = database.prepare<[string], [string, number]>('select turnId, depth from tree where turnId in (select value from json_each(?))').raw();
    this.#head = database.prepare<[string], number>('select depth from heads where chatId = ?').pluck();
    this.#searchInOneRead = database.transaction((query: MemoryQuery) => this.#search(query));
    this.#lookUpInOneRead = database.transaction((query: WordsQuery) => void this.#places.of(query, readQuestion(query.text)));
  }

  /** The memories that answer a question best, best first. */
  search(query: MemoryQuery): MemoryHit[] {
    return this.#searchInOneRead(query);
  }

  /** Looks up what a question asks for, so that it is at hand when the question comes with more words. */
  lookUp(query: WordsQuery): void {
    this.#lookUpInOneRead(query);
  }

  #search(query: MemoryQuery): MemoryHit[] {
    const owned: Owned = [query.ownerId, query.continuityId];
    const question = readQuestion(query.text);
    const occurrences = this.#places.of(query, question);
    const candidates = this.#matching(owned, occurrences);
    this.#lift(owned, candidates);
    addDates(candidates, question);
    for (const one of candidates.values()) one.sum = one.text + one.neighbour;
    if (query.vector !== undefined) this.#fuse(owned, candidates, query.vector);
    this.#addAccounts(owned, candidates);
    return this.#offer(query, owned, this.#weighed(query, owned, candidates, occurrences));
  }

  /** The memories that share the heaviest words with the question, scored in full. */
  #matching(owned: Owned, { found, averageLength }: Occurrences): Map<number, Candidate> {
    const sums = new Sums(found.reduce((docs, { places, fresh }) => docs + places.docs.length + fresh.size, 0));
    for (const { weight, places, fresh } of found) {
      for (let n = 0; n < places.docs.length; n += 1) sums.add(places.docs[n] ?? 0, weight * saturated(places.times(n), 1));
      for (const [doc, at] of fresh) sums.add(doc, weight * saturated(at.length, 1));
    }
    const candidates = new Map<number, Candidate>();
    for (const memory of this.#born.all(...owned, JSON.stringify(sums.best(REACH.scored)))) {
      const length = memory.size / Math.max(1, averageLength);
      const at = found.map((one) => placesOf(one, memory.bornSeq));
      let text = 0;
      for (const [n, places] of at.entries()) {
        if (places !== undefined) text += (found[n]?.weight ?? 0) * saturated(places.length, length);
      }
      candidates.set(memory.bornSeq, candidate(memory, text + pairs(found, at)));
    }
    return candidates;
  }

  /** Lends a share of what matched to what lies beside it in its scene, and a little to all of the scene. */
  #lift(owned: Owned, candidates: Map<number, Candidate>): void {
    const hits = [...candidates.values()].sort((a, b) => b.text - a.text);
    const scenes = new Map<string, number[]>();
    for (const { memory, text } of hits) {
      if (memory.sceneId !== null) scenes.set(memory.sceneId, [...(scenes.get(memory.sceneId) ?? []), text].slice(0, 3));
    }
    const lifting = hits.filter(({ memory }) => memory.sceneId !== null && memory.kind !== 'scene').slice(0, REACH.lifting);
    const beside = lifting.map((hit) => ({
      hit,
      after: this.#after.all(...owned, hit.memory.bornSeq),
      before: this.#before.all(...owned, hit.memory.bornSeq),
    }));
    const near = new Set(beside.flatMap(({ after, before }) => [...after, ...before]).filter((born) => !candidates.has(born)));
    const others = new Map(this.#born.all(...owned, JSON.stringify([...near])).map((memory) => [memory.bornSeq, memory]));
    const row = (born: number) => candidates.get(born)?.memory ?? others.get(born);
    for (const { hit, after, before } of beside) {
      const ofScene = (born: readonly number[]) => born.flatMap((one) => row(one) ?? []).filter(({ sceneId, kind }) => sceneId === hit.memory.sceneId && kind !== 'scene');
      const [later, earlier] = [ofScene(after), ofScene(before)];
      for (const { step, share } of RECALL.neighbours) {
        const neighbour = (step > 0 ? later : earlier)[Math.abs(step) - 1];
        if (neighbour !== undefined) at(candidates, neighbour).neighbour += share * hit.text;
      }
    }
    for (const one of candidates.values()) {
      const [first = 0, second = 0, third = 0] = scenes.get(one.memory.sceneId ?? '') ?? [];
      one.neighbour += RECALL.scene * (first + second / 2 + third / 4);
    }
  }

  /** Reciprocal rank fusion with what is nearest in meaning: the sums are made anew from places in both lists. */
  #fuse(owned: Owned, candidates: Map<number, Candidate>, vector: Float32Array): void {
    const byText = [...candidates.values()].filter(({ sum }) => sum > 0).sort((a, b) => b.sum - a.sum);
    for (const one of candidates.values()) one.sum = 0;
    byText.forEach((one, rank) => (one.sum += 1 / (RECALL.fusion + rank)));
    const nearest = this.#nearest({ ownerId: owned[0], continuityId: owned[1] }, vector, REACH.nearest);
    const rows = new Map(this.#keyed.all(...owned, JSON.stringify(nearest.map(({ memoryId }) => memoryId))).map((memory) => [memory.memoryId, memory]));
    nearest.forEach(({ memoryId, similarity }, rank) => {
      const memory = rows.get(memoryId);
      if (memory === undefined) return;
      const one = at(candidates, memory);
      one.vector = similarity;
      one.sum += 1 / (RECALL.fusion + rank);
    });
  }

  /** Brings in the accounts that cover what was found: one side of each is offered. */
  #addAccounts(owned: Owned, candidates: Map<number, Candidate>): void {
    const known = new Set([...candidates.values()].map(({ memory }) => memory.memoryId));
    const missing = new Set([...candidates.values()].flatMap(({ memory: { coveredBy } }) => (coveredBy === null || known.has(coveredBy) ? [] : [coveredBy])));
    if (missing.size === 0) return;
    for (const memory of this.#keyed.all(...owned, JSON.stringify([...missing]))) at(candidates, memory);
  }

  #weighed(query: MemoryQuery, owned: Owned, candidates: ReadonlyMap<number, Candidate>, { all, named }: Occurrences): Weighed[] {
    const pins = this.#rows.get('pins', keyOf(query.continuityId, query.ownerId)) as Row<'pins'> | undefined;
    const pinned = new Set(pins?.pins.map(({ memoryId }) => memoryId));
    const bySum = [...candidates.values()].sort((a, b) => b.sum - a.sum);
    const first = bySum.slice(0, Math.max(REACH.weighed, WEIGHED_EACH * query.k));
    // Those that cover one of them are weighed too, however little they share with the question.
    const accounts = new Set(first.flatMap(({ memory: { coveredBy } }) => coveredBy ?? []));
    const taken = [...first, ...bySum.slice(first.length).filter(({ memory }) => accounts.has(memory.memoryId))];
    const since = this.#turnsSince(query, owned, all, taken);
    const speaks = this.#speakers(owned, taken, named);
    return taken
      .map(({ memory, ...one }): Weighed => {
        const { memoryId } = memory;
        const why = {
          text: one.text,
          vector: one.vector,
          neighbour: one.neighbour,
          significance: significanceWeight(memory.significance),
          recency: recencyWeight(pinned.has(memoryId) ? 0 : since(memory)),
          reliability: reliabilityWeight(memory.reliability),
        };
        const sum = one.sum * (speaks.has(memoryId) ? 1 + RECALL.speaker : 1);
        return { memory, why, score: sum * why.significance * why.recency * why.reliability };
      })
      .sort((a, b) => b.score - a.score || b.memory.bornSeq - a.memory.bornSeq);
  }

  /** Where the question names one person: the memories in which that person speaks, for what they say is rather meant. */
  #speakers(owned: Owned, taken: readonly Candidate[], named: ReadonlySet<string>): ReadonlySet<string> {
    if (named.size !== 1) return new Set();
    const texts = this.#texts.all(...owned, JSON.stringify(taken.map(({ memory }) => memory.memoryId)));
    return new Set(texts.filter(({ text }) => speakersOf(text).some((name) => named.has(name))).map(({ memoryId }) => memoryId));
  }

  /** How many turns ago a memory is: by the chat's own turns, elsewhere by how many memories came since, about. */
  #turnsSince({ chatId }: MemoryQuery, owned: Owned, all: number, taken: readonly Candidate[]): (memory: Slim) => number {
    const head = chatId === undefined ? undefined : this.#head.get(chatId);
    const { first, last } = this.#span.get(...owned, ...owned) ?? { first: null, last: null };
    const each = all / Math.max(1, (last ?? 0) - (first ?? 0) + 1);
    const here = head === undefined ? [] : taken.flatMap(({ memory }) => (memory.chatId === chatId ? memory.turnId : []));
    const depths = new Map(here.length === 0 ? [] : this.#depths.all(JSON.stringify(here)));
    return (memory) => {
      const depth = depths.get(memory.turnId);
      return head !== undefined && depth !== undefined ? head - depth : ((last ?? 0) - memory.bornSeq) * each;
    };
  }

  #offer(query: MemoryQuery, owned: Owned, weighed: readonly Weighed[]): MemoryHit[] {
    const known = new Set(query.exclude);
    const coversKnown = new Set(known.size === 0 ? [] : this.#covers.all(...owned, JSON.stringify([...known])));
    const offered = offeredOnce(weighed, known, coversKnown)
      .filter(({ score }) => score > 0)
      .slice(0, Math.max(0, query.k));
    const whole = new Map(this.#whole.all(...owned, JSON.stringify(offered.map(({ memory }) => memory.memoryId))).map((raw) => [raw.memoryId, raw]));
    return offered.flatMap(({ memory: { memoryId }, score, why }) => {
      const raw = whole.get(memoryId);
      return raw === undefined ? [] : { memory: this.#memories.decode(raw) as Row<'memories'>, score, why };
    });
  }
}

interface Weighed {
  readonly memory: Slim;
  readonly score: number;
  readonly why: MemoryHit['why'];
}

function candidate(memory: Slim, text = 0): Candidate {
  return { memory, text, neighbour: 0, vector: null, sum: 0 };
}

/** The candidate for a memory, made when there is none. */
function at(candidates: Map<number, Candidate>, memory: Slim): Candidate {
  const known = candidates.get(memory.bornSeq);
  if (known !== undefined) return known;
  const made = candidate(memory);
  candidates.set(memory.bornSeq, made);
  return made;
}

/** Where a word stands in one memory. */
function placesOf({ places, fresh }: Found, doc: number): ArrayLike<number> | undefined {
  const n = places.find(doc);
  return n < 0 ? fresh.get(doc) : places.at(n);
}

/** What words that stand side by side in the question add where they do so in a memory; `at` says where each stands in it. */
function pairs(found: readonly Found[], at: readonly (ArrayLike<number> | undefined)[]): number {
  let sum = 0;
  for (const [n, { weight, next }] of found.entries()) {
    const here = at[n];
    if (here === undefined) continue;
    for (const other of next) {
      const there = at[found.indexOf(other)];
      if (there !== undefined && isFollowed(here, there)) sum += (RECALL.pair * (weight + other.weight)) / 2;
    }
  }
  return sum;
}

function isFollowed(here: ArrayLike<number>, there: ArrayLike<number>): boolean {
  for (let n = 0; n < here.length; n += 1) {
    for (let m = 0; m < there.length; m += 1) if (there[m] === (here[n] ?? 0) + 1) return true;
  }
  return false;
}

function addDates(candidates: ReadonlyMap<number, Candidate>, { dates }: Question): void {
  if (dates.length === 0) return;
  const best = Math.max(0, ...[...candidates.values()].map(({ text }) => text));
  for (const one of candidates.values()) {
    const own = dateWordsOf(one.memory.clock);
    one.text += RECALL.date * best * (dates.filter((word) => own.includes(word)).length / dates.length);
  }
}
