import { INSULT } from '../heard.ts';
import { disclosedIn } from './disclosed.ts';
import type { Exchange, Line } from './exchange.ts';
import { denied, hearerOf, piecesOf, type Piece } from './pieces.ts';

/** How one who hears or sees something comes to think of the one it came from: affinity and trust, each -10..10. */
interface Weight {
  readonly affinity: number;
  readonly trust: number;
}

type Cause = readonly [pattern: RegExp, affinity: number, trust: number];

/** Of each group at most one counts in a sentence: the first that fits. */
const SAID: readonly (readonly Cause[])[] = [
  [
    [/\bi(?:'ll| will| am going to|'m going to| could| can) (?:kill|hurt|end|break|ruin|destroy|burn|report|expose|denounce) you\b|\byou(?:'ll| will) (?:regret|pay for)\b|\bor else\b/i, -5, -6],
    [/\bi (?:hate|despise|loathe) you\b|\bi never want to see you\b/i, -6, -3],
    [/\byou(?:'re| are)? (?:such |nothing but |just |all |really |so |a |an |old |damned? |bloody |filthy |stupid |little |miserable |lying ){0,4}(?:liar|thief|traitor)\b|\byou lied\b|\byou're lying\b/i, -4, -3],
    [/\b(?:shut up|get lost|go to hell|damn you|screw you|get out of my sight|leave me alone|go away|you disgust me|you make me sick)\b/i, -3, -1],
    [INSULT, -4, -1],
    [/\byou(?:'re| are) (?:wrong|late) again\b|\bi(?:'m| am) (?:so )?(?:tired|sick) of you\b|\bi (?:don't|do not) (?:like|want) you\b/i, -3, -1],
  ],
  [
    [/\bi (?:broke|have broken) my (?:promise|word)\b|\bi (?:lied|have lied|was lying) to you\b|\bi (?:betrayed|sold) you\b/i, -3, -7],
    [/\bi (?:don't|do not|can't|cannot|never) (?:trust|believe) you\b/i, -2, -3],
    [/\bas (?:i )?promised\b|\bi (?:kept|have kept) my (?:promise|word)\b|\bi (?:promised|said i would),? and\b|\bi came back,? (?:as|like) i (?:said|promised)\b/i, 2, 5],
    [/\bi (?:promise|swear|give you my word|vow)\b|\byou have my word\b/i, 0, 2],
    [/\bi (?:do )?trust you\b|\bi believe (?:in )?you\b/i, 2, 3],
    [/\b(?:the truth is|to be honest|i have to tell you|i confess|i never told|i(?:'ve| have) never told|nobody (?:else )?knows|between us|don't tell anyone|i(?:'ve| have) been meaning to tell you|my secret)\b/i, 1, 3],
  ],
  [
    [/\bi love you\b|\bi(?:'m| am) in love with you\b/i, 5, 2],
    [/\byou(?:'re| are| look| were) (?:so |very |really |quite |truly |always |a |an |the |such ){0,3}(?:kind|good|beautiful|lovely|brave|clever|funny|sweet|wonderful|amazing|handsome|brilliant|generous|wise|gentle|best|talented|charming|remarkable|patient|dear)\b/i, 3, 0],
    [/\bi (?:really |do |so )?(?:like|admire|respect|missed|miss|adore|enjoy) (?:you|your|this|talking|being|having)\b|\b(?:well done|proud of you|you did (?:well|it)|good work|beautifully done|(?:your|this|that) [a-z]+ (?:is|was|tastes|looks|smells) (?:so |very |really )?(?:delicious|wonderful|beautiful|lovely|excellent|perfect|good))\b/i, 3, 0],
    [/\b(?:good|glad|nice|lovely|happy|wonderful) to see you\b|\bi(?:'m| am) (?:so )?glad (?:you|to be (?:here|with|back)|that you)\b/i, 2, 0],
    [/\bi(?:'m| am) (?:so |very |truly |really )?sorry\b|\bi apologi[sz]e\b|\bforgive me\b|\bmy fault\b/i, 2, 1],
    [/\bthank(?:s| you)\b|\bmuch obliged\b|\bi(?:'m| am) (?:so )?grateful\b|\bi owe you\b/i, 1, 0],
    [/\b(?:let me help|i(?:'ll| will| can) (?:help|carry|do it for|take care|look after|fix|mend)|i brought you|this is for you|i made (?:you|this for)|i(?:'ll| will) stay with you|you can count on me)\b/i, 2, 1],
    [/\bi(?:'m| am) (?:so )?(?:afraid|scared|lonely|ashamed|lost)\b|\bi (?:feel|miss my|can't sleep)\b/i, 1, 2],
    [/\b(?:haha|just kidding|only joking|ha!)/i, 1, 0],
  ],
];

const DONE: readonly (readonly Cause[])[] = [
  [
    [/\b(?:hits?|slaps?|punch(?:es)?|shoves?|stabs?|kicks?|strikes?|chokes?|strangles?|shoots?|spits? (?:at|on)|bites?|attacks?|slams?) (?:you|her|him|them|\p{Lu}\p{L}+)\b/iu, -8, -8],
    [/\b(?:draws?|pulls?|raises?|points?|aims?) (?:out )?(?:a|an|my|his|her|their|the) (?:\p{L}+ )?(?:sword|knife|gun|blade|pistol|dagger|axe)\b/iu, -4, -6],
    [/\b(?:steals?|pockets?|snatch(?:es)?|breaks?|smash(?:es)?|burns?|tears? up|throws? away) (?:your|her|his|their|\p{Lu}\p{L}+'s)\b/iu, -5, -6],
    [/\b(?:storms? (?:out|off)|slams? the door|turns? (?:my|his|her|their) back|ignores?|sneers?|rolls? (?:my|his|her|their) eyes|laughs? at (?:you|her|him|them))\b/i, -2, -1],
  ],
  [
    [/\b(?:hugs?|embraces?|kiss(?:es)?|holds? (?:you|her|him|them)\b|(?:takes?|holds?|squeezes?|touch(?:es)?|strokes?) (?:your|her|his|their|\p{Lu}\p{L}+'s) (?:hand|arm|cheek|shoulder|hair|face)s?)\b/iu, 2, 1],
    [/\b(?:puts?|wraps?|drapes?|lays?) .{1,30}(?:around|over|about) (?:you|her|him|them|your|his|their)\b|\b(?:bandages?|saves?|catches|protects?|shields?|helps?|comforts?|covers?|feeds?|heals?|carries|frees?|unties?) (?:you|her|him|them|\p{Lu}\p{L}+|the blanket)\b/iu, 4, 3],
    [/\b(?:hands?|gives?|offers?|brings?|pours?|passes|slides?) (?:you|her|him|them|\p{Lu}\p{L}+) (?:a|an|the|my|some|his|her|their|another)\b|\b(?:hands?|gives?|offers?|passes|holds? out) .{2,40} (?:to|for) (?:you|her|him|them|\p{Lu}\p{L}+)\b/iu, 2, 1],
    [/\b(?:smiles?|laughs?|grins?|chuckles?|bows?|giggles?)\b/i, 1, 0],
  ],
];

const NOT_DENIED = /\b(?:trust|believe|broke|lied|never|nobody)\b/i;

/** What one sentence does to whom it is meant for. */
function weightOf(piece: Piece): Weight {
  let affinity = 0;
  let trust = 0;
  for (const group of piece.kind === 'done' ? DONE : SAID) {
    for (const [pattern, liking, relying] of group) {
      const found = pattern.exec(piece.text);
      if (found === null) continue;
      // "I don't hate you" is no insult; nothing nice is meant by a question.
      if (denied(piece.text, found.index) && !NOT_DENIED.test(found[0])) continue;
      if (liking > 0 && piece.text.includes('?')) continue;
      affinity += liking;
      trust += relying;
      break;
    }
  }
  if (disclosedIn(piece) !== undefined) trust += 1;
  return { affinity, trust };
}

/** What a whole line does to the one it is meant for, -10..10 each. */
export function regardOf(line: Line): Weight {
  const all = piecesOf([line]).map(weightOf);
  const sum = (of: (weight: Weight) => number): number => Math.max(-10, Math.min(10, all.reduce((total, weight) => total + of(weight), 0)));
  return { affinity: sum((weight) => weight.affinity), trust: sum((weight) => weight.trust) };
}

/** From where on the one who writes, or somebody who only stood by, is moved as well, and by how much of it. */
const STRONG = 4;
const HALF = 0.5;

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly affinity: number;
  readonly trust: number;
  readonly facts: readonly string[];
}

/** Whose feelings moved in a turn, and what they learned of each other (ED-1). */
export function movesIn(exchange: Exchange): Move[] {
  const moves = new Map<string, { from: string; to: string; affinity: number; trust: number; facts: string[] }>();
  const move = (from: string, to: string, weight: Weight, facts: readonly string[]): void => {
    if (from === to || (weight.affinity === 0 && weight.trust === 0 && facts.length === 0)) return;
    const key = `${from}\n${to}`;
    const sofar = moves.get(key) ?? { from, to, affinity: 0, trust: 0, facts: [] };
    moves.set(key, {
      from, to,
      affinity: Math.max(-10, Math.min(10, sofar.affinity + weight.affinity)),
      trust: Math.max(-10, Math.min(10, sofar.trust + weight.trust)),
      facts: [...new Set([...sofar.facts, ...facts])],
    });
  };
  for (const line of exchange.turn) {
    const hearer = hearerOf(line, exchange.turn, exchange.present);
    const regard = regardOf(line);
    const facts = piecesOf([line]).flatMap((piece) => disclosedIn(piece) ?? []).filter((fact) => !exchange.feelings.includes(fact));
    for (const witness of exchange.present) {
      const aside = witness !== hearer || witness === exchange.person;
      const weight = !aside ? regard : Math.abs(regard.affinity) >= STRONG ? { affinity: halved(regard.affinity), trust: halved(regard.trust) } : { affinity: 0, trust: 0 };
      move(witness, line.speaker, weight, facts);
    }
  }
  return [...moves.values()];
}

const halved = (value: number): number => Math.trunc(value * HALF);
