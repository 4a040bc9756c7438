import { expect, test } from 'vitest';
import { repeatedShare } from '../prompt/shares.ts';

const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const said = (...contents: string[]) => contents.map((content, n) => ({ role: n === 0 ? 'system' : 'user', content }));

test('PR-3 what repeats is counted from the start of a prompt, by tokens, the first prompt repeating nothing', () => {
  const prompts = [said('one two', 'a b c'), said('one two', 'a b c', 'd'), said('any two', 'a b c')];
  const { weighted, each } = repeatedShare(prompts, words);
  expect(each).toEqual([7 / 9, 1 / 7]);
  expect(weighted).toBeCloseTo((0 + 7 + 1) / (7 + 9 + 7));
});
