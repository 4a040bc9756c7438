import type { Timeline } from '@offstage/domain';
import { isLive, projectionNames, ReadingTimeline, TIMELINE_KINDS } from '@offstage/domain';
import type { Database } from 'better-sqlite3';
import { HeldRows } from './heldRows.ts';
import { Log } from './log.ts';
import { remakeIndex } from './search/memoryIndex.ts';
import type { Work } from './slices.ts';
import { markTouched } from './touches.ts';
import { indexTable, markCurrent, newEpoch, remakeTable } from './versions.ts';

/** Events read at a time; progress is told as often. */
const PAGE = 500;
/** Turns after which the work can be laid down. */
const TURNS_AT_ONCE = 500;

/**
 * Folds everything afresh from the log: trees, which events are in force, rows, touches, checkpoints. Runs in one
 * transaction of the caller; `progress` gets places of the log done and in all. Answers how many events there were.
 */
export function* rebuildAll(database: Database, progress: (done: number, total: number) => void): Work<number> {
  for (const table of ['tree', 'heads', 'owned', 'retractions', 'withdrawn', 'touches', 'checkpoints', 'tombstones']) {
    database.exec(`delete from ${table}`);
    yield;
  }
  for (const name of projectionNames) {
    remakeTable(database, name);
    yield;
  }
  const log = new Log(database);
  const timeline = yield* readTimeline(log);
  yield* writeTimeline(database, timeline);
  // Counting events would read all of them once more.
  const total = log.lastSeq();
  const done = yield* foldAll(database, log, timeline, (place) => progress(place, total));
  for (const name of projectionNames) yield* indexTable(database, name);
  yield* remakeIndex(database);
  markTouched(database, { anew: true });
  markCurrent(database);
  newEpoch(database);
  return done;
}

function* readTimeline(log: Log): Work<Timeline> {
  const reading = new ReadingTimeline();
  for (const event of log.ofKinds(TIMELINE_KINDS)) {
    reading.take(event);
    yield;
  }
  return reading.timeline();
}

function* writeTimeline(database: Database, timeline: Timeline): Work<void> {
  const insert = database.prepare('insert into tree (turnId, chatId, parentId, depth, onPath) values (?, ?, ?, ?, ?)');
  let written = 0;
  for (const { turnId, chatId, parentId, depth } of timeline.nodes.values()) {
    insert.run(turnId, chatId, parentId, depth, timeline.onPath.has(turnId) ? 1 : 0);
    written += 1;
    if (written % TURNS_AT_ONCE === 0) yield;
  }
  const head = database.prepare('insert into heads (chatId, turnId, depth) values (?, ?, ?)');
  for (const [chatId, turnId] of timeline.heads) head.run(chatId, turnId, timeline.nodes.get(turnId)?.depth ?? 0);
  const retract = database.prepare('insert or ignore into retractions (owner, upTo) values (?, ?)');
  for (const { owner, upTo } of timeline.retractions) retract.run(owner, upTo);
  // What was purged since is not there to be withdrawn.
  const withdraw = database.prepare('insert or ignore into withdrawn (turnId, seq) select turnId, seq from events where seq = ? and turnId is not null');
  for (const seq of timeline.withdrawn) withdraw.run(seq);
}

function* foldAll(database: Database, log: Log, timeline: Timeline, progress: (place: number) => void): Work<number> {
  const setLive = database.prepare<[number, number]>('update events set live = ? where seq = ?');
  const held = new HeldRows(database);
  let done = 0;
  for (let after = 0; ; ) {
    const page = log.after(after, PAGE);
    for (const { event, live } of page) {
      const now = isLive(event, timeline);
      if (now !== live) setLive.run(now ? 1 : 0, event.seq);
      held.fold(event, now);
    }
    if (held.isFull) yield* held.flush();
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.event.seq;
    done += page.length;
    progress(after);
    yield;
  }
  yield* held.flush();
  return done;
}
