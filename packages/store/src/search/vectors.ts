import type { Row } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import { createHash } from 'node:crypto';

/** A memory whose words are wanted as a vector. */
export type Wordy = Pick<Row<'memories'>, 'memoryId' | 'ownerId' | 'text'>;

/** Memories as vectors of one embedding model. */
export interface Vectors {
  /** Keeps what the model made of a memory's text. Throws RangeError for a vector that is empty or not of numbers. */
  put(memory: Wordy, vector: Float32Array): Promise<void>;
  /**
   * Memories in force that have no vector of their present text, the newest first, at most so many. One call looks at
   * the newest and at one page of the rest, the next page at the next call: ask again for as long as work is wanted.
   */
  missing(limit: number): Promise<readonly Wordy[]>;
}

/** A memory that is near in meaning. */
export interface Near {
  readonly memoryId: string;
  /** 1 for the same direction, 0 for none in common, -1 for the opposite. */
  readonly similarity: number;
}

/** How many of the newest memories, and of all others in turn, one call of `missing` looks at. */
const NEWEST = 100;
const PAGE = 500;

type Owner = Pick<Row<'memories'>, 'ownerId' | 'continuityId'>;

interface Kept extends Wordy {
  readonly at: number;
  readonly textHash: string | null;
}

interface Opened {
  readonly model: string;
  readonly near: Statement<[Buffer, string, string, string, number, number], { memoryId: string; distance: number | null }>;
}

/**
 * Vectors of memories, beside the log: they survive rewinds. Nothing is loaded before `open`. Distances are worked out
 * over one owner's memories in force; others are not touched (ME-2).
 */
export class MemoryVectors {
  readonly #reading: Database;
  readonly #put: Statement<[string, string, string, string, Buffer]>;
  #opened: Opened | undefined;
  /** Where `missing` goes on, counting down. */
  #next = Number.MAX_SAFE_INTEGER;

  constructor(writing: Database, reading: Database) {
    this.#reading = reading;
    this.#put = writing.prepare('insert or replace into memory_vectors (model, ownerId, memoryId, textHash, vector) values (?, ?, ?, ?, ?)');
  }

  /** From now on meanings are those of this model. Throws Error where sqlite-vec has nothing for this kind of machine. */
  async open(model: string): Promise<void> {
    if (this.#opened === undefined) (await import('sqlite-vec')).load(this.#reading);
    if (this.#opened?.model === model) return;
    this.#next = Number.MAX_SAFE_INTEGER;
    const near = this.#reading.prepare<[Buffer, string, string, string, number, number], { memoryId: string; distance: number | null }>(
      `select v.memoryId, vec_distance_cosine(v.vector, ?) as distance from memory_vectors v cross join memories m on m.key = v.memoryId
       where v.model = +? and v.ownerId = +? and m.ownerId = v.ownerId and m.continuityId = ? and length(v.vector) = ?
       order by distance limit ?`,
    );
    this.#opened = { model, near };
  }

  put({ memoryId, ownerId, text }: Wordy, vector: Float32Array): void {
    if (!isVector(vector)) throw new RangeError(`What the model made of the memory ${memoryId} is no vector.`);
    this.#put.run(this.#model(), ownerId, memoryId, hashOf(text), bytesOf(vector));
  }

  missing(limit: number): Wordy[] {
    const select = this.#reading.prepare<[string, number, number], Kept>(
      `select m.rowid as at, m.memoryId, m.ownerId, m.text, v.textHash from memories m
       left join memory_vectors v on v.model = ? and v.ownerId = m.ownerId and v.memoryId = m.memoryId
       where m.rowid < +? order by m.rowid desc limit ?`,
    );
    const newest = select.all(this.#model(), Number.MAX_SAFE_INTEGER, NEWEST);
    const from = Math.min(this.#next, newest.at(-1)?.at ?? 0);
    const others = select.all(this.#model(), from, PAGE);
    const found: Wordy[] = [];
    for (const { at, memoryId, ownerId, text, textHash } of [...newest, ...others]) {
      if (found.length >= limit) return found;
      if (at < from) this.#next = at;
      if (textHash === null || textHash !== hashOf(text)) found.push({ memoryId, ownerId, text });
    }
    // All others were looked at: the round begins anew.
    if (others.length < PAGE) this.#next = Number.MAX_SAFE_INTEGER;
    return found;
  }

  /** An owner's nearest memories, nearest first; none while no model is opened, or for a vector of another length. */
  nearest({ ownerId, continuityId }: Owner, vector: Float32Array, most: number): Near[] {
    if (this.#opened === undefined || !isVector(vector)) return [];
    const { model, near } = this.#opened;
    const bytes = bytesOf(vector);
    return near
      .all(bytes, model, ownerId, continuityId, bytes.length, most)
      // A vector of noughts has no direction, and so no distance.
      .flatMap(({ memoryId, distance }) => (distance === null ? [] : { memoryId, similarity: 1 - distance }));
  }

  #model(): string {
    if (this.#opened === undefined) throw new Error('No embedding model is opened.');
    return this.#opened.model;
  }
}

function isVector(vector: Float32Array): boolean {
  return vector.length > 0 && vector.every((one) => Number.isFinite(one));
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Enough of a hash to tell one memory's texts apart. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
