import { describe, expect, test } from 'vitest';
import { momentOf } from '../../src/story/when.ts';

const NOW = '2026-11-21T04:55:00.000Z'; // a Saturday

describe('SC-1 when a story begins', () => {
  test.each([
    ['Thursday evening, 21:10', '2026-11-26T21:10:00.000Z'],
    ['Saturday morning', '2026-11-21T08:00:00.000Z'],
    ['After midnight, 02:45', '2026-11-21T02:45:00.000Z'],
    ['A Tuesday in March, at dusk', '2027-03-02T19:00:00.000Z'],
    ['After midnight, 02:45, 2 February', '2027-02-02T02:45:00.000Z'],
    ['March 3rd, at noon', '2027-03-03T12:00:00.000Z'],
    ['Night, in November', '2026-11-21T22:00:00.000Z'],
    ['30 February, 12:00', '2027-02-01T12:00:00.000Z'],
    ['one may march at night', '2026-11-21T22:00:00.000Z'],
    ['', '2026-11-21T18:00:00.000Z'],
  ])('%j', (words, moment) => {
    expect(momentOf(words, NOW)).toBe(moment);
  });
});
