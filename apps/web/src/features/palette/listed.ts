import type { Offer, Shelf } from '#lib/offers.ts';
import { holdsAll, wordsOf } from '#lib/seek.ts';

/** No more than this stand in one shelf, however many fit. */
const MOST = 20;

/**
 * What fits the words that are sought: every word stands in an offer's name or its other words. Offers whose name begins
 * with what was typed come first, and the shelves that have one. Shelves without any are left out.
 */
export function fitting(shelves: readonly Shelf[], sought: string): readonly Shelf[] {
  const words = wordsOf(sought);
  const [start = ''] = words;
  return shelves
    .map(({ title, offers, first }) => {
      if (words.length === 0) return { title, offers: offers.slice(0, first ?? MOST) };
      const found = offers.filter(({ name, also = '' }) => holdsAll(words, name, also));
      return { title, offers: found.toSorted((a, b) => later(a, start) - later(b, start)).slice(0, MOST) };
    })
    .filter(({ offers }) => offers.length > 0)
    .toSorted((a, b) => later(a.offers[0], start) - later(b.offers[0], start));
}

/** 0 for an offer in whose name a word begins so, 1 for another. */
function later(offer: Offer | undefined, start: string): number {
  return offer !== undefined && wordsOf(offer.name).some((word) => word.startsWith(start)) ? 0 : 1;
}
