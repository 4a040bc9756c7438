import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { migrationsFolder } from '../../src/ops/paths.ts';
import { fresh, refusal, running } from '../support/running.ts';
import type { Running } from '../support/running.ts';
import { author, copiesIn, names, scribble, until } from './support.ts';

/** A library with Ada in its copy and Berta since, to be spoilt again and again. */
let made: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'offstage-recovery-'));
  await using server = await running();
  await author(server, 'Ada');
  await server.rpc.keeping.make.mutate({ commandId: fresh() });
  await author(server, 'Berta');
  await server.app.close();
  for (const name of ['library.sqlite', 'backups']) cpSync(join(server.folder, name), join(made, name), { recursive: true });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A server over a spoilt library. */
function over(spoil: (path: string) => void, keeping = {}): Promise<Running> {
  return running({ keeping }, {}, (folder) => {
    cpSync(made, folder, { recursive: true });
    spoil(join(folder, 'library.sqlite'));
  });
}

const print = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

const damages: readonly [name: string, state: 'damaged' | 'missing', spoil: (path: string) => void][] = [
  ['cut off', 'damaged', (path) => truncateSync(path, 30_000)],
  ['its beginning overwritten', 'damaged', (path) => scribble(path, 0, 200)],
  ['every page but the first overwritten', 'damaged', (path) => scribble(path, 4_096, readFileSync(path).length - 4_096)],
  ['another program\'s file', 'damaged', (path) => writeFileSync(path, 'Dear diary. '.repeat(2_000))],
  ['nothing in it', 'missing', (path) => truncateSync(path, 0)],
  ['not there', 'missing', (path) => rmSync(path)],
];

describe('OP-2 a library that cannot be opened at the start', () => {
  it.each(damages)('%s: it is left as it is, and the newest sound copy brings back what it held', async (_name, state, spoil) => {
    await using server = await over(spoil);
    const path = join(server.folder, 'library.sqlite');
    const before = existsSync(path) ? print(path) : null;
    expect(await server.rpc.keeping.standing.query()).toMatchObject({ state, opened: 0 });
    expect(await refusal(server.rpc.personas.list.query())).toMatchObject({ code: 'storage', message: expect.stringContaining('Choose on the page') });
    expect((await fetch(`${server.url}/health`)).status).toBe(503);
    expect(existsSync(path) ? print(path) : null).toBe(before);

    const newest = await server.rpc.keeping.newestSound.query();
    expect(newest).toMatchObject({ kind: 'by-hand', contents: { seq: 1 } });
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name: newest?.name ?? '' });
    expect(await names(server)).toEqual(['Ada']);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    const aside = copiesIn(server.folder).filter((name) => name.startsWith('library-damaged-') && name.endsWith('.sqlite'));
    expect(aside.map((name) => print(join(server.folder, 'backups', name)))).toEqual(before === null ? [] : [before]);
  });

  it('one can start empty; what is there is put aside, and the copies stay', async () => {
    await using server = await over((path) => scribble(path, 0, 200));
    const before = print(join(server.folder, 'library.sqlite'));
    await server.rpc.keeping.startEmpty.mutate({ commandId: fresh() });
    expect(await names(server)).toEqual([]);
    expect(await refusal(server.rpc.keeping.startEmpty.mutate({ commandId: fresh() }))).toMatchObject({ code: 'already_done' });
    const { copies } = await server.rpc.keeping.copies.query();
    expect(copies.map(({ kind }) => kind)).toEqual(['damaged', 'by-hand']);
    expect(print(join(server.folder, 'backups', copies[0]?.name ?? ''))).toBe(before);
  });

  it('a damaged copy is passed over for an older sound one', async () => {
    await using server = await over((path) => {
      scribble(path, 0, 200);
      const folder = join(path, '..', 'backups');
      const [good = ''] = readdirSync(folder);
      const newer = join(folder, 'library-nightly-2099-01-01T03-00-00-000Z.sqlite');
      cpSync(join(folder, good), newer);
      scribble(newer, 3 * 4_096, 8_192);
    });
    expect(await server.rpc.keeping.newestSound.query()).toMatchObject({ kind: 'by-hand' });
  });

  it('a page of rubbish deep inside is found while it runs, and said on every page', async () => {
    const inPersonas = (path: string): void => {
      const bytes = readFileSync(path);
      const at = Math.floor(bytes.lastIndexOf('Berta') / 4_096) * 4_096;
      scribble(path, at, 4_096);
    };
    await using server = await over(inPersonas, { inspectAfterMs: 20 });
    await until(async () => {
      const { state, trouble } = await server.rpc.keeping.standing.query();
      return state === 'damaged' || trouble?.kind === 'damaged';
    }, 'the damage');
    const newest = await server.rpc.keeping.newestSound.query();
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name: newest?.name ?? '' });
    expect(await names(server)).toEqual(['Ada']);
    expect(await server.rpc.keeping.standing.query()).toMatchObject({ state: 'open', trouble: null });
  });

  it('without the log beside it the library opens as of its last whole moment, or is offered a copy', async () => {
    await using server = await over((path) => {
      // What a crash leaves: the last words are in the log beside the file alone.
      rmSync(`${path}-wal`, { force: true });
      rmSync(`${path}-shm`, { force: true });
    });
    const { state } = await server.rpc.keeping.standing.query();
    expect(state).toBe('open');
    expect(await names(server)).toEqual(['Ada', 'Berta']);
  });
});

describe('OP-1 an update that fails', () => {
  it('is said in one sentence, and the file is as it was, to the byte', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offstage-update-'));
    cpSync(made, folder, { recursive: true });
    const migrations = join(folder, 'drizzle');
    cpSync(migrationsFolder, migrations, { recursive: true });
    const journal = join(migrations, 'meta', '_journal.json');
    const known = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { when: number }[] };
    known.entries.push({ ...known.entries.at(-1), idx: known.entries.length, when: Date.now() + 1e12, tag: '9999_bad' } as never);
    writeFileSync(journal, JSON.stringify(known));
    writeFileSync(join(migrations, '9999_bad.sql'), 'create table fine (a text);\n--> statement-breakpoint\ninsert into nowhere values (1)');
    const path = join(folder, 'library.sqlite');
    const before = print(path);
    const starting = createApp({
      configPath: join(folder, 'config.toml'),
      env: { OFFSTAGE_DB_PATH: path },
      writeLog: () => {},
      keeping: { migrationsFolder: migrations },
    });
    await expect(starting).rejects.toThrow(/could not be brought up to date .*It is as it was, and a copy of it is in the folder backups/);
    expect(print(path)).toBe(before);
    expect(readdirSync(join(folder, 'backups')).some((name) => name.startsWith('library-before-update-'))).toBe(true);
    rmSync(folder, { recursive: true, force: true });
  });
});
