import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Attempts } from '../../src/ops/attempts.ts';
import { readConfig } from '../../src/ops/configRead.ts';
import { isKept, keptOf } from '../../src/ops/passphrase.ts';
import { Sessions } from '../../src/ops/sessions.ts';
import type { Running } from '../support/running.ts';
import { running } from '../support/running.ts';
import { everyProcedure } from './inputs.ts';

const PASSPHRASE = 'seven lamps on the pier';
const DAY = 24 * 60 * 60 * 1_000;
const settings = (kept: string): string => `[server]\nhost = "0.0.0.0"\nnames = ["offstage.home", "box.lan:9000"]\n\n[owner]\npassphrase = "${kept}"\n`;

let kept = '';
beforeAll(async () => {
  kept = await keptOf(PASSPHRASE);
});

describe('OP-6 a server that others can reach', () => {
  let server: Running;
  let host = '';
  beforeEach(async () => {
    server = await running({}, { 'config.toml': settings(kept) });
    ({ host } = new URL(server.url));
    return () => server[Symbol.asyncDispose]();
  });

  const send = (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}, payload?: string, remoteAddress?: string) =>
    server.app.http.inject({ method, url, headers: { host, ...headers }, ...(payload !== undefined && { payload }), ...(remoteAddress !== undefined && { remoteAddress }) });
  const login = (passphrase: string, headers: Record<string, string> = {}, remoteAddress?: string) =>
    send('POST', '/login', { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}`, ...headers }, new URLSearchParams({ passphrase }).toString(), remoteAddress);
  const cookieOf = (answer: Awaited<ReturnType<typeof send>>): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const socket = (headers: Record<string, string>): Promise<WebSocket | string> =>
    new Promise((resolve) => {
      const opened = new WebSocket(`ws://${host}/trpc`, { headers });
      opened.on('open', () => resolve(opened));
      opened.on('error', ({ message }) => resolve(message));
    });

  it('OP-6 answers nothing without the passphrase: no procedure, page, upload, file, copy or WebSocket', async () => {
    for (const { path, kind } of everyProcedure()) {
      const answer = await (kind === 'mutation' ? send('POST', `/trpc/${path}`, { 'content-type': 'application/json' }, '{}') : send('GET', `/trpc/${path}`));
      expect([answer.statusCode, answer.json()], path).toEqual([401, { message: 'Open Offstage with the passphrase first.' }]);
    }
    for (const path of ['/', '/index.html', '/assets/main.js', '/files/x', '/api/copies/x', '/metrics', '/trpc', '/LOGIN', '/login/', '/%6cogin', '//login', '/login.css/', '/logout']) {
      expect((await send('GET', path)).statusCode, path).toBe(401);
    }
    for (const path of ['/api/cards', '/api/images', '/logout']) expect((await send('POST', path, { 'content-type': 'text/plain' }, 'x')).statusCode, path).toBe(401);
    expect(await socket({})).toMatch(/401/);
    expect((await send('GET', '/health')).json()).toEqual({ status: 'ok' });
    const page = await send('GET', '/chats/x', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });
    expect([page.statusCode, page.headers.location]).toEqual([303, '/login?to=/chats/x']);
    // Over http from another machine browsers send no fetch metadata; whoever asks for a page is still shown where to get in.
    const far = await send('GET', '/chats/x', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' });
    expect([far.statusCode, far.headers.location]).toEqual([303, '/login?to=/chats/x']);
    const script = await send('GET', '/chats/x', { accept: 'text/html', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' });
    expect(script.statusCode).toBe(401);
    const asking = await send('GET', '/login');
    expect(asking.statusCode).toBe(200);
    expect(asking.body).toContain('type="password"');
    expect(asking.body).not.toMatch(/<style|<script|style=/);
    expect(asking.headers['content-security-policy']).not.toContain('unsafe');
  });

  it('OP-6 the passphrase leads to the page that was asked for, and nowhere else', async () => {
    const asking = (to: string) => send('GET', `/login?to=${to}`);
    const given = (to: string) => send('POST', `/login?to=${to}`, { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}` }, new URLSearchParams({ passphrase: PASSPHRASE }).toString());
    expect((await asking('/chats/0199-x')).body).toContain('action="/login?to=/chats/0199-x"');
    expect((await given('/chats/0199-x')).headers.location).toBe('/chats/0199-x');
    for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/chats/../x', '/x"><script>', '/%22onfocus%3D', '/a&to=//evil.example', '', `/${'a/'.repeat(90)}`]) {
      const page = await asking(encodeURIComponent(to));
      expect(page.body, to).toContain('action="/login"');
      expect(page.body, to).not.toMatch(/evil|script|onfocus/);
    }
    expect((await given(encodeURIComponent('//evil.example'))).headers.location).toBe('/');
  });

  it('OP-6 the passphrase lets in, by a cookie that no script and no other site gets hold of; signing out ends it at once', async () => {
    const answer = await login(PASSPHRASE);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
    expect(answer.headers['set-cookie']).toMatch(/^offstage=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect((await login(PASSPHRASE, { 'x-forwarded-proto': 'https' })).headers['set-cookie']).toMatch(/; Secure$/);
    const cookie = cookieOf(answer);
    expect((await send('GET', '/trpc/bots.list', { cookie })).statusCode).toBe(200);
    expect((await send('GET', '/health', { cookie })).json()).toHaveProperty('database');
    expect((await send('GET', '/login', { cookie })).body).toContain('Sign out');
    expect((await send('GET', '/trpc/settings.get', { cookie })).json()).toMatchObject({ result: { data: { locked: true } } });
    const metrics = await send('GET', '/metrics', { cookie });
    expect([metrics.statusCode, metrics.body]).toEqual([200, expect.stringContaining('offstage_memory_bytes')]);
    const page = await socket({ cookie });
    if (typeof page === 'string') throw new Error(page);
    const closed = once(page, 'close');
    const out = await send('POST', '/logout', { cookie, origin: `http://${host}` });
    expect(out.headers['set-cookie']).toMatch(/^offstage=; .*Max-Age=0/);
    expect((await closed)[0]).toBe(1008);
    expect((await send('GET', '/trpc/bots.list', { cookie })).statusCode).toBe(401);
    expect(await socket({ cookie })).toMatch(/401/);
  });

  it('OP-6 a session cannot be fixed beforehand: an id that was there at the login is void after it', async () => {
    const planted = 'offstage=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const first = cookieOf(await login(PASSPHRASE, { cookie: planted }));
    expect(first).not.toBe(planted);
    expect((await send('GET', '/trpc/bots.list', { cookie: planted })).statusCode).toBe(401);
    const second = cookieOf(await login(PASSPHRASE, { cookie: first }));
    expect(second).not.toBe(first);
    expect((await send('GET', '/trpc/bots.list', { cookie: first })).statusCode).toBe(401);
    expect((await send('GET', '/trpc/bots.list', { cookie: second })).statusCode).toBe(200);
  });

  it('OP-6 guessing soon has to wait, many at once too, and from many places; what was guessed is written nowhere', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, index) => login(`guess number ${index}`, {}, '192.0.2.1')));
    expect(guesses.filter(({ statusCode }) => statusCode === 401)).toHaveLength(3);
    const refused = guesses.find(({ statusCode }) => statusCode === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused?.body).toMatch(/Too many tries\. Wait \d+ seconds?, then try again\./);
    // Whoever has the passphrase and sits elsewhere is not kept waiting.
    expect((await login(PASSPHRASE, {}, '192.0.2.2')).statusCode).toBe(303);
    expect(server.log.join('')).toContain('a wrong passphrase was given');
    expect(server.log.join('')).not.toMatch(/guess number|seven lamps|scrypt/);
  });

  it('OP-6 a clock that is set back keeps nobody waiting for longer', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2031-01-01T00:00:00Z'));
    for (let tries = 0; tries < 3; tries++) await login('not the one', {}, '192.0.2.9');
    clock.mockRestore();
    const next = await login(PASSPHRASE, {}, '192.0.2.9');
    expect(next.statusCode === 303 || Number(next.headers['retry-after']) <= 1).toBe(true);
  });

  it('OP-6 answers to the names in its settings and its own address, and each page speaks for its own name alone', async () => {
    const cookie = cookieOf(await login(PASSPHRASE));
    const statusOf = async (headers: Record<string, string>): Promise<number> => (await send('GET', '/trpc/bots.list', { cookie, ...headers })).statusCode;
    for (const name of ['offstage.home', 'offstage.home:8443', 'box.lan:9000']) {
      expect(await statusOf({ host: name }), name).toBe(200);
      expect(await statusOf({ host: name, origin: `https://${name}` }), name).toBe(200);
      expect(await statusOf({ host: name, origin: 'https://evil.example' }), name).toBe(403);
    }
    expect(await statusOf({ host: 'offstage.home', origin: 'https://box.lan:9000' })).toBe(403);
    for (const name of ['box.lan', 'box.lan:9001', 'evil.example', '192.0.2.77:8000', 'offstage.home.evil.example']) expect(await statusOf({ host: name }), name).toBe(403);
    for (const origin of ['http://evil.example', 'null', 'https://offstage.home']) expect((await login(PASSPHRASE, { origin })).statusCode, origin).toBe(403);
    expect((await send('POST', '/logout', { cookie, origin: 'http://evil.example' })).statusCode).toBe(403);
  });

  it('OP-6 another passphrase ends every session, also one set by hand while the server runs', async () => {
    const cookie = cookieOf(await login(PASSPHRASE));
    await writeFile(server.configPath, settings(await keptOf('another one entirely')));
    expect((await login(PASSPHRASE)).statusCode).toBe(401);
    expect((await send('GET', '/trpc/bots.list', { cookie })).statusCode).toBe(401);
    expect((await login('another one entirely')).statusCode).toBe(303);
  });

  it('OP-8 a form that is far too large, or of another kind, is refused', async () => {
    expect((await login('x'.repeat(100_000))).statusCode).toBe(413);
    expect((await send('POST', '/login', { 'content-type': 'application/json' }, '{}')).statusCode).toBe(415);
    expect((await login('x'.repeat(2_000))).statusCode).toBe(401);
  });
});

