import type { Act } from './acts.ts';

/** What is asked to be done with a turn, by its depth. */
type Asked = (depth: number, act: Act) => void;

const listeners = new Set<Asked>();

/** Hears what is asked for from beside the story. Returns what ends it. */
export function onTurnAsked(asked: Asked): () => void {
  listeners.add(asked);
  return () => listeners.delete(asked);
}

/** Does something with a turn as its menu would: by a key in the composer, or by name. */
export function askOfTurn(depth: number, act: Act): void {
  for (const asked of listeners) asked(depth, act);
}
