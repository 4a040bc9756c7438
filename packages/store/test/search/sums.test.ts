import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sums } from '../../src/search/sums.ts';
import { WordPlaces } from '../../src/search/wordPlaces.ts';

test('PF-7 sums by place are those of a map, the highest first, of two alike the later', () => {
  const added = fc.array(fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 5 })), { maxLength: 3_000 });
  fc.assert(
    fc.property(added, fc.integer({ min: 1, max: 80 }), (all, most) => {
      const [sums, map] = [new Sums(), new Map<number, number>()];
      for (const [doc, by] of all) {
        sums.add(doc, by);
        map.set(doc, (map.get(doc) ?? 0) + by);
      }
      const wanted = [...map].sort(([a, x], [b, y]) => y - x || b - a).slice(0, most).map(([doc]) => doc);
      expect(sums.best(most)).toEqual(wanted);
    }),
  );
});

test('PF-7 places of a word are found by memory, and cut to so many', () => {
  const places = WordPlaces.of([[3, 1], [3, 9], [8, 0], [9, 2]]);
  expect([3, 8, 9, 4].map((doc) => places.find(doc))).toEqual([0, 1, 2, -1]);
  expect([...places.at(0)]).toEqual([1, 9]);
  expect([0, 1, 2].map((n) => places.times(n))).toEqual([2, 1, 1]);
  expect(places.size).toBe(4);
  const cut = places.first(1);
  expect([cut.size, [...cut.docs], [...cut.at(0)]]).toEqual([1, [3], [1]]);
  expect(places.first(4)).toBe(places);
  expect(WordPlaces.of([]).first(0).find(1)).toBe(-1);
});
