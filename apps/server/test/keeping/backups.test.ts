import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fresh, refusal, running } from '../support/running.ts';
import { author, copiesIn, names, scribble, until } from './support.ts';

const KEY = 'sk-a-very-secret-key-0123456789';

describe('OP-2 copies of the library', () => {
  it('play, make a copy, play on, put it back: everything is as it was then, and what was there since is put aside', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const copy = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    expect(copy).toMatchObject({ kind: 'by-hand', contents: { chats: 0, turns: 0, seq: 1 } });
    await author(server, 'Berta');
    const { opened } = await server.rpc.keeping.standing.query();
    const { epoch } = server.app.services.store;
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name: copy.name });

    expect(await names(server)).toEqual(['Ada']);
    expect(await server.rpc.keeping.standing.query()).toMatchObject({ state: 'open', opened: opened + 1, work: null, restored: { from: copy.name } });
    expect(server.app.services.store.epoch).not.toBe(epoch);
    await author(server, 'Cleo');
    const { copies } = await server.rpc.keeping.copies.query();
    const aside = copies.find(({ kind }) => kind === 'before-restore');
    expect(aside?.contents?.seq).toBe(2);
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name: aside?.name ?? '' });
    expect(await names(server)).toEqual(['Ada', 'Berta']);
    expect(readdirSync(server.folder).filter((name) => name.includes('incoming'))).toEqual([]);
  });

  it('every page is told while a copy is made and put back', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const states = new Set<string>();
    const deafen = server.app.library.onChange(() => {
      const { state, work } = server.app.library.standing;
      states.add(`${state} ${work?.what ?? 'idle'}`);
    });
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name });
    deafen();
    expect([...states]).toEqual(expect.arrayContaining(['open copy', 'open idle', 'open restore', 'restoring restore']));
  });

  it('UI-10 every page is told how far a copy and its restore are, in pages of the file', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const told: { what: string; done: number; total: number }[] = [];
    const deafen = server.app.library.onChange(() => {
      const { work } = server.app.library.standing;
      if (work !== null && work.total > 0) told.push({ what: work.what, done: work.done, total: work.total });
    });
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name });
    deafen();
    for (const what of ['copy', 'restore']) {
      const steps = told.filter((step) => step.what === what);
      expect(steps.length, what).toBeGreaterThan(0);
      expect(steps.every(({ done, total }, n) => done <= total && done >= (steps[n - 1]?.done ?? 0)), what).toBe(true);
      expect(steps.at(-1)?.done, what).toBe(steps.at(-1)?.total);
    }
  });

  it('UI-10 a copy that is being put back can be called off until the library is touched: it is as it was', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    await author(server, 'Berta');
    const restoring = refusal(server.rpc.keeping.restore.mutate({ commandId: fresh(), name }));
    await until(() => server.app.library.works.busy, 'the restore');
    expect(await server.rpc.keeping.cancel.mutate({ commandId: fresh() })).toEqual({ cancelled: true });
    expect(await restoring).toMatchObject({ code: 'already_done', message: 'This was cancelled; nothing has changed.' });
    expect(await names(server)).toEqual(['Ada', 'Berta']);
    expect(readdirSync(server.folder).filter((file) => file.includes('incoming'))).toEqual([]);

    const late: boolean[] = [];
    server.app.library.onChange(() => {
      const { work } = server.app.library.standing;
      if (work?.cancellable === false && late.length === 0) void server.app.library.works.cancel().then((cancelled) => late.push(cancelled));
    });
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name });
    expect(late).toContain(false);
    expect(late).not.toContain(true);
    expect(await names(server)).toEqual(['Ada']);
  });

  it('OP-5 no key is in any of them', async () => {
    await using server = await running();
    await server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { name: 'A', baseUrl: 'http://127.0.0.1:9/v1', apiKey: KEY, maxConcurrent: 1 }, narrative: 'm' });
    await author(server, 'Ada');
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    const bytes = readFileSync(join(server.folder, 'backups', name));
    expect(bytes.includes('Ada')).toBe(true);
    expect(bytes.includes(KEY)).toBe(false);
  });

  it('they make themselves when they are due, and only so many stay', async () => {
    let now = Date.parse('2026-03-10T12:00:00.000Z');
    await using server = await running({ now: () => new Date(now).toISOString() }, { 'config.toml': '[backups]\nsnapshots = 2\nnightly = 1\n' });
    for (let n = 0; n < 4; n++) {
      await author(server, `Somebody ${n}`);
      now += 31 * 60_000;
      await server.app.library.backups.tick();
      await server.app.library.backups.tick();
    }
    for (let n = 0; n < 2; n++) {
      await author(server, `Nobody ${n}`);
      now += 24 * 3_600_000;
      await server.app.library.backups.tick();
    }
    const { copies, health } = await server.rpc.keeping.copies.query();
    expect(copies.map(({ kind }) => kind).toSorted()).toEqual(['nightly', 'snapshot', 'snapshot']);
    expect(health).toEqual({ last: new Date(now).toISOString(), failed: null });
    expect(copies[0]).toMatchObject({ kind: 'nightly', at: new Date(now).toISOString(), contents: { seq: 6 } });
  });

  it('a clock that was wrong for a while and is set right: they go on being made and kept, and none dated ahead counts as the newest', async () => {
    let now = Date.parse('2026-03-10T12:00:00.000Z');
    await using server = await running({ now: () => new Date(now).toISOString() }, { 'config.toml': '[backups]\nsnapshots = 1\nnightly = 1\n' });
    await author(server, 'Ada');
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    for (const kind of ['snapshot', 'nightly']) cpSync(join(server.folder, 'backups', name), join(server.folder, 'backups', name.replace('by-hand', kind).replace('2026', '2031')));
    // A start learns from the files alone.
    await server.rpc.keeping.restore.mutate({ commandId: fresh(), name });
    await author(server, 'Berta');
    now += 31 * 60_000;
    await server.app.library.backups.tick();
    now += 31 * 60_000;
    await author(server, 'Cleo');
    now += 31 * 60_000;
    await server.app.library.backups.tick();
    const { copies, health } = await server.rpc.keeping.copies.query();
    expect(copies.filter(({ kind }) => ['snapshot', 'nightly'].includes(kind)).map(({ kind, at }) => `${kind} ${at.slice(0, 10)}`)).toEqual(['snapshot 2026-03-10', 'nightly 2026-03-10']);
    expect(health.failed).toBeNull();
    expect((await server.rpc.keeping.newestSound.query())?.at).toBe(new Date(now).toISOString());
  });

  it('what is written while the one of the night is made is in the next', async () => {
    let now = Date.parse('2026-03-10T12:00:00.000Z');
    await using server = await running({ now: () => new Date(now).toISOString() });
    await author(server, 'Ada');
    now += 24 * 3_600_000;
    let writing: Promise<string> | undefined;
    const deafen = server.app.library.onChange(() => {
      // It is known how much is to be copied: what is in it is settled.
      if ((server.app.library.works.now?.total ?? 0) > 0) writing ??= author(server, 'Berta');
    });
    await server.app.library.backups.tick();
    await writing;
    deafen();
    now += 24 * 3_600_000;
    await server.app.library.backups.tick();
    const nightly = (await server.rpc.keeping.copies.query()).copies.filter(({ kind }) => kind === 'nightly');
    expect(nightly.map(({ contents }) => contents?.seq)).toEqual([2, 1]);
  });

  it('one that cannot be made is not tried again every minute', async () => {
    let now = Date.parse('2026-03-10T12:00:00.000Z');
    await using server = await running({ now: () => new Date(now).toISOString() });
    await author(server, 'Ada');
    writeFileSync(join(server.folder, 'backups'), 'in the way');
    now += 24 * 3_600_000;
    for (let minute = 0; minute < 5; minute++) {
      await server.app.library.backups.tick();
      now += 60_000;
    }
    expect(server.log.filter((line) => line.includes('a copy of the library could not be made'))).toHaveLength(1);
    rmSync(join(server.folder, 'backups'));
    now += 30 * 60_000;
    await server.app.library.backups.tick();
    expect(copiesIn(server.folder)).toHaveLength(1);
  });

  it('TL-12 none is made while something is deleted for good: it would hold what goes', async () => {
    await using server = await running();
    const { botId } = await server.rpc.bots.author.mutate({ commandId: fresh(), identity: { name: 'Mara' } });
    const { store } = server.app.services;
    const purge = store.purge.bind(store);
    const refused: Promise<unknown>[] = [];
    store.purge = async (command, decide, options) => {
      refused.push(server.rpc.keeping.make.mutate({ commandId: fresh() }).catch((problem: unknown) => problem));
      await refused[0];
      return purge(command, decide, options);
    };
    await server.rpc.purge.run.mutate({ commandId: fresh(), target: { what: 'bot', botId, together: true }, name: 'Mara' });
    expect(await refused[0]).toMatchObject({ data: { offstage: { code: 'busy', message: expect.stringContaining('deleted for good') } } });
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    expect(readFileSync(join(server.folder, 'backups', name)).includes('Mara')).toBe(false);
  });

  it('OP-9 one that fails is said in /health and on the page, and leaves nothing half-written', async () => {
    await using server = await running();
    await author(server, 'Ada');
    writeFileSync(join(server.folder, 'backups'), 'in the way');
    const problem = await refusal(server.rpc.keeping.make.mutate({ commandId: fresh() }));
    expect(problem.message).not.toBe('');
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'degraded', backups: { failed: expect.any(String) } });
    rmSync(join(server.folder, 'backups'));
    await server.rpc.keeping.make.mutate({ commandId: fresh() });
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'ok', backups: { failed: null, last: expect.any(String) } });
  });

  it('UI-10 one at a time, and it can be cancelled', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const making = refusal(server.rpc.keeping.make.mutate({ commandId: fresh() }));
    await until(() => server.app.library.works.busy, 'the copy');
    expect(await refusal(server.rpc.keeping.make.mutate({ commandId: fresh() }))).toMatchObject({ code: 'busy' });
    expect(await server.rpc.keeping.cancel.mutate({ commandId: fresh() })).toEqual({ cancelled: true });
    expect((await making).message).toContain('cancelled');
    expect(copiesIn(server.folder)).toEqual([]);
    expect(await server.rpc.keeping.cancel.mutate({ commandId: fresh() })).toEqual({ cancelled: false });
  });

  it('one can be downloaded and deleted; no other file can be', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const { name, bytes } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    const answer = await fetch(`${server.url}/api/copies/${name}`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${name}`);
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes);
    for (const other of ['config.toml', '..%2Fconfig.toml', '..%2Flibrary.sqlite', `..%2Fbackups%2F${name}`, `${name}x`]) {
      expect((await fetch(`${server.url}/api/copies/${other}`)).status, other).toBe(404);
    }
    expect(await refusal(server.rpc.keeping.remove.mutate({ commandId: fresh(), name: '../library.sqlite' }))).toMatchObject({ code: 'not_found' });
    await server.rpc.keeping.remove.mutate({ commandId: fresh(), name });
    expect((await server.rpc.keeping.copies.query()).copies).toEqual([]);
  });

  it('IO-4 a damaged one is refused, and the library is as it was', async () => {
    await using server = await running();
    await author(server, 'Ada');
    const { name } = await server.rpc.keeping.make.mutate({ commandId: fresh() });
    scribble(join(server.folder, 'backups', name), 3 * 4_096, 8_192);
    expect(await refusal(server.rpc.keeping.restore.mutate({ commandId: fresh(), name }))).toMatchObject({ code: 'storage' });
    expect(await names(server)).toEqual(['Ada']);
    expect(copiesIn(server.folder)).toEqual([name]);
    expect(await server.rpc.keeping.newestSound.query()).toBeNull();
  });

  it('what a crash left half-made is cleared away at the next start', async () => {
    await using first = await running();
    await author(first, 'Ada');
    const { name } = await first.rpc.keeping.make.mutate({ commandId: fresh() });
    const left = join(first.folder, 'backups', `${name.replace('by-hand', 'nightly')}.part`);
    writeFileSync(left, 'half');
    await first.rpc.keeping.restore.mutate({ commandId: fresh(), name: basename(name) });
    expect(existsSync(left)).toBe(false);
  });

  it('how often and how many is set on the page and stands in the file', async () => {
    await using server = await running();
    await server.rpc.keeping.set.mutate({ commandId: fresh(), settings: { nightly: 30, at: '04:30' } });
    expect(readFileSync(server.configPath, 'utf8')).toMatch(/\[backups\][^[]*nightly = 30[^[]*at = "04:30"/);
    expect((await server.rpc.keeping.copies.query()).settings).toEqual({ snapshots: 5, nightly: 30, everyMinutes: 30, everyEvents: 1_000, at: '04:30' });
    expect(await refusal(server.rpc.keeping.set.mutate({ commandId: fresh(), settings: { at: 'three' } }))).toMatchObject({ code: 'invalid' });
  });
});
