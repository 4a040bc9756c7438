import type { LogEvent, ProjectionName } from '@offstage/domain';
import { foldLog, isLive, timelineOf } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { isDeepStrictEqual } from 'node:util';
import { Log } from './log.ts';
import { RowTable } from './rowTable.ts';

/** What a check found. `problems` is empty where all is well, and holds at most the first fifty. */
export interface Verdict {
  readonly events: number;
  readonly rows: number;
  readonly problems: readonly string[];
}

/** Problems told; the rest would say the same. */
const TOLD = 50;

/** Events read at a time. */
const PAGE = 5_000;

/**
 * TL-15: holds a library against its own log, without changing it: the file is whole, every row is what a fold from
 * nothing gives, every event is marked as what it is. It may be in use meanwhile; what is written then is not looked at.
 * Holds all events and rows in memory. Throws SqliteError where the file cannot be read.
 */
export function verifyLibrary(path: string): Verdict {
  const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    database.exec('begin');
    const found = database.pragma('integrity_check') as { readonly integrity_check: string }[];
    const broken = found.map((row) => row.integrity_check).filter((words) => words !== 'ok');
    const { events, marks } = readLog(database);
    const problems = [...broken, ...markProblems(events, marks)];
    let rows = 0;
    for (const [name, expected] of foldLog(events)) {
      rows += expected.size;
      problems.push(...rowProblems(new RowTable(database, name), name, expected));
    }
    return { events: events.length, rows, problems: problems.slice(0, TOLD) };
  } finally {
    database.close();
  }
}

function readLog(database: Database): { events: LogEvent[]; marks: boolean[] } {
  const log = new Log(database);
  const events: LogEvent[] = [];
  const marks: boolean[] = [];
  for (let after = 0; ; ) {
    const page = log.after(after, PAGE);
    for (const { event, live } of page) {
      events.push(event);
      marks.push(live);
    }
    const last = page.at(-1);
    if (last === undefined) return { events, marks };
    after = last.event.seq;
  }
}

function markProblems(events: readonly LogEvent[], marks: readonly boolean[]): string[] {
  const timeline = timelineOf(events);
  return events.flatMap((event, at) =>
    isLive(event, timeline) === marks[at] ? [] : [`event ${event.seq} (${event.kind}) is marked wrongly`],
  );
}

function rowProblems(table: RowTable, name: ProjectionName, expected: ReadonlyMap<string, object>): string[] {
  const there = new Map(table.find({}).map(({ key, row }) => [key, row]));
  const problems: string[] = [];
  for (const [key, row] of expected) {
    const found = there.get(key);
    if (found === undefined) problems.push(`${name}: ${key} is missing`);
    else if (!isDeepStrictEqual(plain(found), plain(row))) problems.push(`${name}: ${key} differs from its log`);
  }
  for (const key of there.keys()) if (!expected.has(key)) problems.push(`${name}: ${key} should not be there`);
  return problems;
}

/** A row as the table can keep it. */
function plain(row: object): unknown {
  return JSON.parse(JSON.stringify(row));
}
