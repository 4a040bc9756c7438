import { expect, test } from 'vitest';
import { callsInWords } from '../../src/features/settings/calls-in-words.ts';

test('TN-8 what a reply costs in calls is said where it is chosen', () => {
  const scene = ' When a scene ends, each bot that was in it takes one more.';
  const plans = ' Where something is planned, one more.';
  const guest = ' With a guest there, one who breaks in takes as many again.';
  expect(callsInWords({ mode: 'combined', off: [] })).toBe(`Every reply takes 2 calls: one for its words, one for the books.${scene}${guest}`);
  expect(callsInWords({ mode: 'separate', off: [] })).toBe(`Every reply takes 6 calls: one for its words, and 5 for the books.${plans}${scene}${guest}`);
  expect(callsInWords({ mode: 'separate', off: ['scene', 'edges'] })).toBe(`Every reply takes 4 calls: one for its words, and 3 for the books.${plans}${guest}`);
  expect(callsInWords({ mode: 'separate', off: ['significance', 'edges', 'activity', 'scene', 'interjection'] })).toBe('Every reply takes 2 calls: one for its words, one for the books.');
  expect(callsInWords({ mode: 'combined', off: ['memories', 'significance', 'edges', 'activity', 'scene'] })).toBe(`Every reply takes 1 call, for its words.${plans}`);
  expect(callsInWords({ mode: 'combined', off: ['memories', 'significance', 'edges', 'activity', 'plans', 'scene', 'interjection'] })).toBe('Every reply takes 1 call, for its words. Nothing is noted.');
});
