import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** Pauses before a part is asked for again, in ms. After the last it fails: by then it is more than a restart. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * A part of the page that is fetched when it is first needed. Where the server is away just then (it restarts, or the
 * laptop wakes) it is asked again for a minute, so that a page that stands is not lost for a part of it (LV-5).
 */
export function later<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await patiently(load) }));
}

/** Tries until it succeeds or the pauses are used up; then throws what was thrown last. */
export async function patiently<T>(load: () => Promise<T>, pauses: readonly number[] = PAUSES_MS): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
