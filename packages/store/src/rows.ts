import type { ProjectionName } from '@offstage/domain';
import { projectionNames, projections } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import { RowTable } from './rowTable.ts';

type Scoped = Readonly<Record<string, unknown>>;

/** All projections' rows, with what a returning page needs to know of those that are gone. */
export class Rows {
  readonly tables: ReadonlyMap<ProjectionName, RowTable>;
  readonly #bury: Statement<[string, string, string | null, string | null, number]>;
  readonly #dig: Statement<[string, string]>;

  constructor(database: Database) {
    this.tables = new Map(projectionNames.map((name) => [name, new RowTable(database, name)]));
    this.#bury = database.prepare(
      'insert or replace into tombstones (projection, key, chatId, continuityId, seq) values (?, ?, ?, ?, ?)',
    );
    this.#dig = database.prepare('delete from tombstones where projection = ? and key = ?');
  }

  table(name: ProjectionName): RowTable {
    const table = this.tables.get(name);
    if (table === undefined) throw new TypeError(`There is no table for ${name}.`);
    return table;
  }

  get(name: ProjectionName, key: string): object | undefined {
    return this.table(name).get(key);
  }

  /** Writes a row into tables made anew, where it has not been before. */
  add(name: ProjectionName, key: string, row: object, seq: number): void {
    this.table(name).insert(key, row, seq);
  }

  /** Brings a row to what it now is; `seq` is the place in the log that did it. */
  write(name: ProjectionName, key: string, before: object | undefined, after: object | undefined, seq: number): void {
    const table = this.table(name);
    if (after !== undefined) {
      if (before === undefined) {
        if (projections[name].inward !== true) this.#dig.run(name, key);
        table.insert(key, after, seq);
      } else table.update(key, before, after, seq);
    } else if (before !== undefined) {
      table.delete(key);
      if (projections[name].inward === true) return;
      const gone = before as Scoped;
      this.#bury.run(
        name,
        key,
        table.scope.chat ? asText(gone['chatId']) : null,
        table.scope.continuity ? asText(gone['continuityId']) : null,
        seq,
      );
    }
  }
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
