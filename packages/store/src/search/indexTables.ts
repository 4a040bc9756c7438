import type { Database, Statement } from 'better-sqlite3';

/** Another number makes the index anew at start: raise it when words are kept in another way. */
const VERSION = '6';
const META = 'search:memories';
/** Under this name a number stands that rises with every change of the index: what was looked up before holds no more. */
export const CHANGES = 'search:changes';

const RISE = `insert into meta (name, value) values ('${CHANGES}', '1') on conflict (name) do update set value = value + 1`;

/**
 * The tables of the index of memories. Words stand as stems behind a mark of their owner, so that a search reads the
 * occurrences of that owner's words alone. `about` holds who spoke (behind an @) and the words of the date (behind a #).
 */
const TABLES = `
  create virtual table memory_words using fts5(said, about, content='', contentless_delete=1, tokenize="ascii tokenchars '@#'");
  create virtual table memory_word_places using fts5vocab(memory_words, 'instance');
  create table memory_words_waiting (docId integer primary key, key text not null);
  create table memory_word_counts (owner text not null, word text not null, n integer not null, primary key (owner, word)) without rowid;
`;

/** Whether the index is of the present version. */
export function isIndexCurrent(database: Database): boolean {
  return database.prepare<[string], string>('select value from meta where name = ?').pluck().get(META) === VERSION;
}

/** Notes that the index has changed. */
export function rise(database: Database): Statement<[]> {
  return database.prepare(RISE);
}

/** Makes the index anew, empty: nothing is left of what stood in it. */
export function remakeIndexTables(database: Database): void {
  for (const table of ['memory_word_places', 'memory_words', 'memory_words_waiting', 'memory_word_counts']) {
    database.exec(`drop table if exists ${table}`);
  }
  database.exec(TABLES);
  database.prepare('insert or replace into meta (name, value) values (?, ?)').run(META, VERSION);
  rise(database).run();
}

/** Bytes of words that the full text gathers in memory before it writes them: usually (SQLite's own measure), and when it is filled. */
const GATHERED = 1024 * 1024;
const GATHERED_AT_MOST = 32 * GATHERED;

/** For filling the index: it is then written in a few large pieces, which need no joining. Answers how to have it as before. */
export function gatherMuch(database: Database): () => void {
  const set = (bytes: number) => database.exec(`insert into memory_words (memory_words, rank) values ('hashsize', ${bytes})`);
  set(GATHERED_AT_MOST);
  return () => void set(GATHERED);
}
