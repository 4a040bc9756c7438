import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { running } from '../support/running.ts';
import type { Running } from '../support/running.ts';

let pages = '';
let server: Running;
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'offstage-pages-'));
  await mkdir(join(pages, 'assets'));
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>Offstage</title>');
  await writeFile(join(pages, 'assets', 'main-abc.js'), 'let a = 1;');
  await writeFile(join(pages, 'assets', 'main-abc.js.gz'), gzipSync('let a = 1;'));
  server = await running({ pages });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(pages, { recursive: true, force: true });
});

describe('pages', () => {
  it('UI-1 any route of the app leads to it, and is asked for anew each time', async () => {
    for (const path of ['/', '/chats/abc', '/settings?tab=models', '/bots/new']) {
      const answer = await fetch(`${server.url}${path}`);
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0], answer.headers.get('cache-control')]).toEqual([200, 'text/html', 'no-cache']);
      expect(await answer.text()).toContain('<title>Offstage</title>');
    }
  });

  it('PF-11 what carries a hash in its name is kept for good, and comes compressed where it can', async () => {
    const answer = await fetch(`${server.url}/assets/main-abc.js`);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect(await answer.text()).toBe('let a = 1;');
  });

  it('OP-8 what is not there is not found, and nothing outside the folder is served', async () => {
    for (const path of ['/assets/none.js', '/none.png', '/api/none', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/.env']) {
      expect([400, 403, 404], path).toContain((await fetch(`${server.url}${path}`)).status);
    }
    expect((await fetch(`${server.url}/`, { method: 'POST' })).status).toBe(404);
  });

  it('OP-1 pages that were never built are said, and the rest works', async () => {
    await using bare = await running({ pages: join(pages, 'none') });
    const answer = await fetch(`${bare.url}/`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm start');
    expect((await fetch(`${bare.url}/health`)).status).toBe(200);
  });
});
