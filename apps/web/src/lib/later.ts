import { createElement, lazy } from 'react';
import type { ComponentType, LazyExoticComponent, ReactElement } from 'react';

/** Pauses before a part is asked for again, in ms. After the last it fails: by then it is more than a restart. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * A part of the page that is fetched when it is first needed. Where the server is away just then (it restarts, or the
 * laptop wakes) it is asked again for a minute. One that cannot be had at all, as after an update, says so in its own
 * place: a page that stands, and what is being written on it, is not lost for a part of it (LV-5).
 */
export function later<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await patiently(load).catch(() => Missing) }));
}

/** Stands where a part should be that could not be fetched. */
function Missing(): ReactElement {
  const reload = createElement('button', { type: 'button', className: 'underline', onClick: () => location.reload() }, 'Reload the page');
  return createElement('p', { role: 'status', className: 'text-13 text-dim' }, 'This part could not be fetched. ', reload, ' to have it: what you wrote is kept.');
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
