import { useEffect, useRef } from 'react';

/** Something that can be gone to or done, by name. */
export interface Offer {
  /** Its own among all that stand together. */
  readonly id: string;
  readonly name: string;
  /** Other words by which it is found. */
  readonly also?: string;
  /** What stands beside the name: the keys that do the same, or where it leads. */
  readonly beside?: string;
  run(): void;
}

/** Offers that stand together under a title. */
export interface Shelf {
  readonly title: string;
  readonly offers: readonly Offer[];
  /** So many are shown while nothing is sought; all where left out. */
  readonly first?: number;
}

/** Gives what a page offers; asked only when somebody wants to see it, so that what lists it can be fetched then. */
type Source = () => Promise<readonly Shelf[]>;

let source: Source | null = null;

/** Says what can be done on the page that is open, for as long as it is (UI-5). */
export function usePageOffers(make: Source): void {
  const latest = useRef(make);
  useEffect(() => {
    latest.current = make;
  });
  useEffect(() => {
    const own: Source = () => latest.current();
    source = own;
    return () => {
      if (source === own) source = null;
    };
  }, []);
}

/** What the page that is open offers; nothing where it offers nothing. */
export async function pageOffers(): Promise<readonly Shelf[]> {
  return (await source?.()) ?? [];
}
