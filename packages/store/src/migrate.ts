import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { mkdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { NoLibrary } from './copies/inspect.ts';

/**
 * Brings the log's tables up to date, forward only (OP-1). A database that holds something is copied to `backups/`
 * beside it first (`keep`: or not, where it is itself a copy). Throws UpdateFailed when a step fails; drizzle rolls all of
 * them back, so the file is as it was. Throws NoLibrary for the database of another program.
 */
export function migrateLog(database: Database, folder: string, now: string, keep = true): void {
  const wanted = readMigrationFiles({ migrationsFolder: folder }).length;
  const done = migrationsDone(database);
  if (done === wanted) return;
  if (done > wanted) {
    throw new Error('This library was written by a newer Offstage. Start that version, or restore an older backup.');
  }
  if (done === 0 && database.prepare('select 1 from sqlite_master').get() !== undefined) {
    throw new NoLibrary('The file is the database of another program.');
  }
  if (done > 0 && keep) backUp(database, now);
  // drizzle migrates inside a transaction, where switching foreign keys off does nothing: a table that is rebuilt
  // would then delete what refers to it. So they are off around it, and checked after.
  database.pragma('foreign_keys = OFF');
  try {
    migrate(drizzle(database), { migrationsFolder: folder });
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`${broken.length} rows refer to nothing afterwards`);
  } catch (problem) {
    throw new UpdateFailed(problem);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

/** A step of an update failed; the library is as it was. */
class UpdateFailed extends Error {
  override readonly name = 'UpdateFailed';
  readonly code = 'OFFSTAGE_UPDATE_FAILED';

  constructor(cause: unknown) {
    // What drizzle says is the statement; what SQLite says is behind it.
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    super(reason instanceof Error ? reason.message : String(reason), { cause });
  }
}

function migrationsDone(database: Database): number {
  const table = database.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
  if (table === undefined) return 0;
  const row = database.prepare<[], { n: number }>('select count(*) as n from __drizzle_migrations').get();
  return row?.n ?? 0;
}

function backUp(database: Database, now: string): void {
  const folder = join(dirname(database.name), 'backups');
  mkdirSync(folder, { recursive: true });
  const stamp = now.replaceAll(/[:.]/g, '-');
  database.prepare('vacuum into ?').run(join(folder, `${basename(database.name, extname(database.name))}-before-update-${stamp}.sqlite`));
}
