import type { Database } from 'better-sqlite3';
import Sqlite from 'better-sqlite3';

/** What a file holds, as far as one may be told without opening it as the library. */
export interface Contents {
  readonly chats: number;
  readonly turns: number;
  /** The last place in the log. */
  readonly seq: number;
}

/** How long a file that another process holds is waited for, in milliseconds. */
const BUSY_MS = 5_000;

/** What every library has had since the first one. */
const TABLES = ['events', 'receipts', 'meta', '__drizzle_migrations'];

/** Why a file is not taken for a library: it holds something else, or is damaged. The message is for a person. */
export class NoLibrary extends Error {
  override readonly name = 'NoLibrary';
  readonly code: 'OFFSTAGE_NO_LIBRARY' | 'OFFSTAGE_DAMAGED';

  constructor(message: string, code: NoLibrary['code'] = 'OFFSTAGE_NO_LIBRARY') {
    super(message);
    this.code = code;
  }
}

/**
 * Reads the whole file and throws where it is no sound library: better-sqlite3's SqliteError where SQLite cannot read it,
 * NoLibrary where it holds something else. Takes as long as reading the file does: for a worker (`tasks.ts`).
 */
export function inspect(path: string): Contents {
  const database = openForLooking(path);
  try {
    assertIsLibrary(database);
    const [first] = database.pragma('integrity_check(1)', { simple: false }) as { readonly integrity_check: string }[];
    if (first?.integrity_check !== 'ok') throw new NoLibrary(`The file is damaged (${first?.integrity_check ?? 'nothing could be read'}).`, 'OFFSTAGE_DAMAGED');
    return contentsOf(database);
  } finally {
    database.close();
  }
}

/** What a file holds, without reading all of it; undefined where that cannot be told. */
export function glance(path: string): Contents | undefined {
  try {
    const database = openForLooking(path);
    try {
      return contentsOf(database);
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

/** Opens somebody's file without trusting what it says of itself. */
function openForLooking(path: string): Database {
  const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  database.pragma('trusted_schema = off');
  database.pragma('cell_size_check = on');
  return database;
}

function assertIsLibrary(database: Database): void {
  const names = database.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck().all();
  if (!TABLES.every((table) => names.includes(table))) throw new NoLibrary('The file is no Offstage library.');
}

/** IO-4: a trigger would act whenever something is written. Throws NoLibrary where a file holds one, or a view. */
export function assertHarmless(path: string): void {
  const database = openForLooking(path);
  try {
    if (database.prepare(`select 1 from sqlite_master where type in ('trigger', 'view')`).get() === undefined) return;
    throw new NoLibrary('The file holds instructions that no Offstage library has.');
  } finally {
    database.close();
  }
}

function contentsOf(database: Database): Contents {
  const number = (sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
  return {
    chats: number('select count(*) from chats'),
    turns: number('select count(*) from tree'),
    seq: number('select coalesce(max(seq), 0) from events'),
  };
}
