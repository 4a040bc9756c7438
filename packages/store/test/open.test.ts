import { inLibrary } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../src/connection.ts';
import { inspect } from '../src/copies/inspect.ts';
import { openStore } from '../src/index.ts';
import { migrateLog } from '../src/migrate.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../drizzle', import.meta.url));
const command = { id: 'one', actor: 'person' as const, at: '2026-03-01T10:00:00.000Z' };
const persona = { events: [inLibrary('persona_authored', { personaId: 'p', identity: { name: 'Ada' } })], answer: null };

let folder: string;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offstage-open-'));
  path = join(folder, 'library', 'offstage.db');
  const store = await openStore({ path, migrationsFolder: MIGRATIONS });
  await store.execute(command, () => persona);
  await store.close();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the migrations with one more of them. */
function oneMore(statement: string): string {
  const to = join(folder, 'migrations');
  cpSync(MIGRATIONS, to, { recursive: true });
  const journal = join(to, 'meta', '_journal.json');
  const known = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { idx: number; when: number; tag: string }[] };
  const last = known.entries.at(-1);
  known.entries.push({ ...known.entries[0], idx: known.entries.length, when: (last?.when ?? 0) + 1_000, tag: '9999_next' } as never);
  writeFileSync(journal, JSON.stringify(known));
  writeFileSync(join(to, '9999_next.sql'), statement);
  return to;
}

