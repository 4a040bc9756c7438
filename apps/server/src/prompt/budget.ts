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

/** Characters of one memory that comes to mind, and of one that is pinned: pinned ones seldom cost anything anew. */
export const RECALLED_CHARS = 320;
export const PINNED_CHARS = 480;

/** Tokens that are kept free for one recalled memory: its characters in a language that needs few of them. */
export const RECALLED_TOKENS = 110;

/** Room for the transcript below which memories and what else should be there gives way. */
export const HISTORY_LEAST = 1_500;

/** The last turns, which are never trimmed: what your message answers, and what that answered. */
export const LAST_TURNS = 2;

/** Tokens of old scenes' accounts; past that only half of it stays, so that the beginning does not change each time. */
export const ACCOUNTS_MOST = 1_500;

/** Tokens of lore: of entries that always stand, and of those that what was said calls for. */
export const LORE_ALWAYS_MOST = 1_200;
export const LORE_MOST = 900;

/** Turns in which keys of lore are sought, beside the message. */
export const LORE_TURNS = 4;
