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
 * Statements that make a projection's table and its indexes. These tables are never migrated: a projection whose
 * version changed is dropped, made again and folded from the log.
 */
export function createStatements(table: SQLiteTable): readonly string[] {
  const { name, columns, indexes } = getTableConfig(table);
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
  return [
    `create table if not exists ${quoted(name)} (${lines.join(', ')})${LONG_ROWS.has(name) ? '' : ' without rowid'}`,
    ...indexes.map(({ config }) => {
      const on = config.columns.map((column) => {
        if (!('name' in column)) throw new TypeError(`The index ${config.name} of ${name} is not on plain columns.`);
        return quoted(column.name);
      });
      const where = config.where === undefined ? '' : ` where ${dialect.sqlToQuery(config.where).sql}`;
      return `create index if not exists ${quoted(config.name)} on ${quoted(name)} (${on.join(', ')})${where}`;
    }),
  ];
}
