import { z } from 'zod';

const count = z.number();

/** One part of a prompt: what it was to hold, and whether it had room. */
const blockReport = z.object({
  name: z.string(),
  /** In words for a page: "What Mara remembers". */
  label: z.string(),
  tier: z.enum(['must', 'should', 'nice']),
  /** Where it stands: before the transcript, in it, or after it, where things change with every turn. */
  position: z.enum(['head', 'transcript', 'late', 'message']),
  tokens: count,
  included: z.boolean(),
  /** Why it was left out or shortened, in a sentence; null where it stands whole. */
  why: z.string().nullable(),
  /** Its text. Empty for the transcript, whose turns are the messages as sent. */
  text: z.string(),
});

const retrievedReport = z.object({
  memoryId: z.string(),
  text: z.string(),
  score: count,
  /** What the score is made of. */
  why: z.object({
    text: count,
    vector: count.nullable(),
    neighbour: count,
    significance: count,
    recency: count,
    reliability: count,
  }),
});

const pinReport = z.object({
  memoryId: z.string(),
  text: z.string(),
  /** `head` and `late` say where it stands; what the transcript tells word for word is not told twice. */
  place: z.enum(['head', 'late', 'in the transcript', 'left out']),
});

const loreReport = z.object({
  loreId: z.string(),
  name: z.string(),
  /** The key that was found in what was said; null for an entry that always stands. */
  key: z.string().nullable(),
  included: z.boolean(),
});

/** What a prompt holds and what it had to leave out, for the inspector (PR-4). Counts are tokens. */
export const promptReport = z.object({
  budget: z.object({ hard: count, soft: count }),
  tokens: count,
  /** In the order in which they stand. */
  blocks: z.array(blockReport),
  transcript: z.object({
    turns: count,
    tokens: count,
    trimmed: z.boolean(),
    fromTurnId: z.string().nullable(),
    toTurnId: z.string().nullable(),
    /** How deep in the story the first and the last of its turns stand. */
    fromDepth: count.nullable(),
    toDepth: count.nullable(),
  }),
  retrieved: z.array(retrievedReport),
  /** How many memories beside the pinned ones there was room for. */
  k: count,
  pins: z.array(pinReport),
  lore: z.array(loreReport),
  /** Digests that this prompt carried: each is carried once (MW-4). */
  digests: z.array(z.string()),
});

export type PromptReport = z.infer<typeof promptReport>;
export type BlockReport = z.infer<typeof blockReport>;
