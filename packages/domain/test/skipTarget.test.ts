import { describe, expect, test } from 'vitest';
import { readSkipTarget, skipTo } from '../src/skipTarget.ts';

/** A Tuesday. */
const NOW = '1889-10-01T18:30:00.000Z';

describe('SC-5 where a skip goes', () => {
  test.each([
    ['tomorrow 9:00', 'jump', '1889-10-02T09:00'],
    ['to tomorrow at 9 am', 'jump', '1889-10-02T09:00'],
    ['in 3 days', 'jump', '1889-10-04T18:30'],
    ['next morning', 'jump', '1889-10-02T08:00'],
    ['*The next morning.*', 'jump', '1889-10-02T08:00'],
    ['an hour later', 'elision', '1889-10-01T19:30'],
    ['half an hour', 'elision', '1889-10-01T19:00'],
    ['a week later', 'jump', '1889-10-08T18:30'],
    ['a week later, in the morning', 'jump', '1889-10-08T08:00'],
    ['two nights later', 'jump', '1889-10-03T18:30'],
    ['next month', 'jump', '1889-10-31T18:30'],
    ['this evening', 'elision', '1889-10-01T19:00'],
    ['tonight', 'jump', '1889-10-01T22:00'],
    ['midnight', 'jump', '1889-10-02T00:00'],
    ['to noon', 'jump', '1889-10-02T12:00'],
    ['until Friday', 'jump', '1889-10-04T08:00'],
    ['Friday, 20:15', 'jump', '1889-10-04T20:15'],
    ['1889-12-24', 'jump', '1889-12-24T08:00'],
    ['1889-12-24T18:00:00Z', 'jump', '1889-12-24T18:00'],
    ['1889-12-24 18:00', 'jump', '1889-12-24T18:00'],
    ['24 December in the evening', 'jump', '1889-12-24T19:00'],
    ['March 3rd', 'jump', '1890-03-03T08:00'],
    ['20:45', 'elision', '1889-10-01T20:45'],
  ] as const)('%s', (words, mode, to) => expect(readSkipTarget(words, NOW)).toEqual({ mode, to: `${to}:00.000Z` }));

  test('after midnight the next morning is the one to come', () => {
    expect(readSkipTarget('next morning', '1889-10-02T01:10:00.000Z')?.to).toBe('1889-10-02T08:00:00.000Z');
    expect(readSkipTarget('tomorrow morning', '1889-10-02T01:10:00.000Z')?.to).toBe('1889-10-03T08:00:00.000Z');
  });

  test.each(['to when we arrive', 'until she has finished', 'past the boring dinner speech by the mayor, to the end of it'])('SC-4 %s leaves out what goes on', (words) => {
    expect(readSkipTarget(words, NOW)?.mode).toBe('elision');
  });

  test('what the words do not tell is left to a model; without a clock only dates are reckoned', () => {
    expect(readSkipTarget('to the wedding', NOW)).toBeUndefined();
    expect(readSkipTarget('next morning', null)).toEqual({ mode: 'jump', to: null });
    expect(readSkipTarget('in 20 minutes', null)).toEqual({ mode: 'elision', to: null });
    expect(readSkipTarget('1889-12-24', null)?.to).toBe('1889-12-24T08:00:00.000Z');
  });

  test.each(['yesterday', 'two days ago', 'an hour earlier', '1889-09-30', '1800-01-01', 'last night', '1889-10-01 18:30'])('%s is refused: it is not ahead', (words) => {
    expect(() => readSkipTarget(words, NOW)).toThrow('A skip goes ahead, never back. In the story it is Tuesday, 1 October 1889 at 18:30.');
  });

  test.each(['9999-12-31', '31 December 9999', 'in 9999 years', '100 years later', '12000-01-01', '1900-01-01'])('%s is refused: it is too far', (words) => {
    expect(() => readSkipTarget(words, NOW)).toThrow('too far ahead');
  });

  test.each(['1890-02-30', '31 February', '1890-13-01', 'tomorrow 25:00', 'tomorrow 9:75', '14 pm'])('%s is no day or time', (words) => {
    expect(() => readSkipTarget(words, NOW)).toThrow('no such day or time');
  });

  test('an exact moment', () => {
    expect(skipTo('1889-10-01T19:00:00.000Z', NOW)).toEqual({ mode: 'elision', to: '1889-10-01T19:00:00.000Z' });
    expect(() => skipTo('1889-10-01T18:00:00.000Z', NOW)).toThrow('never back');
    expect(() => skipTo('not a date', NOW)).toThrow('too far');
  });
});
