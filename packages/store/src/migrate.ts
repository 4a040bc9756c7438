import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Brings the log's tables up to date, forward only (OP-1). A database that holds something is copied to `backups/`
 * beside it first. Throws when a step fails; drizzle rolls that step back, so the file is as it was.
 */
export function migrateLog(database: Database, folder: string, now: string): void {
  const wanted = readMigrationFiles({ migrationsFolder: folder }).length;
  const done = migrationsDone(database);
  if (done === wanted) return;
  if (done > wanted) {
    throw new Error('This library was written by a newer Offstage. Start that version, or restore an older backup.');
  }
  if (done > 0 && !database.memory) backUp(database, now);
  // drizzle migrates inside a transaction, where switching foreign keys off does nothing: a table that is rebuilt
  // would then delete what refers to it. So they are off around it, and checked after.
  database.pragma('foreign_keys = OFF');
  try {
    migrate(drizzle(database), { migrationsFolder: folder });
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`After the update ${broken.length} rows refer to nothing.`);
  } finally {
    database.pragma('foreign_keys = ON');
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
  database.prepare('vacuum into ?').run(join(folder, `${basename(database.name, '.db')}-before-update-${stamp}.db`));
}
