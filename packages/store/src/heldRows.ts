import type { LogEvent, ProjectionName } from '@offstage/domain';
import { declarationOf, handlerOf, projectionNames, projections, projectionsOf } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import { CHECKPOINT_EVERY } from './checkpoints.ts';
import { Rows } from './rows.ts';
import type { Work } from './slices.ts';

/** So many touches of a row are still written one by one. */
const FEW = 2;

/** Places that one statement writes. */
const PLACES_AT_ONCE = 2_000;

/** Places in the log held in memory before everything is written out and forgotten: bounds what a long log costs. */
const HELD_PLACES = 2_000_000;

interface Held {
  row: object | undefined;
  changedSeq: number;
  /** Touches written out before. */
  readonly written: number;
  /** Places in the log that touched the row since. */
  readonly touches: number[];
  readonly checkpoints: { seq: number; row: string | null }[];
}

/**
 * Rows being folded from the whole log. They are written out at the end, key by key in order: the trees in the file
 * then grow at one end only, which is most of what makes a rebuild fast.
 */
export class HeldRows {
  readonly #rows: Rows;
  readonly #held = new Map<ProjectionName, Map<string, Held>>();
  readonly #touch: Statement<[string, string, number, number]>;
  readonly #lay: Statement<[string, string, number, string | null]>;
  readonly #touchMany: Statement<[string, string, number, string]>;
  readonly #own: Statement<[string, string]>;
  readonly #owned = new Map<string, number[]>();
  readonly #lastTouch: Statement<[string, string], { n: number }>;
  #noted = 0;
  #flushed = false;

  constructor(database: Database) {
    this.#rows = new Rows(database);
    this.#touch = database.prepare('insert into touches (projection, key, seq, n) values (?, ?, ?, ?)');
    this.#lay = database.prepare('insert into checkpoints (projection, key, seq, row) values (?, ?, ?, ?)');
    this.#touchMany = database.prepare(
      'insert into touches (projection, key, seq, n) select ?, ?, value, ? + key + 1 from json_each(?)',
    );
    this.#own = database.prepare('insert into owned (owner, seq) select ?, value from json_each(?)');
    this.#lastTouch = database.prepare(
      'select n from touches where projection = +? and key = +? order by seq desc limit 1',
    );
    for (const name of projectionNames) this.#held.set(name, new Map());
  }

  /** Folds one event; story rows only when it is in force. */
  fold(event: LogEvent, live: boolean): void {
    for (const owner of new Set(declarationOf(event.kind).owners?.(event.payload))) this.#note(listIn(this.#owned, owner), event.seq);
    for (const name of projectionsOf(event.kind)) {
      const handler = handlerOf(projections[name], event.kind);
      if (handler === undefined) continue;
      const story = projections[name].class === 'story';
      for (const key of new Set(handler.keys(event))) {
        const held = this.#at(name, key);
        const after = live || !story ? handler.evolve(held.row, event, key) : held.row;
        if (after !== held.row) {
          held.row = after;
          held.changedSeq = event.seq;
        }
        if (story) this.#touched(held, event.seq);
      }
    }
  }

  /** True when so much is held that it has to be written out first. */
  get isFull(): boolean {
    return this.#noted > HELD_PLACES;
  }

  /** Writes everything out and forgets it. */
  *flush(): Work<void> {
    for (const [name, rows] of this.#held) {
      for (const key of [...rows.keys()].sort()) {
        const held = rows.get(key);
        if (held !== undefined) yield* this.#write(name, key, held);
        yield;
      }
      rows.clear();
    }
    for (const [owner, places] of this.#owned) {
      for (let from = 0; from < places.length; from += PLACES_AT_ONCE) {
        this.#own.run(owner, JSON.stringify(places.slice(from, from + PLACES_AT_ONCE)));
        yield;
      }
    }
    this.#owned.clear();
    this.#noted = 0;
    this.#flushed = true;
  }

  #note(list: number[], seq: number): void {
    list.push(seq);
    this.#noted += 1;
  }

  #touched(held: Held, seq: number): void {
    this.#note(held.touches, seq);
    if ((held.written + held.touches.length) % CHECKPOINT_EVERY === 0) {
      held.checkpoints.push({ seq, row: held.row === undefined ? null : JSON.stringify(held.row) });
    }
  }

  *#write(name: ProjectionName, key: string, held: Held): Work<void> {
    const { written, touches } = held;
    if (touches.length > FEW) {
      for (let from = 0; from < touches.length; from += PLACES_AT_ONCE) {
        this.#touchMany.run(name, key, written + from, JSON.stringify(touches.slice(from, from + PLACES_AT_ONCE)));
        yield;
      }
    } else for (const [n, seq] of touches.entries()) this.#touch.run(name, key, seq, written + n + 1);
    for (const { seq, row } of held.checkpoints) this.#lay.run(name, key, seq, row);
    if (held.changedSeq === 0) return;
    if (this.#flushed) this.#rows.write(name, key, this.#rows.get(name, key), held.row, held.changedSeq);
    else if (held.row !== undefined) this.#rows.add(name, key, held.row, held.changedSeq);
  }

  #at(name: ProjectionName, key: string): Held {
    const rows = this.#held.get(name);
    let held = rows?.get(key);
    if (held === undefined) {
      const row = this.#flushed ? this.#rows.get(name, key) : undefined;
      const written = this.#flushed ? (this.#lastTouch.get(name, key)?.n ?? 0) : 0;
      held = { row, changedSeq: 0, written, touches: [], checkpoints: [] };
      rows?.set(key, held);
    }
    return held;
  }
}

function listIn(lists: Map<string, number[]>, id: string): number[] {
  let list = lists.get(id);
  if (list === undefined) lists.set(id, (list = []));
  return list;
}
