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

/** Words that end the scene before what follows (SC-6). */
const ENDS = /\bfad(?:e|es|ed|ing)\s+(?:out|to\s+black)\b|\b(?:end|close)\s+(?:of\s+)?(?:the|this)\s+scene\b|\b(?:the|this)\s+scene\s+(?:ends|closes|is over)\b|\bcurtain falls\b/iu;

/** SC-6: whether the words of a skip end the scene too, which then comes first. */
export function endsScene(words: string): boolean {
  return ENDS.test(words);
}

/**
 * Whether a message that skips time speaks to somebody as well: it quotes speech, or says something unmarked beside what
 * it narrates, other than that it skips.
 */
export function speaksToo(message: string, markers?: SegmentMarkers): boolean {
  const segments = splitSegments(message, markers);
  const narrates = segments.some(({ kind }) => kind === 'action');
  return segments.some(({ kind, text }) => {
    if (kind !== 'dialogue' || !/\p{L}/u.test(text)) return false;
    return QUOTED.test(text.trim()) || (narrates && !looksLikeSkip(text, markers));
  });
}

/** Speech that stands in quotes. */
const QUOTED = /^["\u201C\u201E\u00AB\u300C\u300E]/;

/**
 * TN-2: whether a message looks as if it asked to skip time. A pattern, so that an ordinary turn costs no model call:
 * what looks like a skip is then asked about. What is said aloud ("see you the next morning") is no skip.
 */
export function looksLikeSkip(message: string, markers?: SegmentMarkers): boolean {
  const segments = splitSegments(message, markers).filter(({ kind }) => kind !== 'ooc');
  const narrated = segments.filter(({ kind }) => kind === 'action');
  // Nothing marked: it may be either, so that only its beginning, or an outright demand, counts.
  const told = narrated.length > 0 ? narrated : segments.slice(0, 1);
  return told.some(({ text, kind }) => {
    if (kind === 'dialogue' && /^["\u201C\u201E\u00AB]/.test(text.trim())) return false;
    const sentences = kind === 'action' ? text.split(/(?<=[.!?\u2026])\s+/u) : [text];
    return ASKED.test(text) || sentences.some((sentence) => LEAPS.test(sentence));
  });
}
