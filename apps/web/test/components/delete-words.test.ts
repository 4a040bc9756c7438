import { describe, expect, test } from 'vitest';
import { done, isTyped, titles, whatGoes } from '../../src/components/delete-words.ts';

describe('TL-12 what is said about what goes', () => {
  test('counts turns and memories, and names the chats of a bot', () => {
    const goes = { turns: 1_204, memories: 1, chats: ['Pier', 'Storm'] };
    expect(whatGoes(goes, false)).toBe('1,204 turns and 1 memory');
    expect(whatGoes(goes, true)).toBe('1,204 turns, 1 memory and the chats “Pier” and “Storm”');
    expect(whatGoes({ turns: 1, memories: 0, chats: [] }, true)).toBe('1 turn');
    expect(titles(['a', 'b', 'c', 'd', 'e'])).toBe('“a”, “b”, “c” and 2 more');
  });

  test('says how much smaller the library is, and when a trace is left', () => {
    expect(done('Pier', { bytes: { before: 9_000_000, after: 5_800_000 }, traceless: true })).toBe('“Pier” is gone for good. The library is 3.2 MB smaller.');
    expect(done('Pier', { bytes: { before: 9_000, after: 8_000 }, traceless: true })).toBe('“Pier” is gone for good.');
    expect(done('Pier', { bytes: { before: 9, after: 9 }, traceless: false })).toContain('starts again');
  });

  test('case and spaces of the typed name do not matter', () => {
    expect(isTyped('  the   PIER ', 'The Pier')).toBe(true);
    expect(isTyped('Pie', 'Pier')).toBe(false);
    expect(isTyped('', 'Pier')).toBe(false);
  });
});
