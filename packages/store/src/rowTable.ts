import type { ProjectionName } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { quoted } from './schema/ddl.ts';
import { rowTables } from './schema/rows.ts';

type Encoding = 'json' | 'boolean' | 'plain';
type Value = string | number | null;

interface Column {
  readonly name: string;
  readonly encoding: Encoding;
}

/** Prepared updates of one table that are kept: one for each set of columns that change together. */
const UPDATES_KEPT = 64;

/** How one projection's rows stand in their table: prepared statements for the hot path, typed columns for people. */
export class RowTable {
  readonly name: ProjectionName;
  /** Columns that say which chat or continuity a row belongs to, where there are any. */
  readonly scope: { readonly chat: boolean; readonly continuity: boolean };
  readonly #columns: readonly Column[];
  readonly #select: string;
  readonly #get: Statement<[string]>;
  readonly #insert: Statement<Value[]>;
  readonly #delete: Statement<[string]>;
  readonly #database: Database;
  readonly #filters = new Map<string, Statement<Value[]>>();
  readonly #updates = new Map<string, Statement<Value[]>>();

  constructor(database: Database, name: ProjectionName) {
    this.#database = database;
    this.name = name;
    this.#columns = columnsOf(name);
    const has = (column: string) => this.#columns.some((candidate) => candidate.name === column);
    this.scope = { chat: has('chatId'), continuity: has('continuityId') };
    const list = this.#columns.map((column) => quoted(column.name)).join(', ');
    const table = quoted(name);
    this.#select = `select key, ${list} from ${table}`;
    this.#get = database.prepare(`select ${list} from ${table} where key = ?`);
    this.#insert = database.prepare(
      `insert into ${table} (key, ${list}, changedSeq) values (?, ${this.#columns.map(() => '?').join(', ')}, ?)`,
    );
    this.#delete = database.prepare(`delete from ${table} where key = ?`);
  }

  /** The row under a key, or undefined. */
  get(key: string): object | undefined {
    const raw = this.#get.get(key);
    return raw === undefined ? undefined : this.decode(raw);
  }

  /** Writes a row that is not there yet; `seq` is the place in the log that changed it. */
  insert(key: string, row: object, seq: number): void {
    const values: Value[] = [key];
    const fields = row as Readonly<Record<string, unknown>>;
    for (const { name, encoding } of this.#columns) values.push(encode(fields[name], encoding));
    values.push(seq);
    this.#insert.run(...values);
  }

  /** Writes what differs between a row as it stands and as it is to be: indexes of other columns are left alone. */
  update(key: string, before: object, after: object, seq: number): void {
    const [from, to] = [before, after] as Readonly<Record<string, unknown>>[];
    const values: Value[] = [];
    let set = '';
    for (const { name, encoding } of this.#columns) {
      if (from?.[name] === to?.[name]) continue;
      set += `${quoted(name)} = ?, `;
      values.push(encode(to?.[name], encoding));
    }
    values.push(seq, key);
    this.#updating(set).run(...values);
  }

  /** Deletes the row under a key; a row that is not there is no error. */
  delete(key: string): void {
    this.#delete.run(key);
  }

  /** Rows with their keys, in key order, whose columns equal those given. Names of columns come from the row's type. */
  find(where: Readonly<Record<string, unknown>>, limit = -1): { key: string; row: object }[] {
    const names = Object.keys(where);
    const values = names.map((name) => encode(where[name], this.#encodingOf(name)));
    return this.#filtered(names, 'find')
      .all(...values, limit)
      .map((raw) => ({ key: keyOf(raw), row: this.decode(raw) }));
  }

  /** How many rows equal the columns given; counting ends at `most`. */
  count(where: Readonly<Record<string, unknown>>, most = -1): number {
    const names = Object.keys(where);
    const values = names.map((name) => encode(where[name], this.#encodingOf(name)));
    const found = this.#filtered(names, 'count').get(...values, most);
    return numberOf(found, 'n');
  }

  /** A statement over this table that selects keys and columns; `rest` follows `from`. */
  prepare(rest: string): Statement<Value[]> {
    return this.#database.prepare(`${this.#select} ${rest}`);
  }

  /** A raw row of this table's columns as the projection's row. */
  decode(raw: unknown): object {
    const fields = raw as Readonly<Record<string, unknown>>;
    const row: Record<string, unknown> = {};
    for (const { name, encoding } of this.#columns) row[name] = decode(fields[name], encoding);
    return row;
  }

  #updating(set: string): Statement<Value[]> {
    let statement = this.#updates.get(set);
    if (statement === undefined) {
      if (this.#updates.size >= UPDATES_KEPT) this.#updates.clear();
      statement = this.#database.prepare(`update ${quoted(this.name)} set ${set}changedSeq = ? where key = ?`);
      this.#updates.set(set, statement);
    }
    return statement;
  }

  #encodingOf(name: string): Encoding {
    const column = this.#columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw new TypeError(`${this.name} has no column ${name}.`);
    return column.encoding;
  }

  #filtered(names: readonly string[], what: 'find' | 'count'): Statement<Value[]> {
    const id = `${what} ${names.join(' ')}`;
    let statement = this.#filters.get(id);
    if (statement === undefined) {
      for (const name of names) this.#encodingOf(name);
      const where = names.length === 0 ? '' : `where ${names.map((name) => `${quoted(name)} is +?`).join(' and ')}`;
      statement =
        what === 'find'
          ? this.prepare(`${where} order by key limit ?`)
          : this.#database.prepare(`select count(*) as n from (select 1 from ${quoted(this.name)} ${where} limit ?)`);
      this.#filters.set(id, statement);
    }
    return statement;
  }
}

/** The key of a raw row that was selected with its key. */
export function keyOf(raw: unknown): string {
  return String((raw as { key: unknown }).key);
}

/** A number out of a raw row. */
function numberOf(raw: unknown, column: string): number {
  return Number((raw as Record<string, unknown>)[column]);
}

function columnsOf(name: ProjectionName): Column[] {
  return getTableConfig(rowTables[name])
    .columns.filter((column) => column.name !== 'key' && column.name !== 'changedSeq')
    .map((column) => ({
      name: column.name,
      encoding: column.dataType === 'json' ? 'json' : column.dataType === 'boolean' ? 'boolean' : 'plain',
    }));
}

function encode(value: unknown, encoding: Encoding): Value {
  if (value === null || value === undefined) return null;
  if (encoding === 'json') return JSON.stringify(value);
  if (encoding === 'boolean') return value === true ? 1 : 0;
  return value as string | number;
}

function decode(value: unknown, encoding: Encoding): unknown {
  if (value === null) return null;
  if (encoding === 'json') return JSON.parse(String(value)) as unknown;
  if (encoding === 'boolean') return value === 1;
  return value;
}
