import type { TurnRow } from './projections/turns.ts';

// No schema stands here or in what this imports: pages take these without taking all of zod.

// C0 and C1 controls other than tab and line feed: they draw nothing, and some renderers choke on them.
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Text as it is kept: line ends as `\n`, no control characters, no lone surrogates. Scripts of any direction pass. */
export function cleanText(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed();
}

/** Longest message a person may send, in characters: four times what the prompt budget holds would never fit. */
export const MESSAGE_MAX = 32_000;

/** A turn's words as they stand: the hand's where there are any. */
export function wordsOf(turn: Pick<TurnRow, 'text' | 'edited'>): string {
  return turn.edited ?? turn.text;
}
