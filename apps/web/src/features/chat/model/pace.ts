/** Words in hand are shown within about this many milliseconds: even at the pace they come, never far behind. */
const DRAIN_MS = 260;

/** The same once the reply has ended: what is left follows quickly. */
const END_MS = 110;

/** Slowest pace, in characters a second: faster than anyone reads. */
const SLOWEST = 90;

/** A stretch without a space that is longer than this is shown by the letter: scripts without spaces, long dashes. */
const LONGEST_WORD = 24;

/**
 * How much of `text` to show after a frame of `ms` milliseconds, when `shown` UTF-16 units of it are in sight. Whole
 * words come at a time, so that no word is seen to jump to the next line; a surrogate pair is never cut.
 */
export function nextShown(text: string, shown: number, owing: number, ms: number, ended: boolean): { shown: number; owing: number } {
  const waiting = text.length - shown;
  if (waiting <= 0) return { shown: text.length, owing: 0 };
  const pace = Math.max(SLOWEST, (waiting / (ended ? END_MS : DRAIN_MS)) * 1000);
  const reach = shown + owing + (pace * ms) / 1000;
  if (reach >= text.length && ended) return { shown: text.length, owing: 0 };
  const next = wordEnd(text, shown, Math.min(Math.floor(reach), text.length));
  // The first word stands at the beginning of a line and cannot jump: it is what everybody waits for.
  if (shown === 0 && next === 0) return { shown: firstWord(text), owing: 0 };
  return { shown: next, owing: Math.min(reach, text.length) - next };
}

/** The end of the first word with its space, or of as much of it as is there. */
function firstWord(text: string): number {
  const end = /\S\s/.exec(text);
  return whole(text, Math.min(end === null ? text.length : end.index + 2, LONGEST_WORD));
}

/** The end of the last whole word in `text` between `from` and `to`; `from` when there is none. */
function wordEnd(text: string, from: number, to: number): number {
  for (let at = to; at > from; at--) {
    if (/\s/.test(text.charAt(at - 1))) return at;
    if (to - at > LONGEST_WORD) return whole(text, to);
  }
  return to - from > LONGEST_WORD || isUnspaced(text.charAt(to - 1)) ? whole(text, to) : from;
}

/** Letters of scripts that set no spaces between words. */
function isUnspaced(char: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u.test(char);
}

function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
