import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { fingerprint, onceFor } from '../lib/fingerprint.mjs';

const repo = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'offstage-start-'));
const source = join(folder, 'src');
const stamp = join(folder, 'cache', 'stamp');
const output = join(folder, 'out.js');

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'a.ts'), '1');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const print = () => fingerprint([relative(repo, source)]);

test('a fingerprint follows content and names, not what is built or installed', () => {
  const before = print();
  writeFileSync(join(source, 'a.ts'), '1');
  mkdirSync(join(source, 'dist'));
  writeFileSync(join(source, 'dist', 'b.js'), '1');
  expect(print()).toBe(before);
  writeFileSync(join(source, 'a.ts'), '2');
  const changed = print();
  expect(changed).not.toBe(before);
  writeFileSync(join(source, 'c.ts'), '');
  expect(print()).not.toBe(changed);
});

test('a step runs once for its fingerprint, again when its output is gone, and again after it failed', async () => {
  let ran = 0;
  const step = async () => {
    ran += 1;
    writeFileSync(output, '');
  };
  expect(await onceFor(stamp, 'one', [output], step)).toBe(true);
  expect(await onceFor(stamp, 'one', [output], step)).toBe(false);
  rmSync(output);
  expect(await onceFor(stamp, 'one', [output], step)).toBe(true);
  await expect(onceFor(stamp, 'two', [output], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await onceFor(stamp, 'one', [output], step)).toBe(true);
  expect(ran).toBe(3);
});

const runFile = (text: string) => {
  const file = join(folder, 'entry.ts');
  writeFileSync(file, text);
  return spawn(process.execPath, [join(repo, 'scripts', 'run.mjs'), file, 'one', 'two'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};

test('a program gets its arguments, and its exit code is passed on', async () => {
  const child = runFile('console.log(process.argv.slice(2).join(" ")); process.exit(7);');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  expect(await once(child, 'close')).toEqual([7, null]);
  expect(said).toMatch(/one two\n$/);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s reaches the program, which ends in its own way', async (signal) => {
  const child = runFile(
    `process.on('${signal}', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up');`,
  );
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([9, null]);
});
