import type { ProjectionName } from '@offstage/domain';
import { projectionNames, projections } from '@offstage/domain';
import type { Database } from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { createIndexes, createTable, quoted } from './schema/ddl.ts';
import { rowTables } from './schema/rows.ts';
import { prepareIndex } from './search/memoryIndex.ts';
import type { Work } from './slices.ts';
import { finish } from './slices.ts';
import { markTouched } from './touches.ts';

const nameOf = (projection: ProjectionName) => `projection:${projection}`;

/**
 * Makes the tables of projections that have none of their current version. Answers whether any was made while the log
 * already held events: its rows must then be folded afresh.
 */
export function prepareProjections(database: Database): { stale: boolean } {
  const stale = projectionNames.filter((name) => readMeta(database, nameOf(name)) !== String(projections[name].version));
  for (const name of stale) {
    remakeTable(database, name);
    finish(indexTable(database, name));
  }
  prepareIndex(database);
  markTouched(database, { anew: false });
  const events = database.prepare('select 1 from events limit 1').get();
  if (events === undefined) markCurrent(database);
  return { stale: stale.length > 0 && events !== undefined };
}

/** Drops a projection's table with its rows and makes it anew, empty and without its indexes. */
export function remakeTable(database: Database, name: ProjectionName): void {
  database.exec(`drop table if exists ${quoted(name)}`);
  database.exec(createTable(rowTables[name]));
}

/** Makes the indexes of a projection's table. */
export function* indexTable(database: Database, name: ProjectionName): Work<void> {
  for (const statement of createIndexes(rowTables[name])) {
    database.exec(statement);
    yield;
  }
}

/** Notes that every projection's rows are of its current version. */
export function markCurrent(database: Database): void {
  for (const name of projectionNames) writeMeta(database, nameOf(name), String(projections[name].version));
}

/** The epoch: changes whenever rows were folded afresh, so that pages which knew the old ones start over. */
export function epochOf(database: Database): string {
  const known = readMeta(database, 'epoch');
  return known ?? newEpoch(database);
}

/** Begins a new epoch. */
export function newEpoch(database: Database): string {
  const epoch = randomUUID().slice(0, 8);
  writeMeta(database, 'epoch', epoch);
  return epoch;
}

function readMeta(database: Database, name: string): string | undefined {
  return database.prepare<[string], { value: string }>('select value from meta where name = ?').get(name)?.value;
}

function writeMeta(database: Database, name: string, value: string): void {
  database.prepare('insert or replace into meta (name, value) values (?, ?)').run(name, value);
}
