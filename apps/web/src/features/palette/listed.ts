import type { Offer, Shelf } from '#lib/offers.ts';
import { holdsAll, wordsOf } from '#lib/seek.ts';

/** No more than this stand in one shelf, however many fit. */
const MOST = 20;

/**
 * What fits the words that are sought: every word stands in an offer's name or its other words. Offers whose name begins
 * with what was typed come first. Shelves without any are left out.
 */
export function fitting(shelves: readonly Shelf[], sought: string): readonly Shelf[] {
  const words = wordsOf(sought);
  const [start = ''] = words;
  return shelves
    .map(({ title, offers, first }) => {
      if (words.length === 0) return { title, offers: offers.slice(0, first ?? MOST) };
      const found = offers.filter(({ name, also = '' }) => holdsAll(words, name, also));
      const begins = ({ name }: Offer): number => (wordsOf(name).some((word) => word.startsWith(start)) ? 0 : 1);
      return { title, offers: found.toSorted((a, b) => begins(a) - begins(b)).slice(0, MOST) };
    })
    .filter(({ offers }) => offers.length > 0);
}
