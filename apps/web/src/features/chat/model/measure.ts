import type { Turn } from './transcript.ts';

/** Characters on a line of prose, and the height of that line in px: what the style sheet comes to. */
const LINE_CHARS = 64;
const LINE = 28;
const PARAGRAPH_GAP = 12;

/** Name above, air below. */
const FRAME = 58;

/** A turn that is not here yet is taken to be as tall as an ordinary one. */
export const UNKNOWN_HEIGHT = 172;

/** About how tall a turn will be, in px, before it is drawn and measured. */
export function heightOf(turn: Turn | undefined): number {
  if (turn === undefined) return UNKNOWN_HEIGHT;
  const paragraphs = (turn.edited ?? turn.text).split(/\n{2,}/);
  const lines = paragraphs.reduce((sum, text) => sum + Math.max(1, Math.ceil(text.length / LINE_CHARS)), 0);
  return FRAME + lines * LINE + (paragraphs.length - 1) * PARAGRAPH_GAP;
}
