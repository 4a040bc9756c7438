import type { Departure } from './departure.ts';
import type { Exchange } from './exchange.ts';
import { piecesOf, type Piece } from './pieces.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, 'a couple of': 2, three: 3, 'a few': 3, few: 3, four: 4, several: 4, 'some': 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  fifteen: 15, twenty: 20, 'twenty-five': 25, thirty: 30, forty: 40, 'forty-five': 45, fifty: 50, sixty: 60, ninety: 90, 'half an': 0.5, 'half a': 0.5, 'a quarter of an': 0.25, 'an hour and a half': 1.5,
};
const UNITS: Readonly<Record<string, number>> = { moment: 1, minute: 1, hour: 60, day: 1_440 };
const COUNT = String.raw`(\d{1,3}|${Object.keys(NUMBERS).toSorted((a, b) => b.length - a.length).join('|')})`;
const SPAN = String.raw`${COUNT}\s+(?:long\s+|more\s+|full\s+|whole\s+|good\s+)?(minute|hour|moment|day)s?`;

/** Time that goes by as it is told; the verbs of the last line are of what people spend time with. */
const PASSING: readonly RegExp[] = [
  new RegExp(String.raw`\b${SPAN}\s+(?:later|pass(?:es|ed)?|go(?:es)? by|went by|slips? by|slipped by|or so later|or so pass(?:es)?)\b`, 'i'),
  new RegExp(String.raw`^(?:and |then )?after\s+(?:about\s+|perhaps\s+|another\s+)?${SPAN}\b`, 'i'),
  new RegExp(String.raw`\b(?:talk|sit|wait|walk|work|rest|sleep|stand|listen|watch|read|dance|kiss|search|play|stay|drink|eat|drive|ride|row|chat|argue|speak|lie|swim|climb|dig|sing|smoke)s?\b[^.!?]{0,40}\bfor\s+(?:about\s+|almost\s+|the next\s+|another\s+|perhaps\s+)?${SPAN}\b`, 'i'),
];
const OLD = /\b(?:ago|have been|has been|had been|used to|last (?:night|week|year)|yesterday|when i was|every|always|if|would|could|should|will|can|must|might|won't|didn't|don't)\b|\?/i;
/** Minutes of what is not counted: "a while", "the rest of the evening". */
const LOOSE: readonly (readonly [RegExp, number])[] = [
  [/\b(?:a|some) (?:little )?while (?:later|passes|goes by)\b|\bafter a (?:little )?while\b|\bsome time (?:later|passes)\b|\btime passes\b/i, 20],
  [/\bthe (?:rest of the )?(?:evening|afternoon|morning) (?:passes|goes by|slips by|wears on)\b/i, 180],
];

/** What an exchange of so many words takes: speech runs at about 130 words a minute, and people pause. */
const WORDS_A_MINUTE = 70;
const LONGEST_TALK = 5;
/** On foot, and by anything faster but further. */
const WALK = 10;
const RIDE = 30;
const WEEK = 10_080;

/** Minutes that passed in a turn. */
export function minutesOf(exchange: Exchange, departure: Departure): number {
  const words = exchange.turn.reduce((total, line) => total + line.text.split(/\s+/).filter(Boolean).length, 0);
  const talk = Math.min(LONGEST_TALK, 1 + Math.floor(words / WORDS_A_MINUTE));
  const pieces = piecesOf(exchange.turn);
  const named = pieces.reduce((total, piece) => total + namedIn(piece), 0);
  if (named > 0) return Math.min(WEEK, Math.max(1, Math.round(named)));
  return departure.how === 'left' ? Math.max(talk, wayOf(pieces)) : talk;
}

function namedIn(piece: Piece): number {
  // In quotation marks, time passes in what is told.
  if (piece.kind === 'said' || OLD.test(piece.text)) return 0;
  // Unmarked, "an hour later he was dead" is told as well.
  if (piece.kind === 'plain' && /\b(?:was|were|had|did|came|went|took|got|found|left)\b/i.test(piece.text)) return 0;
  for (const pattern of PASSING) {
    const found = pattern.exec(piece.text);
    if (found !== null) return countOf(found[1] ?? '') * (UNITS[(found[2] ?? '').toLowerCase()] ?? 1);
  }
  return LOOSE.find(([pattern]) => pattern.test(piece.text))?.[1] ?? 0;
}

/** "ten", "half an", "45" as a number. */
export function countOf(words: string): number {
  return /^\d/.test(words) ? Number(words) : (NUMBERS[words.toLowerCase()] ?? 1);
}

function wayOf(pieces: readonly Piece[]): number {
  const told = pieces.filter((piece) => piece.kind !== 'said').map((piece) => piece.text).join(' ');
  if (/\b(?:drives?|rides?|sails?|fl(?:y|ies)|take the (?:train|bus|tram|boat|ferry|carriage|taxi|cab)|rows?|drove|rode|sailed)\b/i.test(told)) return RIDE;
  return /\b(?:steps?|stepped|slips?|slipped) (?:out|into|outside)|\b(?:upstairs|downstairs|outside)\b/i.test(told) ? 1 : WALK;
}
