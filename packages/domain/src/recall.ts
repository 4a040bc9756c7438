import type { MemoryRow } from './projections/memories.ts';

/**
 * How memories are found again (ME-5): every constant of it, each with its reason. Those of words and neighbours were
 * tuned on two of three long conversations with known evidence and tried on the third, in turn; what is said of a gain
 * is evidence found among the first ten.
 */
export const RECALL = {
  /** BM25's saturation and length: a word said thrice is no three memories' worth; short exchanges are not favoured. */
  k1: 0.9,
  b: 0.5,
  /** What a name of somebody who speaks here counts as a word: it stands in half of all memories. */
  name: 0.15,
  /** Two words of the question side by side in the memory: this share of their mean weight on top. */
  pair: 0.8,
  /** What one of the question's dates adds where it is the memory's own, as a share of the best text score (gain 1 in 100). */
  date: 0.2,
  /** The one person named in the question speaks in the memory. Little: people are asked about what others told, too. */
  speaker: 0.4,
  /**
   * Where a memory matched, its neighbours in the scene get a share of its score, by how far after (positive) or before
   * they stand: an answer follows its question, and needs not repeat its words (gain 9 in 100).
   */
  neighbours: [
    { step: 1, share: 0.45 },
    { step: -1, share: 0.2 },
    { step: 2, share: 0.25 },
    { step: -2, share: 0.15 },
  ],
  /** What the three best matches of a scene (whole, half, quarter) lend to its other memories: the talk was about it. */
  scene: 0.1,
  /** Weight by significance 0..3: what matters comes to mind sooner, yet a trifle that was asked for is still found. */
  significance: [0.9, 1, 1.1, 1.2],
  /** What happened just now weighs so much more than what is long past; it halves with every so many turns. */
  recency: 0.1,
  recencyHalves: 100,
  /** What hearsay of no reliability at all still weighs. */
  hearsay: 0.7,
  /** ME-7: a memory that its scene's account covers is offered in its stead only where it scores so many times as well. */
  collapsed: 1.5,
  /** Reciprocal rank fusion's usual constant: how much the first places differ from the next. */
  fusion: 60,
} as const;

/** How far a search looks: what bounds its cost, whatever is asked and however long a life is. */
export const REACH = {
  /** Characters of the question that are read, its last ones: more than two long messages. */
  characters: 6_000,
  /** Different words that are looked up, the rarest first: the tenth tells hardly anything more. */
  words: 10,
  /** Occurrences that are read in all (about a microsecond each); what is commoner than the rest allows is left out. */
  occurrences: 6_000,
  /** Memories scored in full, by the weight of the words they share with the question. */
  scored: 64,
  /** Matches whose neighbours are looked at. */
  lifting: 12,
  /** Memories, those with the highest sums, that are weighed by how much they matter: weights differ by less than half. */
  weighed: 40,
  /** Nearest memories by meaning that are fused in. */
  nearest: 100,
} as const;

/** The weight of a word that stands in `found` of `all` memories: the rarer the more (BM25's, never below 0). */
export function rarity(found: number, all: number): number {
  return Math.log(1 + (Math.max(all, found) - found + 0.5) / (found + 0.5));
}

/** What a word counts that stands `times` in a memory whose length is `length` of the average. */
export function saturated(times: number, length: number): number {
  return (times * (RECALL.k1 + 1)) / (times + RECALL.k1 * (1 - RECALL.b + RECALL.b * length));
}

/** Weight by how many turns ago it was; what is pinned never fades (0 turns). */
export function recencyWeight(turns: number): number {
  return 1 + RECALL.recency * 2 ** (-Math.max(0, turns) / RECALL.recencyHalves);
}

/** Weight by reliability, 0..1. */
export function reliabilityWeight(reliability: number): number {
  return RECALL.hearsay + (1 - RECALL.hearsay) * Math.min(1, Math.max(0, reliability));
}

/** Weight by significance. */
export function significanceWeight(significance: MemoryRow['significance']): number {
  return RECALL.significance[significance];
}

/** Something found, as far as it matters for who is offered in whose stead. */
export interface Offered {
  readonly memory: Pick<MemoryRow, 'memoryId' | 'coveredBy' | 'significance'>;
  readonly score: number;
}

/**
 * ME-7: of a scene's account and the memories that it covers only one side is offered. Covered memories that matter
 * need to score above the account, collapsed ones (significance 0 or 1) far above. `known` names what the prompt has
 * already: whatever covers that, or is covered by it, is not offered again. Order is kept.
 */
export function offeredOnce<T extends Offered>(found: readonly T[], known: ReadonlySet<string>, coversKnown: ReadonlySet<string>): T[] {
  const byId = new Map(found.map((one) => [one.memory.memoryId, one]));
  const stands = (one: T): boolean => {
    const { coveredBy, significance } = one.memory;
    if (coveredBy === null) return true;
    if (known.has(coveredBy)) return false;
    const account = byId.get(coveredBy);
    return account === undefined || one.score >= account.score * (significance <= 1 ? RECALL.collapsed : 1);
  };
  const standing = found.filter((one) => !known.has(one.memory.memoryId) && stands(one));
  const replaced = new Set(standing.map((one) => one.memory.coveredBy));
  return standing.filter((one) => !replaced.has(one.memory.memoryId) && !coversKnown.has(one.memory.memoryId));
}
