import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@offstage/store';
import type { OpenOptions, Store } from '@offstage/store';
import { afterAll, describe, expect, it } from 'vitest';
import { migrationsFolder } from '../../src/ops/paths.ts';
import { fresh, refusal, running } from '../support/running.ts';
import type { Running } from '../support/running.ts';
import { author, copiesIn, names, until } from './support.ts';

const quick = { watchEveryMs: 30 };
const trouble = async (server: Running) => (await server.rpc.keeping.standing.query()).trouble;

/** A store whose disk refuses as long as `code` says so. */
function refusing(disk: { code: string | null }) {
  return async (options: OpenOptions): Promise<Store> => {
    const store = await openStore(options);
    const refuse = async (): Promise<never> => Promise.reject(Object.assign(new Error('the disk refuses'), { code: disk.code }));
    return new Proxy(store, {
      get(target, name) {
        if (disk.code !== null && (name === 'execute' || name === 'probe')) return refuse;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
}

describe('OP-4 a disk that refuses', () => {
  it.each([
    ['SQLITE_FULL', 'full', /disk is full/],
    ['SQLITE_READONLY', 'readonly', /read-only/],
    ['SQLITE_IOERR_WRITE', 'disk', /disk could not be read or written/],
  ] as const)('%s is said on every page, and it goes on by itself', async (code, kind, words) => {
    const disk: { code: string | null } = { code: null };
    await using server = await running({ keeping: { ...quick, openStore: refusing(disk) } });
    await author(server, 'Ada');
    disk.code = code;
    expect(await refusal(author(server, 'Berta'))).toMatchObject({ code: 'storage' });
    expect(await trouble(server)).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'failed', database: { ok: false } });
    disk.code = null;
    await until(async () => (await trouble(server)) === null, 'the end of the trouble');
    expect(await names(server)).toEqual(['Ada']);
    await author(server, 'Berta');
    expect(await names(server)).toEqual(['Ada', 'Berta']);
  });

  it('TN-5 TN-9 a reply that came while it refused is ended with its words when it is well again, and what is owed is done', async () => {
    const disk: { code: string | null } = { code: null };
    await using server = await running({ keeping: { ...quick, openStore: refusing(disk) } });
    const { rpc } = server;
    const { store, story } = server.app.services;
    const { personaId } = await rpc.personas.author.mutate({ commandId: fresh(), identity: { name: 'Ada' } });
    const { botId } = await rpc.bots.author.mutate({ commandId: fresh(), identity: { name: 'Mara', kickoff: 'A pier at night.' } });
    const { draft } = await rpc.kickoff.read.query({ botId, personaId });
    const { chatId } = await rpc.chats.begin.mutate({ commandId: fresh(), botId, personaId, continuity: 'own', draft });
    await story.idle();
    const head = (await store.read.head(chatId))?.turnId ?? '';
    // From the moment in which the turn stands: the reply may be over before the message is answered.
    const stop = store.onCommit(({ events }) => {
      if (events.some(({ kind }) => kind === 'assistant_turn_started')) disk.code = 'SQLITE_FULL';
    });
    const { replyTurnId } = await rpc.turns.send.mutate({ commandId: fresh(), chatId, head, text: 'Good evening, Mara.' });
    stop();
    expect(await refusal(author(server, 'Berta'))).toMatchObject({ code: 'storage' });
    await until(() => server.log.some((line) => line.includes('the end of a reply could not be kept')), 'the refusal of the end');
    expect(await store.read.row('turns', replyTurnId)).toMatchObject({ status: 'streaming' });
    disk.code = null;
    await until(async () => (await store.read.row('turns', replyTurnId))?.status === 'whole', 'the end of the reply');
    expect(await store.read.row('turns', replyTurnId)).toMatchObject({ finishReason: 'stop', truncated: false, text: expect.stringMatching(/\w/) });
    await story.idle();
    expect(await store.read.rows('owed', {})).toEqual([]);
    expect(await store.drafts()).toEqual([]);
  }, 40_000);

  it('OP-2 a damaged library stays one, whatever else is wrong and over meanwhile', async () => {
    const disk: { code: string | null } = { code: null };
    await using server = await running({ keeping: { ...quick, openStore: refusing(disk) } });
    await author(server, 'Ada');
    server.app.library.fault(Object.assign(new Error('a page cannot be read'), { code: 'OFFSTAGE_DAMAGED' }));
    disk.code = 'SQLITE_FULL';
    await refusal(author(server, 'Berta'));
    expect(await trouble(server)).toMatchObject({ kind: 'full' });
    disk.code = null;
    await until(async () => (await trouble(server))?.kind !== 'full', 'the end of the other trouble');
    expect(await trouble(server)).toMatchObject({ kind: 'damaged' });
  });

  const mount = mkdtempSync(join(tmpdir(), 'offstage-small-'));
  const mounted = ((): boolean => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', mount], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  afterAll(() => {
    if (mounted) execFileSync('umount', ['-l', mount], { stdio: 'ignore' });
    rmSync(mount, { recursive: true, force: true });
  });

  it.runIf(mounted)('a disk that is truly full: nothing is half-written, and with room again it goes on', async () => {
    const path = join(mount, 'library.sqlite');
    await using server = await running({ env: { OFFSTAGE_DB_PATH: path }, keeping: quick });
    await author(server, 'Ada');
    const seen = new Set<string | undefined>();
    server.app.library.onChange(() => seen.add(server.app.library.standing.trouble?.kind));
    const filler = join(mount, 'filler');
    fill(filler);
    await until(async () => {
      const asked = server.rpc.personas.author.mutate({ commandId: fresh(), identity: { name: 'Filler', persona: 'x'.repeat(4_000) } });
      return asked.then(() => false, () => true);
    }, 'a refusal');
    expect(seen).toContain('full');
    expect(await refusal(server.rpc.keeping.make.mutate({ commandId: fresh() }))).toMatchObject({ code: 'storage', message: expect.stringMatching(/disk/) });
    rmSync(filler);
    await until(async () => (await trouble(server)) === null, 'the end of the trouble');
    const before = (await names(server)).length;
    await author(server, 'Berta');
    expect(await names(server)).toHaveLength(before + 1);
    expect(await server.rpc.keeping.newestSound.query()).toBeNull();
    const copy = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    expect(copy.contents?.seq).toBe(before + 1);
  });
});

describe('OP-4 a file that another program holds', () => {
  it('is said on every page, and it goes on by itself', async () => {
    await using server = await running({ keeping: quick });
    await author(server, 'Ada');
    const holder = spawn(process.execPath, ['-e', HOLD, join(server.folder, 'library.sqlite')], { stdio: ['pipe', 'pipe', 'ignore'] });
    await once(holder.stdout, 'data');
    expect(await refusal(author(server, 'Berta'))).toMatchObject({ code: 'storage', message: expect.stringContaining('Another program') });
    expect(await trouble(server)).toMatchObject({ kind: 'locked' });
    expect(await names(server)).toEqual(['Ada']);
    holder.stdin.end();
    await until(async () => (await trouble(server)) === null, 'the end of the trouble');
    await author(server, 'Berta');
    expect(await names(server)).toEqual(['Ada', 'Berta']);
  });
});

/** Another program: it holds a library for writing until its input ends. */
const HOLD = `
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(process.argv[1], { timeout: 5000 });
database.exec('begin immediate');
console.log('held');
process.stdin.resume().on('end', () => process.exit(0));
`;

describe('OP-4 a file that goes away under the running server', () => {
  it('moved and put back: it says so, nothing is written meanwhile, and it goes on', async () => {
    await using server = await running({ keeping: quick });
    await author(server, 'Ada');
    const path = join(server.folder, 'library.sqlite');
    renameSync(path, `${path}.moved`);
    await until(async () => (await trouble(server))?.kind === 'gone', 'the trouble');
    expect(await refusal(author(server, 'Berta'))).toMatchObject({ code: 'storage', message: expect.stringContaining('moved or deleted') });
    expect(await names(server)).toEqual(['Ada']);
    renameSync(`${path}.moved`, path);
    await until(async () => (await trouble(server)) === null, 'the end of the trouble');
    await author(server, 'Berta');
    expect(await names(server)).toEqual(['Ada', 'Berta']);
  });

  it('deleted: it is written anew from what is held', async () => {
    await using server = await running({ keeping: quick });
    await author(server, 'Ada');
    const path = join(server.folder, 'library.sqlite');
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    await until(async () => (await trouble(server))?.kind === 'gone', 'the trouble');
    await server.rpc.keeping.writeAnew.mutate({ commandId: fresh() });
    expect(existsSync(path)).toBe(true);
    expect(await trouble(server)).toBeNull();
    await author(server, 'Berta');
    expect(await names(server)).toEqual(['Ada', 'Berta']);
    expect(await refusal(server.rpc.keeping.writeAnew.mutate({ commandId: fresh() }))).toMatchObject({ code: 'already_done' });
  });

  it('replaced by another: the other is put aside when the library is written anew', async () => {
    await using server = await running({ keeping: quick });
    await author(server, 'Ada');
    const path = join(server.folder, 'library.sqlite');
    writeFileSync(`${path}.other`, 'something else');
    renameSync(`${path}.other`, path);
    await until(async () => (await trouble(server))?.kind === 'replaced', 'the trouble');
    await server.rpc.keeping.writeAnew.mutate({ commandId: fresh() });
    expect(await names(server)).toEqual(['Ada']);
    expect(copiesIn(server.folder).filter((name) => name.startsWith('library-other-') && name.endsWith('.sqlite'))).toHaveLength(1);
  });

  it('deleted, and the server is stopped: at its end it writes the library anew', async () => {
    await using server = await running({ keeping: quick });
    await author(server, 'Ada');
    const path = join(server.folder, 'library.sqlite');
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    await server.app.close();
    cpSync(path, `${path}.kept`);
    const store = await openStore({ path: `${path}.kept`, migrationsFolder });
    expect(await store.read.seq()).toBe(1);
    await store.close();
  });
});

/** Fills a disk to its last byte. */
function fill(path: string): void {
  const block = Buffer.alloc(64 * 1024);
  for (let size = block.length; size >= 512; size /= 2) {
    try {
      for (;;) writeFileSync(path, block.subarray(0, size), { flag: 'a' });
    } catch {
      // Smaller pieces may still fit.
    }
  }
}
