import { describe, expect, it } from 'vitest';
import { titleApart } from '../../src/story/titles.ts';

const place = { name: 'The harbour', type: 'quay', description: '' };
const clock = '1889-10-01T18:30:00Z';
const of = (title: string, taken: readonly string[]): string => titleApart({ title, place, clock }, taken);

describe('SC-1 chats of one bot are told apart by their titles', () => {
  it('a title that none has stays as it is', () => {
    expect(of('The last ferry', ['The first ferry'])).toBe('The last ferry');
  });

  it('else it says the place, then the day, then the date, then a number', () => {
    const taken = ['the last  Ferry'];
    for (const title of ['The last ferry, The harbour', 'The last ferry, Tuesday', 'The last ferry, 1 October 1889', 'The last ferry (2)', 'The last ferry (3)']) {
      expect(of('The last ferry', taken)).toBe(title);
      taken.push(title);
    }
  });

  it('and not what it says already; a number is counted on', () => {
    expect(of('The harbour, Tuesday', ['The harbour, Tuesday'])).toBe('The harbour, Tuesday, 1 October 1889');
    expect(of('The harbour on Tuesday 1 October 1889 (2)', ['The harbour on Tuesday 1 October 1889 (2)'])).toBe('The harbour on Tuesday 1 October 1889 (3)');
    const long = 'x'.repeat(200);
    expect(of(long, [long])).toBe(`${'x'.repeat(196)} (2)`);
  });
});
