import { inLibrary } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { closeSync, existsSync, openSync, readdirSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyLibrary } from '../src/copies/copy.ts';
import { glance, inspect } from '../src/copies/inspect.ts';
import { copyOf, glanceAt, inspectLibrary } from '../src/copies/tasks.ts';
import { verifyLibrary } from '../src/verify.ts';
import { commandOf, opening } from './support/actions.ts';
import type { TestLibrary } from './support/library.ts';
import { testLibrary } from './support/library.ts';

const patience = (): AbortSignal => AbortSignal.timeout(15_000);

/** A library with a few chats in it, and a name beside it for a copy. */
async function played(): Promise<TestLibrary & { readonly copy: string }> {
  const library = await testLibrary();
  await library.store.execute(commandOf(0), () => ({ events: opening(), answer: 'begun' }));
  return Object.assign(library, { copy: join(dirname(library.path), 'copy.sqlite') });
}

const persona = (n: number, text = '') => inLibrary('persona_authored', { personaId: `p${n}`, identity: { name: 'Ada', persona: text } });

describe('OP-2 copies', () => {
  test('one is a single sound file that holds what was there when it was begun', async () => {
    await using library = await played();
    const contents = await copyOf({ from: library.path, to: library.copy, asNew: false }, patience());
    expect(contents.seq).toBe(await library.store.read.seq());
    expect(contents.chats).toBeGreaterThan(0);
    expect(await inspectLibrary(library.copy, patience())).toEqual(contents);
    expect(await glanceAt([library.copy, join(dirname(library.copy), 'none.sqlite')], patience())).toEqual([contents, undefined]);
    expect(readdirSync(dirname(library.copy)).filter((name) => name.startsWith('copy.sqlite'))).toEqual(['copy.sqlite']);
  });

  test('one that is made while others write holds all of it up to its beginning, and nothing of later', async () => {
    await using library = await played();
    for (let n = 0; n < 200; n++) await library.store.execute(commandOf(n + 1), () => ({ events: [persona(n, 'long '.repeat(2_000))], answer: n }));
    const seq = await library.store.read.seq();
    let written = 0;
    let more: Promise<unknown> = Promise.resolve();
    const contents = await copyLibrary({ from: library.path, to: library.copy, asNew: false }, () => {
      written++;
      more = more.then(() => library.store.execute(commandOf(1_000 + written), () => ({ events: [persona(500)], answer: null })));
    });
    await more;
    expect(written).toBeGreaterThan(1);
    expect(contents.seq).toBe(seq);
    expect(await library.store.read.seq()).toBe(seq + written);
  });

  test('one to be played on has another epoch, so that pages start over', async () => {
    await using library = await played();
    await copyOf({ from: library.path, to: library.copy, asNew: true }, patience());
    const copy = new Sqlite(library.copy, { readonly: true });
    const epoch = copy.prepare(`select value from meta where name = 'epoch'`).pluck().get();
    copy.close();
    expect(epoch).not.toBe(library.store.epoch);
  });

  test('UI-10 one that is cancelled leaves nothing behind', async () => {
    await using library = await played();
    const cancel = new AbortController();
    const copying = copyOf({ from: library.path, to: library.copy, asNew: false }, cancel.signal, () => cancel.abort(new Error('enough')));
    await expect(copying).rejects.toThrow('enough');
    expect(existsSync(library.copy)).toBe(false);
    await expect(copyOf({ from: library.path, to: library.copy, asNew: false }, cancel.signal)).rejects.toThrow('enough');
  });

  test('OP-4 one that cannot be written leaves nothing behind and says why', async () => {
    await using library = await played();
    const to = join(dirname(library.path), 'none', 'copy.sqlite');
    await expect(copyOf({ from: library.path, to, asNew: false }, patience())).rejects.toThrow(/directory does not exist/);
  });
});

describe('IO-4 what is no sound library is refused', () => {
  const damages: readonly [name: string, spoil: (path: string) => void, says: RegExp][] = [
    ['nothing at all', (path) => truncateSync(path, 0), /no Offstage library/],
    ['cut off', (path) => truncateSync(path, 20_000), /malformed|damaged|disk image|no Offstage/],
    ['its beginning overwritten', (path) => scribble(path, 0, 100), /not a database/],
    ['a page of rubbish', (path) => scribble(path, 3 * 4_096, 4_096), /malformed|damaged/],
    ['another program\'s words', (path) => writeFileSync(path, 'Dear diary. '.repeat(900)), /not a database/],
    ['another program\'s database', (path) => foreign(path, 'create table notes (text)'), /no Offstage library/],
  ];

  test.each(damages)('%s', async (_name, spoil, says) => {
    await using library = await played();
    await copyOf({ from: library.path, to: library.copy, asNew: false }, patience());
    spoil(library.copy);
    await expect(inspectLibrary(library.copy, patience())).rejects.toThrow(says);
    expect(() => inspect(library.copy)).toThrow(says);
  });

  test('one with a trigger in it', async () => {
    await using library = await played();
    await copyLibrary({ from: library.path, to: library.copy, asNew: false }, () => {});
    const to = `${library.copy}.new`;
    const copy = new Sqlite(library.copy);
    copy.exec(`create trigger sly after insert on events begin delete from receipts; end`);
    copy.close();
    await expect(copyLibrary({ from: library.copy, to, asNew: true }, () => {})).rejects.toThrow(/instructions/);
    expect(existsSync(to)).toBe(false);
    expect(inspect(library.copy).chats).toBeGreaterThan(0);
    expect(glance(library.copy)?.chats).toBeGreaterThan(0);
  });
});

describe('TL-15 the check of a library against its log', () => {
  test('finds nothing in one that is sound, and each thing that is not', async () => {
    await using library = await played();
    const { store, path } = library;
    expect(verifyLibrary(path)).toMatchObject({ problems: [], events: await store.read.seq() });
    await store.close();
    const meddle = (sql: string): readonly string[] => {
      const database = new Sqlite(path);
      database.exec(sql);
      database.close();
      return verifyLibrary(path).problems;
    };
    expect(meddle(`update personas set name = 'Wrong'`)).toEqual([expect.stringContaining('differs from its log')]);
    expect(meddle(`delete from personas`)).toEqual([expect.stringContaining('is missing')]);
    const [first] = meddle(`update events set live = 0 where seq = 1`);
    expect(first).toContain('is marked wrongly');
    await library.reopen();
  });
});

function scribble(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(file);
}

function foreign(path: string, sql: string): void {
  rmSync(path);
  const database = new Sqlite(path);
  database.exec(sql);
  database.close();
}
