import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inLibrary } from '@offstage/domain';
import { openStore } from '@offstage/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOf, shownHosts } from '../../src/ops/address.ts';
import { readConfig } from '../../src/ops/configRead.ts';
import { configPathOf, libraryPathOf, migrationsFolder } from '../../src/ops/paths.ts';
import { listenProblem } from '../../src/ops/startError.ts';

const entry = new URL('../../src/main.ts', import.meta.url).pathname;
let folder = '';
const started: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offstage-start-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A library that holds one person; answers where it lies. */
async function library(name: string): Promise<string> {
  const path = join(folder, 'library.sqlite');
  const store = await openStore({ path, migrationsFolder });
  await store.execute({ id: name, actor: 'person', at: '2026-03-01T10:00:00.000Z' }, () => ({ events: [inLibrary('persona_authored', { personaId: name, identity: { name } })], answer: null }));
  await store.close();
  return path;
}

/** Who stands in a library that nobody has open. */
function namesIn(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const names = database.prepare('select name from personas order by name').all().map(({ name }) => name);
  database.close();
  return names;
}

/** Starts the server as a person would, and gathers what it says. */
function start(env: Readonly<Record<string, string>> = {}, as: { readonly uid?: number } = {}) {
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      OFFSTAGE_PORT: '0',
      OFFSTAGE_DB_PATH: join(folder, 'library.sqlite'),
      OFFSTAGE_CONFIG_PATH: join(folder, 'config.toml'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...as,
  });
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = async (): Promise<string> => {
    const over = ended.then(() => 'over');
    for (;;) {
      const found = /Offstage is at (http:\S+)/.exec(said.out)?.[1];
      if (found !== undefined) return found;
      if ((await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 20))])) === 'over') throw new Error(said.err + said.out);
    }
  };
  return { child, said, ended, url };
}

// Each starts a server or two, which on a machine with other things to do takes its time.
describe('starting', { timeout: 60_000 }, () => {
  it('OP-1 says where it is, answers, and ends with 0 when asked, also with a page open', async () => {
    await writeFile(join(folder, 'config.toml'), '[sampler]\ntemprature = 1\n');
    const server = start();
    const url = await server.url();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(server.said.out).toContain('config.toml, line 2: “temprature” is not a setting here. Did you mean “temperature”?');
    const page = new WebSocket(`${url.replace('http', 'ws')}/trpc`);
    await once(page, 'open');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.said.err).not.toContain('"level":50');
  });

  it('OP-1 a port in use is said in one sentence, with the way to another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const server = start({ OFFSTAGE_PORT: String(port) });
    expect(await server.ended).toBe(1);
    expect(server.said.err).toContain(`Port ${port} is in use, perhaps by another Offstage. Choose another port with OFFSTAGE_PORT`);
    expect(server.said.err).not.toMatch(/\bat .*\.ts:\d+/);
    other.close();
  });

  it('OP-1 a library that is open already is not opened twice; after a crash it is free at once', async () => {
    const first = start();
    await first.url();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said.err).toContain('is open in another Offstage');
    await symlink(folder, `${folder}-link`);
    const linked = start({ OFFSTAGE_DB_PATH: join(`${folder}-link`, 'library.sqlite') });
    expect(await linked.ended).toBe(1);
    expect(linked.said.err).toContain('is open in another Offstage');
    await rm(`${folder}-link`);
    first.child.kill('SIGKILL');
    await first.ended;
    const third = start();
    expect((await fetch(`${await third.url()}/health`)).status).toBe(200);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
  });

  it('OP-2 a library that is none is left as it was, and a page says what can be done', async () => {
    const path = join(folder, 'library.sqlite');
    const rubbish = 'this is no library '.repeat(500);
    await writeFile(path, rubbish);
    const server = start();
    expect((await fetch(`${await server.url()}/health`)).status).toBe(503);
    expect(server.said.out).toContain('is damaged. Nothing was changed; open the page to choose what to do.');
    expect(server.said.err).toContain('the library could not be opened');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(await readFile(path, 'utf8')).toBe(rubbish);
  });

  it('OP-1 an update that fails ends with another code than 0 and says what to do; the file is as it was, byte for byte, with a copy beside it', async () => {
    const path = await library('Ada');
    // As if only the first step had been taken: the second stumbles over what it made before.
    const database = new DatabaseSync(path);
    database.exec('delete from __drizzle_migrations where rowid > 1');
    database.close();
    const before = await readFile(path);
    const server = start();
    expect(await server.ended).toBe(1);
    expect(server.said.err).toMatch(/could not be brought up to date \(table `?\w+`? already exists\)\. It is as it was, and a copy of it is in the folder backups beside it/);
    expect(server.said.err).not.toMatch(/\bat .*\.ts:\d+:\d+\)?\n$/);
    expect((await readFile(path)).equals(before)).toBe(true);
    const [copy = ''] = await readdir(join(folder, 'backups'));
    expect(copy).toMatch(/^library-before-update-.*\.sqlite$/);
    expect(namesIn(join(folder, 'backups', copy))).toEqual(['Ada']);
  });

  it('OP-4 a library that another program holds is not waited for without end: it says so, and goes on once the other lets go', async () => {
    const path = await library('Ada');
    const server = start();
    const url = await server.url();
    const holder = new DatabaseSync(path);
    holder.exec('begin immediate');
    const author = (name: string): Promise<Response> =>
      fetch(`${url}/trpc/personas.author`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ commandId: name, identity: { name } }) });
    const refused = await author('Berta');
    expect([refused.ok, await refused.text()]).toEqual([false, expect.stringContaining('Another program is using the library file. Close it and try again.')]);
    expect((await fetch(`${url}/health`)).status).toBe(503);
    holder.exec('rollback');
    holder.close();
    await expect.poll(async () => (await author('Berta')).ok, { interval: 100, timeout: 20_000 }).toBe(true);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(namesIn(path)).toEqual(['Ada', 'Berta']);
  });

  it('OP-4 a library that may only be read stops the start with words, and stays as it was', async () => {
    const path = await library('Ada');
    await chmod(path, 0o444);
    await chmod(folder, 0o777);
    const before = await readFile(path);
    // Whoever may write everything is not kept from a file by its mode: then the server runs as somebody who may not.
    const server = start({}, process.getuid?.() === 0 ? { uid: 65_534 } : {});
    expect(await server.ended).toBe(1);
    expect(server.said.err).toContain('The library cannot be written: its file or folder is read-only. Allow writing and try again.');
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('OP-5 a settings file that cannot be opened stops the start with a reason', async () => {
    await mkdir(join(folder, 'config.toml'));
    const server = start();
    expect(await server.ended).toBe(1);
    expect(server.said.err).toMatch(/settings file .* could not be read \(it is a folder\)/);
  });

  it('OP-6 it does not listen where others could reach it without a passphrase', async () => {
    await writeFile(join(folder, 'config.toml'), '[server]\nhost = "0.0.0.0"\n');
    const server = start();
    expect(await server.ended).toBe(1);
    expect(server.said.err).toContain('Others could reach your library on 0.0.0.0, so Offstage wants a passphrase first. Set one with: npm run passphrase');
  });
});

