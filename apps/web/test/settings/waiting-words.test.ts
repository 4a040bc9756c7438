import { expect, test } from 'vitest';
import { waitsFor } from '../../src/features/settings/waiting-words.ts';

test('MO-5 a call in line says its place and how long it has waited, one that is sent again says when', () => {
  expect(waitsFor({ ahead: 0, until: null, since: 1_000 }, 13_000)).toBe('Next in line, for 12 s now, at');
  expect(waitsFor({ ahead: 2, until: null, since: 0 }, 200_000)).toBe('2 before it in line, for 3 min 20 s now, at');
  expect(waitsFor({ ahead: null, until: 7_150_000, since: 0 }, 0)).toBe('Sent again in 1 h 59 min, to');
  expect(waitsFor({ ahead: null, until: 1_000, since: 0 }, 2_000)).toBe('Sent again now, to');
});
