import type { LogEvent, ProjectionName } from '@offstage/domain';
import { declarationOf, handlerOf, projections, projectionsOf } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import type { Log } from './log.ts';
import type { Work } from './slices.ts';

/** Where an event touched a row, and the how manieth touch of that row it was, counted from 1. */
export interface Place {
  readonly seq: number;
  readonly n: number;
}

/** Notes that wait before they are written together, in the order of their trees: one at a time each costs its own page. */
const TOGETHER = 512;

/** Notes written, and events read, at a time. */
const AT_ONCE = 256;

/** Up to where in the log the notes are written. */
const MARK = 'touches';

/**
 * Which events touch which row, and which a bot owns. An event says both by itself, so the notes of the last ones need
 * not be written with it: they wait here, and are found again from the log. Everything is known of what `ready` has
 * seen and what was noted since.
 */
export class Touches {
  readonly #log: Log;
  readonly #count: Statement<[string, string], number>;
  readonly #page: Statement<[string, string, number, number], Place>;
  readonly #ownedPage: Statement<[string, number, number, number], number>;
  readonly #write: Statement<[string, string, number, number]>;
  readonly #own: Statement<[string, number]>;
  readonly #readMark: Statement<[string], string>;
  readonly #setMark: Statement<[string, string]>;
  readonly #waiting = new Map<string, Waiting>();
  readonly #owned = new Map<string, number[]>();
  #notes = 0;
  /** What stands in the file; undefined when it must be read first. */
  #mark: number | undefined;

  constructor(database: Database, log: Log) {
    this.#log = log;
    this.#count = database.prepare<[string, string], number>('select n from touches where projection = +? and key = +? order by seq desc limit 1').pluck();
    this.#page = database.prepare('select seq, n from touches where projection = +? and key = +? and seq > +? order by seq limit ?');
    this.#ownedPage = database.prepare<[string, number, number, number], number>('select seq from owned where owner = +? and seq > +? and seq <= +? order by seq limit ?').pluck();
    this.#write = database.prepare('insert into touches (projection, key, seq, n) values (?, ?, ?, ?)');
    this.#own = database.prepare('insert into owned (owner, seq) values (?, ?)');
    this.#readMark = database.prepare<[string], string>('select value from meta where name = ?').pluck();
    this.#setMark = database.prepare('insert or replace into meta (name, value) values (?, ?)');
  }

  /** Knows what waits. To be called before the log grows; lets go what a transaction before has written. */
  ready(): void {
    if (this.#mark !== undefined && this.#notes === 0) this.#clear();
    this.#read();
  }

  /** What was noted or read is no longer true: it was rolled back, or another connection has written. */
  forget(): void {
    this.#clear();
    this.#mark = undefined;
  }

  /** How many events have touched a row. */
  count(projection: ProjectionName, key: string): number {
    return this.#waiting.get(idOf(projection, key))?.places.at(-1)?.n ?? this.#count.get(projection, key) ?? 0;
  }

  /** Notes the `n`th touch of a row. */
  note(projection: ProjectionName, key: string, seq: number, n: number): void {
    const id = idOf(projection, key);
    const known = this.#waiting.get(id);
    if (known === undefined) this.#waiting.set(id, { projection, key, places: [{ seq, n }] });
    else known.places.push({ seq, n });
    this.#notes += 1;
  }

  /** Notes whose an event is. */
  own(event: LogEvent): void {
    for (const owner of new Set(declarationOf(event.kind).owners?.(event.payload))) {
      const known = this.#owned.get(owner);
      if (known === undefined) this.#owned.set(owner, [event.seq]);
      else known.push(event.seq);
      this.#notes += 1;
    }
  }

  /** The next `limit` touches of a row after a place in the log, in order; fewer than that are the last. */
  after(projection: ProjectionName, key: string, seq: number, limit: number): readonly Place[] {
    const stored = this.#page.all(projection, key, seq, limit);
    if (stored.length === limit) return stored;
    const waiting = this.waiting(projection, key).filter((place) => place.seq > seq && place.seq > (this.#mark ?? 0));
    return [...stored, ...waiting.slice(0, limit - stored.length)];
  }

  /** The next `limit` events of an owner after a place in the log, up to another; fewer than that are the last. */
  owned(owner: string, after: number, upTo: number, limit: number): readonly number[] {
    const stored = this.#ownedPage.all(owner, after, upTo, limit);
    if (stored.length === limit) return stored;
    const waiting = (this.#owned.get(owner) ?? []).filter((seq) => seq > after && seq <= upTo && seq > (this.#mark ?? 0));
    return [...stored, ...waiting.slice(0, limit - stored.length)];
  }

  /** The touches of a row that may not stand in the file yet. */
  waiting(projection: ProjectionName, key: string): readonly Place[] {
    this.#read();
    return this.#waiting.get(idOf(projection, key))?.places ?? [];
  }

  /** Writes what waits, when it is enough; `upTo` is the last place in the log. It is let go when that is committed. */
  *writeIfDue(upTo: number): Work<void> {
    if (this.#notes < TOGETHER) return;
    let written = 0;
    for (const id of [...this.#waiting.keys()].sort()) {
      const { projection, key, places } = this.#waiting.get(id) ?? NONE;
      for (const { seq, n } of places) {
        this.#write.run(projection, key, seq, n);
        if ((written += 1) % AT_ONCE === 0) yield;
      }
    }
    for (const owner of [...this.#owned.keys()].sort()) {
      for (const seq of this.#owned.get(owner) ?? []) {
        this.#own.run(owner, seq);
        if ((written += 1) % AT_ONCE === 0) yield;
      }
    }
    this.#setMark.run(MARK, String(upTo));
    this.#mark = upTo;
    this.#notes = 0;
  }

  /** Finds what waits in the log, unless it is known. */
  #read(): void {
    if (this.#mark !== undefined) return;
    this.#mark = Number(this.#readMark.get(MARK) ?? 0);
    for (let after = this.#mark; ; ) {
      const page = this.#log.after(after, AT_ONCE);
      for (const { event } of page) this.#noteAll(event);
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.event.seq;
    }
  }

  #noteAll(event: LogEvent): void {
    this.own(event);
    for (const projection of projectionsOf(event.kind)) {
      if (projections[projection].class !== 'story') continue;
      for (const key of new Set(handlerOf(projections[projection], event.kind)?.keys(event))) {
        this.note(projection, key, event.seq, this.count(projection, key) + 1);
      }
    }
  }

  #clear(): void {
    this.#waiting.clear();
    this.#owned.clear();
    this.#notes = 0;
  }
}

interface Waiting {
  readonly projection: ProjectionName;
  readonly key: string;
  readonly places: Place[];
}

const NONE: Waiting = { projection: 'turns', key: '', places: [] };

function idOf(projection: ProjectionName, key: string): string {
  return `${projection}\n${key}`;
}

/** Notes that everything in the log is written, where `anew`, or where that was never noted. */
export function markTouched(database: Database, { anew }: { readonly anew: boolean }): void {
  database
    .prepare(`insert or ${anew ? 'replace' : 'ignore'} into meta (name, value) values (?, (select coalesce(max(seq), 0) from events))`)
    .run(MARK);
}
