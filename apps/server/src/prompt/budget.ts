/** PR-2: tokens that a narrative prompt may have. It grows up to `hard` and is then trimmed back to `soft`. */
export interface Budget {
  readonly hard: number;
  readonly soft: number;
}

export const NARRATIVE_BUDGET: Budget = { hard: 8_000, soft: 6_000 };

/** PR-2: tokens that a prompt for bookkeeping may have. */
export const CLASSIFIER_BUDGET: Pick<Budget, 'hard'> = { hard: 4_000 };

/** What a message costs beside its text: role and separators, as OpenAI's cookbook counts them for cl100k. */
export const MESSAGE_TOKENS = 4;

/** Memories recalled beside the pinned ones, and how few of them are kept before anything else has to go (PR-1). */
export const RECALLED = 4;
export const RECALLED_LEAST = 2;

/** Room for the transcript below which memories and what else should be there gives way. */
export const HISTORY_LEAST = 1_500;
