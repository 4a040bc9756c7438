import { expect, test } from 'vitest';
import { onOneLine, shortened } from '../../src/prompt/shorten.ts';

test('a text is cut at the end of a word', () => {
  expect(shortened('  short  ', 20)).toBe('short');
  expect(shortened('the lamp went out at once', 16)).toBe('the lamp went…');
  expect(shortened('a'.repeat(50), 10)).toBe(`${'a'.repeat(9)}…`);
  expect(shortened(`${'a'.repeat(8)}😀😀`, 10).isWellFormed()).toBe(true);
});

test('PR-1 of an exchange that is too long both sides keep something', () => {
  const line = onOneLine(`Ava said to me: Hello.\nI said to Ava: ${'word '.repeat(100)}`, 120);
  expect(line.length).toBeLessThanOrEqual(120);
  expect(line).toMatch(/^Ava said to me: Hello\. \/ I said to Ava: word .*…$/);
  expect(onOneLine('one\n\ntwo', 50)).toBe('one / two');
});
