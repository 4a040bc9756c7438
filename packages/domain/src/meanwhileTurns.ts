// No schema stands here: pages take this without taking all of zod.

/** Turns that two who are by themselves take before it ends: as many as nobody counts, and the most at once (MW-1). */
export const MEANWHILE_TURNS = 6;
export const MEANWHILE_TURNS_MOST = 30;

/**
 * Whether a meanwhile scene goes on by itself: it is running, and nobody has moved the head since. Whoever goes back into
 * one wants to look, not to see it run away.
 */
export function goesOn(row: { readonly running: boolean; readonly sinceSeq: number }, chat: { readonly movedSeq: number }): boolean {
  return row.running && row.sinceSeq > chat.movedSeq;
}
