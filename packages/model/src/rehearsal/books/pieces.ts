import type { Line } from './exchange.ts';

/** One sentence of a turn: spoken, done, or unmarked, which may be either. */
export interface Piece {
  readonly speaker: string;
  readonly kind: 'said' | 'done' | 'plain';
  readonly text: string;
}

/** Sentences that a turn is read for at most: what comes after is left out. */
const MOST = 400;
/** Characters of a sentence that are looked at. */
const LONGEST = 600;

/** The sentences of a turn, in order: "..." is spoken, *...* done; beside quoted speech the rest is narration. Remarks in ((...)) are left out. */
export function piecesOf(lines: readonly Line[]): Piece[] {
  return lines.flatMap(({ speaker, text }) => {
    const told = text.replaceAll(/\(\([\s\S]*?\)\)/g, ' ');
    const quotes = /["“][^"”]*["”]/.test(told);
    return [...told.matchAll(/\*([^*]+)\*|["“]([^"”]+)["”]|([^*"“”]+)/g)].flatMap((found) => {
      const kind = found[1] !== undefined ? 'done' : found[2] !== undefined ? 'said' : quotes ? 'done' : 'plain';
      return sentencesOf(found[1] ?? found[2] ?? found[3] ?? '').map((sentence): Piece => ({ speaker, kind, text: sentence }));
    });
  }).slice(0, MOST);
}

function sentencesOf(text: string): string[] {
  return text
    .replaceAll(/’/g, "'")
    .split(/(?<=[.!?…]["')\]]*)\s+|\n+/)
    .map((one) => one.trim().slice(0, LONGEST))
    .filter((one) => /\p{L}/u.test(one));
}

/** What is wished, asked, denied, planned or remembered rather than happening. */
const UNREAL =
  /\b(?:should|could|would|might|may|can|cannot|must|will|won't|shall|want(?:s|ed)?|wish(?:es|ed)?|hop(?:e|es|ed)|going to|gonna|plan(?:s|ned)?|if|whenever|unless|some ?day|one day|tomorrow|next time|never|not|dream(?:s|t|ed)?|remember\w*|imagin\w*|suppos\w*|used to|let's|let us|ever|always|often|sometimes|usually|every|instead|about to|try|tries|yesterday|ago|last (?:night|week|month|year|time))\b|n't\b|'ll\b|'d\b|\?/i;

/** Whether a sentence tells what happens now, as far as its words show. */
export function happens(text: string): boolean {
  return !UNREAL.test(text);
}

/** Whether one of the words before a place in a text denies what follows there. */
export function denied(text: string, at: number): boolean {
  return /\b(?:not|never|no|hardly|nobody|isn't|aren't|wasn't|don't|doesn't|didn't|won't|can't|cannot|couldn't|wouldn't|haven't|without)(?:\s+[\p{L}']+){0,3}\s*$/iu.test(text.slice(Math.max(0, at - 40), at));
}

/** Those who are there beside the speaker, and are addressed: who is named at the edge of the words, else who speaks next or before. */
export function hearerOf(line: Line, lines: readonly Line[], present: readonly string[]): string | undefined {
  const others = present.filter((name) => name !== line.speaker);
  const calls = (name: string): boolean =>
    [name, name.split(' ')[0] ?? name].some((one) => one.length > 1 && new RegExp(String.raw`(?:^|[.!?"“*,]\s*|@)${escape(one)}\s*[,!?.:]|,\s*${escape(one)}\s*[.!?"”]|@${escape(one)}\b`, 'u').test(line.text));
  const called = others.find(calls);
  if (called !== undefined) return called;
  const at = lines.indexOf(line);
  const next = lines.slice(at + 1).find((one) => one.speaker !== line.speaker) ?? lines.slice(0, Math.max(at, 0)).findLast((one) => one.speaker !== line.speaker);
  return next?.speaker ?? (others.length === 1 ? others[0] : undefined);
}

export function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