describe('where things are', () => {
  const { config } = readConfig('[server]\nport = 8100\n');

  it('OP-5 variables win over the file, the file over the defaults', () => {
    expect(addressOf({}, config)).toEqual({ host: '127.0.0.1', port: 8100 });
    expect(addressOf({ OFFSTAGE_PORT: '9000' }, config).port).toBe(9000);
    expect(configPathOf({})).toMatch(/data[\\/]config\.toml$/);
    expect(configPathOf({ OFFSTAGE_CONFIG_PATH: '/x/y.toml' })).toBe('/x/y.toml');
    expect(libraryPathOf({}, '/x/y.toml', undefined)).toMatch(/data[\\/]offstage\.sqlite$/);
    expect(libraryPathOf({}, '/x/y.toml', 'lib.sqlite')).toBe('/x/lib.sqlite');
    expect(libraryPathOf({ OFFSTAGE_DB_PATH: '/z.sqlite' }, '/x/y.toml', 'lib.sqlite')).toBe('/z.sqlite');
  });

  it('OP-6 says at which addresses others find it, where it listens on all of them', () => {
    const at = (address: string, family: 'IPv4' | 'IPv6', internal = false) => ({ address, family, internal, netmask: '', mac: '', cidr: null, ...(family === 'IPv6' && { scopeid: 0 }) }) as NetworkInterfaceInfo;
    const interfaces = { lo: [at('127.0.0.1', 'IPv4', true)], wifi: [at('192.0.2.7', 'IPv4'), at('fe80::1', 'IPv6')], cable: [at('198.51.100.2', 'IPv4')] };
    expect(shownHosts('0.0.0.0', interfaces)).toEqual(['192.0.2.7', '198.51.100.2']);
    expect(shownHosts('::', { lo: interfaces.lo })).toEqual(['127.0.0.1']);
    expect(shownHosts('::1', interfaces)).toEqual(['[::1]']);
    expect(shownHosts('127.0.0.1', interfaces)).toEqual(['127.0.0.1']);
  });

  it.each(['eighty', '-1', '70000', '80.5', '1e3'])('OP-1 a port that is none is named: %s', (port) => {
    expect(() => addressOf({ OFFSTAGE_PORT: port }, config)).toThrow(/is no port/);
  });

  it('OP-1 a port that is not allowed, and anything else, is said plainly', () => {
    expect(listenProblem(Object.assign(new Error('x'), { code: 'EACCES' }), '127.0.0.1', 80).message).toMatch(/may not be used by this account.*OFFSTAGE_PORT=8000/);
    expect(listenProblem(new Error('odd'), '127.0.0.1', 8000).message).toMatch(/could not listen on 127\.0\.0\.1, port 8000: odd.*8001/);
  });

  it('OP-5 the example that is shipped is free of slips, and says the defaults', async () => {
    const example = await readFile(new URL('../../../../data/config.example.toml', import.meta.url), 'utf8');
    const read = readConfig(example);
    expect(read.problems).toEqual([]);
    expect(read.config).toEqual(readConfig('').config);
    // What is commented out is right too.
    const all = readConfig(example.replaceAll(/^# (?=\w+ = |\[\[)/gm, ''));
    expect(all.problems).toEqual([]);
    expect(all.config.providers.map(({ id }) => id)).toEqual(['ollama', 'openrouter']);
    expect(all.config.sampler).toMatchObject({ temperature: 0.8 });
  });
});
