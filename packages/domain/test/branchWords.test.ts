import { describe, expect, test } from 'vitest';
import { firstDiffering } from '../src/branchWords.ts';

describe('TL-9 a branch without a name', () => {
  test.each([
    ['I go left, and then some way further on.', ['I go right.'], '\u2026left, and then some way further\u2026'],
    ['*I run.*', ['I stay.', 'She sings.'], '\u2026run.'],
    ['The same.', ['The same.'], 'The same.'],
    ['The same and more', ['The same'], '\u2026and more'],
    ['', ['Anything'], ''],
    ['Alone here', [], 'Alone here'],
  ])('%j beside %j is called %j', (text, beside, called) => {
    expect(firstDiffering(text, beside)).toBe(called);
  });
});
