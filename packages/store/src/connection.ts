// Statements on hot paths say `+?` in ranges and orders: SQLite, as it is built here, plans a statement anew whenever a
// bare `?` there is given another value (13 us instead of 2).
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

/** How soon a commit is on the disk: `normal` may lose the last moments on power loss, `full` none (OP-3). */
export type Durability = 'normal' | 'full';

/**
 * How long a connection itself waits for another process that writes, in milliseconds. Nothing else is done meanwhile,
 * so it is short; who can wait longer asks again (`patiently`).
 */
const BUSY_MS = 100;

/**
 * Pages beside the file before a commit itself brings them in. A thread does that sooner (`bringing.ts`); what it cannot
 * bring in, since it is written while it works, must come in some time, or what lies beside the file would only grow.
 */
const CHECKPOINT_PAGES = 12_000;

/** Memory for pages, in KiB: touches and rows land all over their trees; a long story's inner pages stay at hand. */
const CACHE_KIB = 65_536;
const SMALL_CACHE_KIB = 4_096;

/** Opens the one database file for writing, or (`readonly`) for reading. Throws better-sqlite3's SqliteError. */
export function connect(path: string, options: { durability: Durability; readonly: boolean }): Database {
  const database = new Sqlite(path, { readonly: options.readonly, timeout: BUSY_MS });
  if (!options.readonly) {
    database.pragma('journal_mode = WAL');
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma(`synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'}`);
  }
  database.pragma('foreign_keys = ON');
  database.pragma(`cache_size = -${CACHE_KIB}`);
  return database;
}

/** For a large transaction: nothing is brought into the file when it ends. Answers how to have it as before. */
function waitBeside(database: Database): () => void {
  database.pragma('wal_autocheckpoint = 0');
  return () => void database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
}

/** For a long transaction that others wait beside: its pages go out on the way instead of all at its end, too. */
export function spillEarly(database: Database): () => void {
  const restore = waitBeside(database);
  database.pragma(`cache_size = -${SMALL_CACHE_KIB}`);
  return () => {
    restore();
    database.pragma(`cache_size = -${CACHE_KIB}`);
  };
}
