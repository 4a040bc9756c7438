import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contrast, linear, pairsIn } from './contrast.ts';

const colours = pairsIn(readFileSync(join(import.meta.dirname, '..', '..', 'src', 'styles', 'tokens.css'), 'utf8'));
const hues = Array.from({ length: 12 }, (_none, n) => `hue-${n}`);

/** What is read, on what it stands. */
const TEXT: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ['ink', ['ground', 'raised', 'sunken', 'accent-wash', 'spot-wash']],
  ['dim', ['ground', 'raised', 'sunken', 'accent-wash']],
  ['accent', ['ground', 'raised', 'accent-wash']],
  ['spot-ink', ['ground', 'raised', 'spot-wash']],
  ['danger', ['ground', 'raised']],
  ['well', ['ground', 'raised']],
  ['on-accent', ['accent', 'accent-strong']],
  ...hues.map((hue) => [hue, ['ground', 'raised']] as const),
];

/** What has to be seen without being read: borders of controls, the focus ring, filled tracks. */
const SEEN: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['ground', 'raised', 'accent-wash']],
  ['accent', ['ground', 'raised', 'accent-wash']],
  ['danger', ['ground', 'raised']],
];

for (const scheme of ['light', 'dark'] as const) {
  for (const [least, pairs] of [[4.5, TEXT], [3, SEEN]] as const) {
    test(`UI-7 ${scheme}: every pair of colours reaches ${least} to 1`, () => {
      const short = pairs.flatMap(([front, grounds]) =>
        grounds.flatMap((ground) => {
          const [one, other] = [colours.get(front), colours.get(ground)];
          if (one === undefined || other === undefined) return [`${front} on ${ground}: no such colour`];
          const reached = contrast(one[scheme], other[scheme]);
          return reached >= least ? [] : [`${front} on ${ground}: ${reached.toFixed(2)}`];
        }),
      );
      expect(short).toEqual([]);
    });
  }
}

test('UI-7 contrast is counted as WCAG counts it', () => {
  expect(contrast(linear(0, 0, 0), linear(1, 0, 0))).toBeCloseTo(21, 1);
  // #777777 on white is the well-known 4.48.
  expect(contrast(linear(0.5694, 0, 0), linear(1, 0, 0))).toBeCloseTo(4.48, 1);
});
