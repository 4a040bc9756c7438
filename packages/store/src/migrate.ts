import type { Database } from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { MigrationMeta } from 'drizzle-orm/migrator';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { NoLibrary } from './copies/inspect.ts';

/**
 * Brings the log's tables up to date, forward only (OP-1). A database that holds something is copied to `backups/`
 * beside it first (`keep`: or not, where it is itself a copy). Throws UpdateFailed when a step fails; all of
 * them are rolled back, so the file is as it was. Throws NoLibrary for the database of another program.
 */
export function migrateLog(database: Database, folder: string, now: string, keep = true): void {
  const wanted = readMigrationFiles({ migrationsFolder: folder });
  const done = migrationsDone(database);
  if (done === wanted.length) return;
  if (done > wanted.length) {
    throw new Error('This library was written by a newer Offstage. Start that version, or restore an older backup.');
  }
  if (done === 0 && database.prepare('select 1 from sqlite_master').get() !== undefined) {
    throw new NoLibrary('The file is the database of another program.');
  }
  if (done > 0 && keep) backUp(database, now);
  // Inside a transaction foreign keys cannot be switched off, and a table that is rebuilt would then delete what refers to
  // it. So they are off around it. What refers to nothing afterwards is found before it is kept: drizzle's own runner
  // would have kept it by then.
  database.pragma('foreign_keys = OFF');
  try {
    database.transaction(() => takeSteps(database, wanted.slice(done))).immediate();
  } catch (problem) {
    throw new UpdateFailed(problem);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

/** Takes steps and notes each where drizzle's tools look for them. */
function takeSteps(database: Database, steps: readonly MigrationMeta[]): void {
  database.exec('create table if not exists __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)');
  const note = database.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  for (const { sql, hash, folderMillis } of steps) {
    for (const statement of sql) database.exec(statement);
    note.run(hash, folderMillis);
  }
  const broken = database.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error(`${broken.length} rows refer to nothing afterwards`);
}

/** A step of an update failed; the library is as it was. */
class UpdateFailed extends Error {
  override readonly name = 'UpdateFailed';
  readonly code = 'OFFSTAGE_UPDATE_FAILED';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function migrationsDone(database: Database): number {
  const table = database.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
  if (table === undefined) return 0;
  const row = database.prepare<[], { n: number }>('select count(*) as n from __drizzle_migrations').get();
  return row?.n ?? 0;
}

/** Copies a library; the copy gets its name once it is whole and on the disk. */
function backUp(database: Database, now: string): void {
  const folder = join(dirname(database.name), 'backups');
  mkdirSync(folder, { recursive: true });
  const stamp = now.replaceAll(/[:.]/g, '-');
  const path = join(folder, `${basename(database.name, extname(database.name))}-before-update-${stamp}.sqlite`);
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    database.prepare('vacuum into ?').run(part);
    const file = openSync(part, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (problem) {
    rmSync(part, { force: true });
    throw problem;
  }
}
