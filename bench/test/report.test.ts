import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { judge, Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offstage-report-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('medians and the slowest hundredth are of the numbers themselves', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(p99(Array.from({ length: 200 }, (_, n) => n + 1))).toBe(198);
  expect(median([])).toBeNaN();
});

test('a figure is held against its bar, whichever way the bar points', () => {
  const figure = { id: 'PF-0', what: 'something', value: 10, unit: 'ms' };
  expect(judge({ ...figure, bar: 10 }).ok).toBe(true);
  expect(judge({ ...figure, bar: 9 }).ok).toBe(false);
  expect(judge({ ...figure, bar: 11, atLeast: true }).ok).toBe(false);
  expect(judge(figure).ok).toBe(true);
  expect(judge({ ...figure, value: Number.NaN }).ok).toBe(false);
});

test('the table names what misses its bar, and the file holds the same rows', () => {
  const report = new Report();
  report.add({ id: 'PF-4', what: 'turns', value: 2310, unit: '/s', bar: 1000, atLeast: true });
  report.add({ id: 'PF-1', what: 'send', value: 9.25, unit: 'ms', bar: 8, p99: 21 });
  const [, , first, second] = report.table().split('\n');
  expect(first).toMatch(/PF-4 .*2310 .*>= 1000 +ok$/);
  expect(second).toMatch(/PF-1 .*9\.25 .*21 .*<= 8 +NO$/);
  const path = join(folder, 'figures.json');
  report.save(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    rows: [
      { id: 'PF-4', what: 'turns', value: 2310, unit: '/s', bar: 1000, ok: true },
      { id: 'PF-1', what: 'send', value: 9.25, unit: 'ms', bar: 8, p99: 21, ok: false },
    ],
  });
});