describe('OP-1 updates of the library', () => {
  test('a copy is made before one', async () => {
    const store = await openStore({ path, migrationsFolder: oneMore('create table later (a text)'), now: () => '2026-03-02T00:00:00.000Z' });
    await store.close();
    const [backup] = readdirSync(join(folder, 'library', 'backups'));
    expect(backup).toBe('offstage-before-update-2026-03-02T00-00-00-000Z.sqlite');
    const copy = new Sqlite(join(folder, 'library', 'backups', backup ?? ''), { readonly: true });
    expect(copy.prepare('select count(*) as n from events').get()).toEqual({ n: 1 });
    copy.close();
  });

  test('one that fails leaves the file as it was, byte for byte', async () => {
    const before = readFileSync(path);
    const broken = oneMore('create table later (a text);\n--> statement-breakpoint\ncreate nonsense');
    await expect(openStore({ path, migrationsFolder: broken })).rejects.toThrow();
    expect(readFileSync(path).equals(before)).toBe(true);
    const store = await openStore({ path, migrationsFolder: MIGRATIONS });
    expect(await store.read.row('personas', 'p')).toMatchObject({ name: 'Ada' });
    await store.close();
    const database = new Sqlite(path, { readonly: true });
    expect(database.prepare(`select 1 from sqlite_master where name = 'later'`).get()).toBeUndefined();
    database.close();
  });

  test('TL-14 a library from before answers stood with events keeps its places and its answers', async () => {
    const older = join(folder, 'older.db');
    const five = join(folder, 'five');
    cpSync(MIGRATIONS, five, { recursive: true });
    const journal = join(five, 'meta', '_journal.json');
    const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: object[] };
    writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 5) }));
    const database = connect(older, { durability: 'normal', readonly: false });
    migrateLog(database, five, command.at);
    const event = `insert into events (id, kind, version, payload, commandId, actor, at, live) values (?, 'persona_authored', 1, ?, ?, 'person', ?, 1)`;
    const payload = JSON.stringify(persona.events[0]?.payload);
    for (const id of ['a', 'b', 'c']) {
      database.prepare(event).run(`${id}.0`, payload, id, command.at);
      database.prepare('insert into receipts (commandId, seq, answer, at) values (?, 1, ?, ?)').run(id, `"${id}"`, command.at);
    }
    database.exec(`delete from events where commandId = 'c'`);
    database.close();
    const store = await openStore({ path: older, migrationsFolder: MIGRATIONS });
    expect(await store.execute({ ...command, id: 'b' }, () => persona)).toMatchObject({ replayed: true, answer: 'b' });
    // The third place was given once, so what comes next has the fourth.
    expect(await store.execute({ ...command, id: 'd' }, () => persona)).toMatchObject({ replayed: false, seq: 4 });
    expect(await store.read.row('personas', 'p')).toMatchObject({ name: 'Ada' });
    await store.close();
  });

  test('one after which rows refer to nothing is not kept either', async () => {
    const before = readFileSync(path);
    const broken = oneMore(
      "create table owners (id text primary key);\n--> statement-breakpoint\ncreate table things (id text, owner text references owners (id));\n--> statement-breakpoint\ninsert into things values ('a', 'nobody')",
    );
    await expect(openStore({ path, migrationsFolder: broken })).rejects.toThrow('1 rows refer to nothing afterwards');
    expect(readFileSync(path).equals(before)).toBe(true);
    const store = await openStore({ path, migrationsFolder: MIGRATIONS });
    expect(await store.read.row('personas', 'p')).toMatchObject({ name: 'Ada' });
    await store.close();
  });

  test('OP-3 killed while the copy before one is made: nothing half-written has the name of a copy, and the next start makes it', async () => {
    const store = await openStore({ path, migrationsFolder: MIGRATIONS });
    for (let n = 0; n < 4; n += 1) await store.putFile({ mime: 'image/png', bytes: randomBytes(4_000_000) });
    await store.close();
    const migrationsFolder = oneMore('create table later (a text)');
    const backups = join(folder, 'library', 'backups');
    const opening = { path, migrationsFolder, now: '2026-03-02T00:00:00.000Z' };
    const index = fileURLToPath(new URL('../src/index.ts', import.meta.url));
    const script = `const { openStore } = await import(${JSON.stringify(index)}); const o = ${JSON.stringify(opening)}; await openStore({ ...o, now: () => o.now });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (child.exitCode === null && !(existsSync(backups) && readdirSync(backups).some((name) => statSync(join(backups, name)).size > 0))) await sleep(1);
    child.kill('SIGKILL');
    await ended;
    for (const name of readdirSync(backups).filter((one) => one.endsWith('.sqlite'))) expect(inspect(join(backups, name)).seq).toBe(1);
    await (await openStore({ ...opening, now: () => opening.now })).close();
    expect(readdirSync(backups)).toEqual(['offstage-before-update-2026-03-02T00-00-00-000Z.sqlite']);
    expect(inspect(join(backups, 'offstage-before-update-2026-03-02T00-00-00-000Z.sqlite')).seq).toBe(1);
  }, 30_000);

  test('a library of a newer Offstage is refused with words', async () => {
    const store = await openStore({ path, migrationsFolder: oneMore('create table later (a text)') });
    await store.close();
    await expect(openStore({ path, migrationsFolder: MIGRATIONS })).rejects.toThrow('newer Offstage');
  });

  test('a file that is no database is refused and left alone', async () => {
    const other = join(folder, 'notes.txt');
    writeFileSync(other, 'Not a database, but dear to somebody. '.repeat(100));
    await expect(openStore({ path: other, migrationsFolder: MIGRATIONS })).rejects.toThrow('not a database');
    expect(readFileSync(other, 'utf8')).toContain('dear to somebody');
  });
});

describe('projection versions', () => {
  test('rows of an older version are dropped and folded afresh, and pages start over', async () => {
    const database = new Sqlite(path);
    const before = database.prepare<[], { value: string }>(`select value from meta where name = 'epoch'`).get();
    database.exec(`update meta set value = '0' where name = 'projection:personas'; update personas set name = 'Wrong'`);
    database.close();
    const told: string[] = [];
    const store = await openStore({ path, migrationsFolder: MIGRATIONS, folding: (done, total) => told.push(`${done} of ${total}`) });
    expect(await store.read.row('personas', 'p')).toMatchObject({ name: 'Ada' });
    expect(store.epoch).not.toBe(before?.value);
    // UI-10: how far it is, for whoever waits.
    const all = await store.read.seq();
    expect(told.at(-1)).toBe(`${all} of ${all}`);
    await store.close();
  });

  test('OP-1 where they cannot be folded the rows stay as they were, for the Offstage that wrote them', async () => {
    const database = new Sqlite(path);
    database.exec(`insert into events (id, kind, version, payload, commandId, actor, at, live) values ('x', 'dream_dreamt', 1, '{}', 'x', 'person', '', 1)`);
    database.exec(`update meta set value = '0' where name = 'projection:personas'`);
    database.close();
    await expect(openStore({ path, migrationsFolder: MIGRATIONS })).rejects.toThrow('dream_dreamt');
    const after = new Sqlite(path, { readonly: true });
    expect(after.prepare('select name from personas').all()).toEqual([{ name: 'Ada' }]);
    after.close();
  });

  test('an event of a kind that is not known here is named', async () => {
    const database = new Sqlite(path);
    database.exec(`insert into events (id, kind, version, payload, commandId, actor, at, live) values ('x', 'dream_dreamt', 1, '{}', 'x', 'person', '', 1)`);
    database.close();
    const store = await openStore({ path, migrationsFolder: MIGRATIONS });
    await expect(store.events({ after: 0, limit: 10 })).rejects.toThrow('dream_dreamt');
    await store.close();
  });
});

describe('OP-4 a file that another process holds', () => {
  test('a command waits for it, and other work goes on meanwhile', async () => {
    const store = await openStore({ path, migrationsFolder: MIGRATIONS });
    const other = new Sqlite(path);
    other.exec('begin immediate');
    let done = false;
    const waiting = store.execute({ ...command, id: 'two' }, () => persona).then(() => (done = true));
    expect(await store.read.row('personas', 'p')).toMatchObject({ name: 'Ada' });
    expect(done).toBe(false);
    other.exec('commit');
    other.close();
    await waiting;
    expect(done).toBe(true);
    await store.close();
  });
});