describe('OP-6 sessions and tries', () => {
  it('OP-6 a session ends a week after it was last used, and after thirty days in any case', () => {
    const sessions = new Sessions();
    const id = sessions.begin('k', 0);
    expect(sessions.uses(id, 'k', 6 * DAY)).toBe(true);
    expect(sessions.uses(id, 'k', 12 * DAY)).toBe(true);
    expect(sessions.uses(id, 'k', 20 * DAY)).toBe(false);
    expect(sessions.uses(id, 'k', 20 * DAY)).toBe(false);
    const lasting = sessions.begin('k', 0);
    for (let day = 5; day <= 30; day += 5) expect(sessions.uses(lasting, 'k', day * DAY)).toBe(true);
    expect(sessions.uses(lasting, 'k', 31 * DAY)).toBe(false);
    const swept = sessions.begin('k', 0);
    sessions.sweep('k', 8 * DAY);
    expect(sessions.uses(swept, 'k', 1)).toBe(false);
  });

  it('OP-6 of too many sessions the first one ends', () => {
    const sessions = new Sessions();
    const ids = Array.from({ length: 51 }, () => sessions.begin('k', 0));
    expect(ids.filter((id) => !sessions.uses(id, 'k', 1))).toEqual([ids[0]]);
  });

  it('OP-6 pauses grow, end at a quarter of an hour, and are forgotten an hour later', () => {
    const attempts = new Attempts();
    let now = 0;
    const pauses: number[] = [];
    for (let tries = 0; tries < 14; tries++) {
      expect(attempts.begin('a', now)).toBe(0);
      const wait = attempts.begin('a', now);
      // Without a pause the question itself was a try.
      if (wait > 0) pauses.push(wait);
      now += Math.max(0, wait);
    }
    expect(pauses.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
    expect(Math.max(...pauses)).toBe(15 * 60_000);
    now += 61 * 60_000;
    expect([attempts.begin('a', now), attempts.begin('a', now)]).toEqual([0, 0]);
  });

  it('OP-6 many addresses together are slowed down as well, and a network counts as one', () => {
    const attempts = new Attempts();
    const waits = Array.from({ length: 40 }, (_, index) => attempts.begin(`192.0.2.${index}`, 0));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    const others = new Attempts();
    expect(Array.from({ length: 5 }, (_, index) => others.begin(`2001:db8:0:1::${index}`, 0)).filter((wait) => wait === 0)).toHaveLength(3);
  });
});

describe('OP-6 the passphrase', () => {
  it('OP-6 is kept as a hash with a salt, and told apart from any other', async () => {
    expect(kept).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await keptOf(PASSPHRASE)).not.toBe(kept);
    expect(await isKept(kept, PASSPHRASE)).toBe(true);
    expect(await isKept(kept, `${PASSPHRASE} `)).toBe(false);
    expect(await isKept('plain', 'plain')).toBe(false);
    expect(await isKept(await keptOf('caf\u00E9 at nine o clock'), 'cafe\u0301 at nine o clock')).toBe(true);
    expect(readConfig('[owner]\npassphrase = "open sesame"\n').problems).toEqual([{ line: 2, message: 'passphrase is written by npm run passphrase, and is none as it stands.' }]);
  });

  it('OP-6 is set by a command, which leaves the rest of the settings as they were', async () => {
    await using house = await running({}, { 'config.toml': '# mine\n[server]\nport = 8100 # so\n' });
    const set = async (passphrase: string): Promise<number | null> => {
      const entry = new URL('../../src/passphrase.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, [entry], { env: { ...process.env, OFFSTAGE_CONFIG_PATH: house.configPath }, stdio: ['pipe', 'ignore', 'ignore'] });
      child.stdin.end(`${passphrase}\n`);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    };
    expect(await set('short')).toBe(1);
    expect(await set(PASSPHRASE)).toBe(0);
    const text = await readFile(join(house.folder, 'config.toml'), 'utf8');
    expect(text).toContain('# mine\n[server]\nport = 8100 # so\n');
    expect(text).not.toContain(PASSPHRASE);
    expect(await isKept(readConfig(text).config.owner.passphrase ?? '', PASSPHRASE)).toBe(true);
  });
});
