import { useSyncExternalStore } from 'react';
import type { Answers } from './trpc.ts';
import { server } from './trpc.ts';

/** How things stand with the library: whether it is open, what is wrong, what long work goes on. */
export type Standing = Answers['keeping']['standing'];

/** Left for the page that comes after the reload, in this tab alone. */
const RESTORED = 'offstage.restored';

let standing: Standing | null = null;
const listeners = new Set<() => void>();

/**
 * Listens to how things stand with the library. When it was opened anew, as after a copy was put back, what this page
 * shows is of another one: it is loaded again. Returns the way to stop.
 */
export function followLibrary(): () => void {
  const subscription = server.keeping.watch.subscribe(undefined, {
    onData(next) {
      const before = standing;
      standing = next;
      if (before !== null && next.opened !== before.opened && next.state === 'open') {
        const { restored } = next;
        if (restored !== null && restored.at !== before.restored?.at) leave(restored.from);
        location.reload();
        return;
      }
      for (const listener of listeners) listener();
    },
    // Said where the connection is said.
    onError: () => {},
  });
  return () => subscription.unsubscribe();
}

export function useStanding(): Standing | null {
  return useSyncExternalStore(subscribe, () => standing);
}

/** True once the server serves another build of the pages than the one that this page is of (LV-5). */
export function useNewer(): boolean {
  return useSyncExternalStore(subscribe, () => isAnother(ownBuild(), standing?.build ?? null));
}

/** Pages that are served as they are written say no build, and are none the older for it. */
export function isAnother(own: string | null, served: string | null): boolean {
  return own !== null && served !== null && own !== served;
}

function ownBuild(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="offstage-build"]')?.content ?? null;
}

/** True on a page that was loaded again because a copy was put back; once. */
export function justRestored(): boolean {
  try {
    const left = sessionStorage.getItem(RESTORED);
    sessionStorage.removeItem(RESTORED);
    return left !== null;
  } catch {
    return false;
  }
}

function leave(name: string): void {
  try {
    sessionStorage.setItem(RESTORED, name);
  } catch {
    // Where storage is shut off the page loads again without a word.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
