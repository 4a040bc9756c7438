import { expect, test } from 'vitest';
import { relativeTime } from '../../src/lib/relative-time.ts';

const noon = new Date(2026, 2, 12, 12, 0, 0).getTime();
const ago = (ms: number): string => relativeTime(new Date(noon - ms).toISOString(), noon);
const HOUR = 3_600_000;

test('UI-1 a chat says how long ago it was touched', () => {
  expect(ago(5_000)).toBe('now');
  expect(ago(5 * 60_000)).toBe('5 min');
  expect(ago(3 * HOUR)).toBe('3 h');
  expect(ago(20 * HOUR)).toBe('yesterday');
  expect(ago(3 * 24 * HOUR)).toBe('Mon');
  expect(ago(20 * 24 * HOUR)).toBe('20 Feb');
  expect(ago(400 * 24 * HOUR)).toBe('5 Feb 2025');
});

test('UI-1 a clock that runs ahead, or no time at all, says nothing strange', () => {
  expect(ago(-HOUR)).toBe('now');
  expect(relativeTime('soon', noon)).toBe('');
});
