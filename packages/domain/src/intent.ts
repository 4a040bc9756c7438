import { splitSegments } from './segments.ts';
import type { SegmentMarkers } from './segments.ts';

const COUNT = String.raw`(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|some|several|a few|a couple of|many|\d{1,4})`;
const SPAN = String.raw`(?:moments?|minutes?|hours?|days?|nights?|mornings?|evenings?|weeks?|months?|seasons?|years?)`;
const PART = String.raw`(?:morning|noon|afternoon|evening|night|day|dawn|dusk|week|weekend|month|spring|summer|autumn|winter|year)`;

/** Words with which a message asks for a skip outright, wherever they stand. */
const ASKED = new RegExp(
  String.raw`\b(?:(?:let(?:'|\u2019)?s\s+)?(?:skip|fast[- ]?forward|jump)\s+(?:ahead|forward|on|past|to\b)|(?:time\s?-?skip|cut to)\b|fade (?:out|to black)\b)`,
  'iu',
);

/** Words that leap when a sentence of narration begins with them. */
const LEAPS = new RegExp(
  String.raw`^[\s(\[]*(?:(?:and |then |so )?(?:(?:the|early|late)\s+)*(?:next|following)\s+${PART}\b|${COUNT}\s+${SPAN}\s+(?:later|pass(?:es|ed)?|go(?:es)? by|went by)\b|(?:later|sometime later)\s+(?:that|this|in the)\s+${PART}\b|(?:some )?time passes\b|when (?:we|they|i)\s+(?:\w+\s+)?(?:arrive|get there|reach|wake|are done|have finished)\b|by the time (?:we|they)\b|(?:by|at|come) (?:dawn|noon|dusk|nightfall|morning|evening)\b(?=\s*[,.]|$))`,
  'iu',
);

/**
 * A whole sentence that is a leap and nothing else, as it stands behind others: "We talk. Next morning." What goes on from a leap there may
 * be somebody telling of what was ("The next morning she was gone") or will be ("Next week I sail").
 */
const LEAP_ALONE = new RegExp(
  String.raw`^[\s(\[]*(?:(?:and |then |so )?(?:(?:the|early|late)\s+)*(?:next|following)\s+(?:morning|noon|afternoon|evening|night|day|dawn|dusk)|the\s+(?:next|following)\s+${PART}|${COUNT}\s+${SPAN}\s+(?:later|pass(?:es|ed)?|go(?:es)? by|went by)|(?:later|sometime later)\s+(?:that|this|in the)\s+${PART}|(?:some )?time passes)(?:,?\s+(?:at|in|on|by|outside|inside|aboard)\s+[\p{L}\p{N}'\u2019-]+(?:\s+[\p{L}\p{N}'\u2019-]+){0,4})?[\s.!\u2026:)\]\u2014\u2013-]*$`,
  'iu',
);

/** Words that end the scene before what follows (SC-6). */
const ENDS = /\bfad(?:e|es|ed|ing)\s+(?:out|to\s+black)\b|\b(?:end|close)\s+(?:of\s+)?(?:the|this)\s+scene\b|\b(?:the|this)\s+scene\s+(?:ends|closes|is over)\b|\bcurtain falls\b/iu;

/** SC-6: whether the words of a skip end the scene too, which then comes first. */
export function endsScene(words: string): boolean {
  return ENDS.test(words);
}

/**
 * Whether a message that skips time speaks to somebody as well: it quotes speech, says something unmarked beside what it narrates, other
 * than that it skips, or, where nothing is marked, asks something.
 */
export function speaksToo(message: string, markers?: SegmentMarkers): boolean {
  const segments = splitSegments(message, markers);
  const narrates = segments.some(({ kind }) => kind === 'action');
  return segments.some(({ kind, text }) => {
    if (kind !== 'dialogue' || !/\p{L}/u.test(text)) return false;
    if (QUOTED.test(text.trim())) return true;
    return narrates ? !looksLikeSkip(text, markers) : ASKS.test(text);
  });
}

/** Words that ask. */
const ASKS = /[\p{L}\p{N}'\u2019)]\s?\?/u;

/** Speech that stands in quotes. */
const QUOTED = /^["\u201C\u201E\u00AB\u300C\u300E]/;

/**
 * TN-2: whether a message looks as if it asked to skip time. A pattern, so that an ordinary turn costs no model call:
 * what looks like a skip is then asked about. What is said aloud ("see you the next morning") is no skip. A message may
 * play a turn and then skip: the words before it count as well.
 */
export function looksLikeSkip(message: string, markers?: SegmentMarkers): boolean {
  const segments = splitSegments(message, markers).filter(({ kind }) => kind !== 'ooc');
  const narrated = segments.filter(({ kind }) => kind === 'action');
  if (narrated.length > 0) return narrated.some(({ text }) => ASKED.test(text) || sentencesOf(text).some((sentence) => LEAPS.test(sentence)));
  // Nothing marked: it may be speech or narration, so that only where a paragraph begins, an outright demand, or a leap that stands alone counts.
  const unmarked = segments.filter(({ text }) => !QUOTED.test(text.trim())).map(({ text }) => text).join('');
  return ASKED.test(unmarked) || unmarked.split(/\n\s*\n/).some((paragraph) => LEAPS.test(paragraph) || sentencesOf(paragraph).some((sentence) => LEAP_ALONE.test(sentence)));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?\u2026])\s+/u);
}
