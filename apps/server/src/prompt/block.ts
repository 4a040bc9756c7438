import type { Row } from '@offstage/domain';

/** What must be in a prompt, what should be, and what is nice to have (PR-1). */
export type Tier = 'must' | 'should' | 'nice';

/** Everything that a prompt for one bot is made from, read from that bot's point of view alone (ME-2). */
export interface PromptContext {
  readonly speaker: Row<'bots'>;
  readonly you: { readonly id: string; readonly name: string; readonly pronouns: string; readonly persona: string };
  /** Names of everyone who is present or has spoken, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly present: readonly string[];
  readonly addresseeId: string | null;
  readonly stage: Row<'stages'> | undefined;
  readonly place: Row<'containers'> | undefined;
  /** Of those present. */
  readonly activities: readonly Row<'activities'>[];
  /** From the speaker to those present. */
  readonly edges: readonly Row<'edges'>[];
  /** The speaker's pinned memories. */
  readonly pinned: readonly Row<'memories'>[];
  /** Further memories of the speaker, the most useful first. */
  readonly recalled: readonly Row<'memories'>[];
}

/** How much of something a block may show. */
export interface BlockLimits {
  /** Memories beside the pinned ones. */
  readonly recalled: number;
}

/**
 * One part of a prompt. Those at the `head` change only when the bot is re-authored and stand first, so that a model
 * server need not read them again; `late` ones change with every turn and stand just before the last message (PR-3).
 */
export interface Block {
  readonly name: string;
  readonly tier: Tier;
  readonly position: 'head' | 'late';
  /** The text; empty where there is nothing to say. */
  render(context: PromptContext, limits: BlockLimits): string;
}

/** What to call an entity in a prompt. */
export function nameOf(context: PromptContext, entityId: string): string {
  return context.names.get(entityId) ?? 'someone';
}
