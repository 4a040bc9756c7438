import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heights } from '../../src/features/chat/model/heights.ts';

describe('heights of rows', () => {
  it('UI-6 sums and places are those of a plain list, whatever is measured, added and taken away', () => {
    const height = fc.integer({ min: 0, max: 900 });
    const step = fc.oneof(
      fc.record({ what: fc.constant('resize' as const), count: fc.integer({ min: 0, max: 200 }) }),
      fc.record({ what: fc.constant('set' as const), row: fc.integer({ min: 0, max: 220 }), height }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: -100, max: 60_000 }), (steps, place) => {
        const heights = new Heights();
        let plain: number[] = [];
        const guess = (row: number): number => (row * 37) % 300;
        for (const each of steps) {
          if (each.what === 'resize') {
            heights.resize(each.count, guess);
            plain = Array.from({ length: each.count }, (_, row) => plain[row] ?? guess(row));
          } else {
            const before = plain[each.row];
            expect(heights.set(each.row, each.height)).toBe(before === undefined ? 0 : each.height - before);
            if (before !== undefined) plain[each.row] = each.height;
          }
        }
        const sum = (count: number): number => plain.slice(0, count).reduce((all, one) => all + one, 0);
        expect(heights.count).toBe(plain.length);
        expect(heights.total).toBe(sum(plain.length));
        for (const row of [0, 1, 63, 64, plain.length - 1, plain.length + 5]) expect(heights.before(row)).toBe(sum(Math.max(0, row)));
        const found = plain.findIndex((_, row) => sum(row + 1) > place);
        expect(heights.at(place)).toBe(found === -1 ? plain.length - 1 : found);
      }),
    );
  });

  it('PF-8 a hundred thousand rows are measured and looked through in no time', () => {
    const heights = new Heights();
    heights.resize(100_000, () => 170);
    const from = performance.now();
    for (let row = 0; row < 100_000; row += 10) heights.set(row, 700);
    for (let place = 0; place < heights.total; place += 4_000) heights.at(place);
    expect(performance.now() - from).toBeLessThan(300);
  });
});
