import { hear } from '../heard.ts';
import { disclosedIn } from './disclosed.ts';
import type { Line } from './exchange.ts';
import { denied, piecesOf, type Piece } from './pieces.ts';

export type Score = 0 | 1 | 2 | 3;

/** What changes everything, where it happens or is told as new. */
const TURNING: readonly RegExp[] = [
  /\b(?:will you marry me|marry me|i take you (?:as|to be)|we are (?:now )?(?:husband|wife|married|engaged)|i do take)\b/i,
  /\b(?:is|are|'s) (?:dead|dying|murdered)\b|\b(?:has|have) (?:died|been (?:killed|murdered))\b|\b(?:was|were) (?:murdered|killed)\b|\b(?:they|he|she|i|you) (?:killed|murdered|shot|stabbed|poisoned|hanged|betrayed) (?:\p{Lu}\p{L}+|you|him|her|them|us|me|my|your|our|the)\b/iu,
  /\bi (?:swear|vow|pledge) (?:by|on|to|that|before|you|never|always|my|allegiance)\b|\b(?:blood oath|i give you my oath|my oath)\b/i,
  /\b(?:you|i|he|she|they) (?:have |has )?betrayed (?:me|you|us|him|her|them)\b|\bsold (?:you|me|us) out\b/i,
];
const TURNING_DEED = /\b(?:kills?|stabs?|shoots?|murders?|strangles?|poisons?|dies|drowns)\b|\bstops? breathing\b|\bslips? (?:a|the) ring (?:on|onto)\b/i;

/** What will be remembered. */
const MARKED: readonly RegExp[] = [
  /\b(?:i love you|in love with you|i never told|i(?:'ve| have) never told|the truth is|i confess|my secret|tell you a secret|don't tell (?:anyone|anybody)|tell nobody|nobody (?:else )?knows|i have to tell you|forgive me|i promise|i give you my word|you have my word|i was wrong)\b/i,
  /\b(?:i hate you|how dare you|i never want to see you|you lied|liar|traitor|you(?:'re| are) (?:a |an )?(?:idiot|fool|coward|monster|thief)|go to hell|get out of my sight|i(?:'ll| will) kill you)\b/i,
  /\b(?:this is for you|a (?:gift|present) for you|i made (?:you|this for you)|i want you to have)\b/i,
  /\bmy (?:\p{L}+ )?(?:brother|sister|mother|father|son|daughter|husband|wife|friend|child|baby|twin)\b.{0,40}\b(?:died|drowned|dead|killed|murdered|vanished|disappeared|left me|was taken)\b|\bi lost my\b/iu,
];
const MARKED_DEED = /\b(?:kiss(?:es)?|embraces?|hugs?|weeps?|sobs?|cr(?:y|ies)\b|slaps?|hits?|punch(?:es)?|kneels? (?:before|down before)|draws? (?:a|my|his|her|their|the) (?:\p{L}+ )?(?:sword|knife|gun|blade|pistol))|\b(?:gives?|hands?) (?:you|her|him|them|\p{Lu}\p{L}+) (?:a|an|the|my|his|her|their) (?:ring|letter|key|book|gift|present|locket|flower|photograph|picture|knife|necklace)/iu;

/** Small talk: nothing but greetings, thanks and weather. */
const SMALL: ReadonlySet<string> = new Set(['greeting', 'farewell', 'thanks', 'asks-how-are-you', 'agrees', 'looks', 'silent', 'arrives', 'begins']);
const SMALL_WORDS = 14;
const WEATHER = /\b(?:weather|rain(?:s|ing)?|sunny|cold|warm|hot|snow(?:s|ing)?|wind|fog|nice day|lovely (?:day|evening))\b/i;

/** How much an exchange matters (ME-4). Of a bot's own words only what is marked counts: who writes decides what a story is about. */
export function significanceOf(turn: readonly Line[], person: string | undefined): Score {
  const best = Math.max(0, ...piecesOf(turn).map((piece) => scoreOf(piece, piece.speaker === person))) as Score;
  if (best > 1) return best;
  const first = turn.find((line) => line.speaker === person) ?? turn[0];
  return first === undefined || isSmall(first.text) ? 0 : 1;
}

/** What one sentence is worth; 1 where it is neither small nor marked. */
export function scoreOf(piece: Piece, ownsStory = true): Score {
  const { text, kind } = piece;
  const holds = (pattern: RegExp): boolean => {
    const found = pattern.exec(text);
    return found !== null && !denied(text, found.index);
  };
  const asked = text.includes('?') && !/\bmarry me\b/i.test(text);
  const supposed = /\b(?:if|would|could|might|almost|nearly|as if|as though|like a|imagine|one day)\b/i.test(text);
  if (asked || supposed) return 1;
  if (kind === 'done') return holds(TURNING_DEED) && !/\b(?:laugh|time|lights?|candle|fire|voice)\b/i.test(text) ? 3 : holds(MARKED_DEED) ? 2 : 1;
  if (kind === 'plain' && holds(MARKED_DEED)) return 2;
  const marked = MARKED.some(holds);
  // What is long past is a confession, not news.
  const past = /\b(?:years|ago|when i was|back then|long since|as a child|was young|last (?:year|winter|summer|spring|autumn))\b|\bmy (?:\p{L}+ )?(?:brother|sister|mother|father|son|daughter)\b/iu.test(text);
  if (TURNING.some(holds)) return past ? 2 : 3;
  if (marked) return 2;
  return ownsStory && disclosedIn(piece) !== undefined && /\b(?:afraid|died|drowned|prison|lost|never (?:told|learned|knew)|in love)\b/i.test(text) ? 2 : 1;
}

function isSmall(text: string): boolean {
  const heard = hear(text, []);
  const count = heard.speech.split(/\s+/).filter(Boolean).length;
  return count <= SMALL_WORDS && (SMALL.has(heard.act) || (WEATHER.test(heard.speech) && !/\?.*\?/.test(text)));
}
