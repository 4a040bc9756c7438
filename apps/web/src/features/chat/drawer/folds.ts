import { useSyncExternalStore } from 'react';
import { keep, recall } from '#lib/storage.ts';

/** The parts of the drawer that can be folded. */
export type PartName = 'scene' | 'skip' | 'cast' | 'together' | 'edges' | 'meanwhile' | 'plans' | 'ends' | 'things';

const KEPT = 'drawer.folded';

/** What nobody looks at all the time begins folded. */
const AT_FIRST = 'skip';

let folded: ReadonlySet<string> = new Set((recall(KEPT) ?? AT_FIRST).split(' '));
let sought: PartName | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether a part is folded, remembered in this browser; and how to fold and unfold it. */
export function useFolded(part: PartName): [boolean, (fold: boolean) => void] {
  const now = useSyncExternalStore(subscribe, () => folded.has(part));
  return [now, (fold) => put(part, fold)];
}

function put(part: PartName, fold: boolean): void {
  const next = new Set(folded);
  if (fold) next.add(part);
  else next.delete(part);
  folded = next;
  keep(KEPT, [...next].join(' '));
  for (const listener of listeners) listener();
}

/** Unfolds a part, and has it come into view with the focus as soon as it is drawn. */
export function seekPart(part: PartName): void {
  sought = part;
  put(part, false);
}

/** True while a part is sought and nobody has gone to it. */
export function useSought(part: PartName): boolean {
  return useSyncExternalStore(subscribe, () => sought === part);
}

/** The part that was sought is gone to. */
export function found(): void {
  sought = null;
}
