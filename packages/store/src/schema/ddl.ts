import type { ProjectionName } from '@offstage/domain';
import { getTableConfig, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Tables whose rows carry long texts: beside their key, those would fill the pages that are searched. */
const LONG_ROWS: ReadonlySet<string> = new Set<ProjectionName>(['bots', 'turns', 'memories', 'lore']);

const dialect = new SQLiteSyncDialect();

/** Quotes a name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The statement that makes a projection's table. These tables are never migrated: a projection whose version changed is
 * dropped, made again and folded from the log.
 */
export function createTable(table: SQLiteTable): string {
  const { name, columns } = getTableConfig(table);
  const lines = columns.map((column) =>
    [
      quoted(column.name),
      column.getSQLType(),
      column.primary ? 'primary key' : '',
      column.notNull ? 'not null' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
  return `create table if not exists ${quoted(name)} (${lines.join(', ')})${LONG_ROWS.has(name) ? '' : ' without rowid'}`;
}

/** The statements that make the indexes of a projection's table: over rows that are there, they are sorted in one go. */
export function createIndexes(table: SQLiteTable): readonly string[] {
  const { name, indexes } = getTableConfig(table);
  return indexes.map(({ config }) => {
    const on = config.columns.map((column) => {
      if (!('name' in column)) throw new TypeError(`The index ${config.name} of ${name} is not on plain columns.`);
      return quoted(column.name);
    });
    const where = config.where === undefined ? '' : ` where ${dialect.sqlToQuery(config.where).sql}`;
    return `create index if not exists ${quoted(config.name)} on ${quoted(name)} (${on.join(', ')})${where}`;
  });
}
