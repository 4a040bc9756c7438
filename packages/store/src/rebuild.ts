import type { LogEvent, ProjectionName } from '@offstage/domain';
import { declarationOf, handlerOf, isLive, projectionNames, projections, projectionsOf, timelineOf } from '@offstage/domain';
import type { Database } from 'better-sqlite3';
import { CHECKPOINT_EVERY } from './checkpoints.ts';
import { Log } from './log.ts';
import { Rows } from './rows.ts';
import { markCurrent, newEpoch, remakeTable } from './versions.ts';

/** Events read at a time. */
const PAGE = 5_000;

/** Rows and counts held in memory before they are written out and forgotten: bounds what a long log costs. */
const HELD_ROWS = 200_000;

interface Held {
  row: object | undefined;
  touches: number;
  changedSeq: number;
}

/**
 * Folds everything afresh from the log: trees, which events are in force, rows, touches, checkpoints. Runs in one
 * transaction of the caller; `progress` gets events done and in all. Answers how many events there were.
 */
export function rebuildAll(database: Database, progress: (done: number, total: number) => void): number {
  for (const table of ['tree', 'heads', 'owned', 'retractions', 'touches', 'checkpoints', 'tombstones']) {
    database.exec(`delete from ${table}`);
  }
  for (const name of projectionNames) remakeTable(database, name);
  const log = new Log(database);
  const timeline = timelineOf(allEvents(log));
  writeTimeline(database, log, timeline);

  const total = database.prepare<[], { n: number }>('select count(*) as n from events').get()?.n ?? 0;
  const setLive = database.prepare<[number, number]>('update events set live = ? where seq = ?');
  const own = database.prepare<[string, number]>('insert or ignore into owned (owner, seq) values (?, ?)');
  const held = new HeldRows(database);
  let done = 0;
  for (const { event, live } of allLogged(log)) {
    const now = isLive(event, timeline);
    if (now !== live) setLive.run(now ? 1 : 0, event.seq);
    for (const owner of declarationOf(event.kind).owners?.(event.payload) ?? []) own.run(owner, event.seq);
    held.fold(event, now);
    done += 1;
    if (done % PAGE === 0) progress(done, total);
  }
  held.flush();
  progress(done, total);
  markCurrent(database);
  newEpoch(database);
  return done;
}

function* allLogged(log: Log): Generator<{ event: LogEvent; live: boolean }> {
  for (let after = 0; ; ) {
    const page = log.after(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.event.seq;
  }
}

function* allEvents(log: Log): Generator<LogEvent> {
  for (const { event } of allLogged(log)) yield event;
}

function writeTimeline(database: Database, log: Log, timeline: ReturnType<typeof timelineOf>): void {
  const insert = database.prepare('insert into tree (turnId, chatId, parentId, depth, onPath) values (?, ?, ?, ?, ?)');
  const chatOf = new Map<string, string>();
  for (const event of allEvents(log)) {
    if (event.turnId !== null && event.chatId !== null) chatOf.set(event.turnId, event.chatId);
  }
  for (const { turnId, parentId, depth } of timeline.nodes.values()) {
    insert.run(turnId, chatOf.get(turnId), parentId, depth, timeline.onPath.has(turnId) ? 1 : 0);
  }
  const head = database.prepare('insert into heads (chatId, turnId, depth) values (?, ?, ?)');
  for (const [chatId, turnId] of timeline.heads) head.run(chatId, turnId, timeline.nodes.get(turnId)?.depth ?? 0);
  const retract = database.prepare('insert or ignore into retractions (owner, upTo) values (?, ?)');
  for (const { owner, upTo } of timeline.retractions) retract.run(owner, upTo);
}

/** Rows being folded, written out when done or when there are too many to hold. */
class HeldRows {
  readonly #rows: Rows;
  readonly #held = new Map<ProjectionName, Map<string, Held>>(projectionNames.map((name) => [name, new Map()]));
  readonly #touch;
  readonly #lay;
  readonly #touchesOf;
  #count = 0;
  #flushed = false;

  constructor(database: Database) {
    this.#rows = new Rows(database);
    this.#touch = database.prepare<[string, string, number, number]>(
      'insert into touches (projection, key, seq, n) values (?, ?, ?, ?)',
    );
    this.#lay = database.prepare<[string, string, number, string | null]>(
      'insert into checkpoints (projection, key, seq, row) values (?, ?, ?, ?)',
    );
    this.#touchesOf = database.prepare<[string, string], { n: number }>(
      'select n from touches where projection = ? and key = ? order by seq desc limit 1',
    );
  }

  fold(event: LogEvent, live: boolean): void {
    for (const name of projectionsOf(event.kind)) {
      const handler = handlerOf(projections[name], event.kind);
      if (handler === undefined) continue;
      const folds = live || projections[name].class === 'timeline';
      for (const key of new Set(handler.keys(event))) {
        const at = this.#at(name, key);
        at.touches += 1;
        this.#touch.run(name, key, event.seq, at.touches);
        if (folds) {
          const after = handler.evolve(at.row, event, key);
          if (after !== at.row) {
            at.row = after;
            at.changedSeq = event.seq;
          }
        }
        if (at.touches % CHECKPOINT_EVERY === 0) {
          this.#lay.run(name, key, event.seq, at.row === undefined ? null : JSON.stringify(at.row));
        }
      }
    }
    if (this.#count > HELD_ROWS) this.flush();
  }

  /** Writes everything out and forgets it. */
  flush(): void {
    for (const [name, rows] of this.#held) {
      for (const [key, { row, changedSeq }] of rows) {
        const before = this.#flushed ? this.#rows.get(name, key) : undefined;
        if (changedSeq > 0) this.#rows.write(name, key, before, row, changedSeq);
      }
      rows.clear();
    }
    this.#count = 0;
    this.#flushed = true;
  }

  #at(name: ProjectionName, key: string): Held {
    const rows = this.#held.get(name);
    let held = rows?.get(key);
    if (held === undefined) {
      held = this.#flushed
        ? { row: this.#rows.get(name, key), touches: this.#touchesOf.get(name, key)?.n ?? 0, changedSeq: 0 }
        : { row: undefined, touches: 0, changedSeq: 0 };
      rows?.set(key, held);
      this.#count += 1;
    }
    return held;
  }
}
