import type { PromptReport, TurnCall } from './use-prompts.ts';

type Block = PromptReport['blocks'][number];
type Score = PromptReport['retrieved'][number]['why'];

/** What a tier means for a part of a prompt. */
export const TIERS: Readonly<Record<Block['tier'], string>> = { must: 'always', should: 'if there is room', nice: 'with what is left' };

const PURPOSES: Readonly<Record<string, string>> = {
  narrative: 'Writing the reply',
  passes: 'Noting what changed',
  scene: 'Looking back on the scene',
  addressee: 'Finding out who was meant',
  skip: 'Finding out whether time is skipped',
  kickoff: 'Reading the opening',
  embedding: 'Looking for memories by meaning',
};

/** What a model call was for. */
export function purposeOf({ purpose }: Pick<TurnCall, 'purpose'>): string {
  return PURPOSES[purpose] ?? 'Another question';
}

/** How a model call ended. */
export function outcomeOf({ outcome, problem }: Pick<TurnCall, 'outcome' | 'problem'>): string {
  if (problem !== null) return problem;
  return { ok: 'answered', aborted: 'stopped', error: 'failed', truncated: 'broke off' }[outcome];
}

/** `1,204`: a count of tokens. */
export function tokens(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** `40 ms`, `0.8 s`, `12 s`: a stretch of real time given in ms. */
export function seconds(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** How well a memory fitted, beside the best one. */
export function fit(score: number, best: number): string {
  if (score >= best) return 'fits best';
  return score >= best * 0.7 ? 'fits well' : score >= best * 0.4 ? 'fits' : 'fits a little';
}

/** What adds up to a score, and what it is then multiplied by. */
const SUMMED: readonly (readonly [keyof Score, string])[] = [
  ['text', 'same words'],
  ['vector', 'same meaning'],
  ['neighbour', 'beside one that fits'],
];
const FACTORS: readonly (readonly [keyof Score, string])[] = [
  ['significance', 'how much it matters'],
  ['recency', 'how fresh it is'],
  ['reliability', 'how sure it is'],
];

/** What a score is made of, in words and numbers. */
export function partsOf(why: Score): readonly { readonly name: string; readonly value: string }[] {
  return [
    ...SUMMED.flatMap(([key, name]) => {
      const value = why[key] ?? 0;
      return value === 0 ? [] : [{ name, value: value.toFixed(2) }];
    }),
    ...FACTORS.map(([key, name]) => ({ name, value: `\u00D7 ${(why[key] ?? 1).toFixed(2)}` })),
  ];
}
