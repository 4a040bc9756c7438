import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../lib/lock.mjs';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offstage-lock-'));
  path = join(folder, 'deep', 'build.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('one at a time, each told once that it waits', async () => {
  let inside = 0;
  let most = 0;
  let told = 0;
  const one = () =>
    withLock(path, { longest: 60_000, onWait: () => (told += 1) }, async () => {
      most = Math.max(most, ++inside);
      await wait(20);
      inside -= 1;
    });
  await Promise.all([one(), one(), one()]);
  expect(most).toBe(1);
  expect(told).toBe(2);
  expect(existsSync(path)).toBe(false);
});

it('what fails lets go', async () => {
  await expect(withLock(path, { longest: 60_000 }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(path, { longest: 60_000 }, () => 'again')).toBe('again');
});

it('a lock whose holder is gone, or has had it for too long, is taken over', async () => {
  await withLock(path, { longest: 60_000 }, () => undefined);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, `${pid} left behind`);
  expect(await withLock(path, { longest: 60_000 }, () => 'taken')).toBe('taken');
  writeFileSync(path, `${process.pid} forgotten`);
  const long = Date.now() / 1000 - 120;
  utimesSync(path, long, long);
  expect(await withLock(path, { longest: 60_000 }, () => 'taken')).toBe('taken');
});
