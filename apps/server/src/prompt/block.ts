import type { Row } from '@offstage/domain';
import type { LoreFound } from './lore.ts';

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
  /** The speaker's pinned memories, the longest pinned first. */
  readonly pinned: readonly Row<'memories'>[];
  /** The speaker's own accounts of scenes of this chat that have ended, in order. */
  readonly accounts: readonly Row<'memories'>[];
  /** How those present get on together, where there are three or more. */
  readonly group: Row<'groupNodes'> | undefined;
  /** What is planned or under way, as far as the speaker knows. */
  readonly plans: readonly Row<'storyEvents'>[];
  /** Arcs that are open, as far as the speaker knows. */
  readonly threads: readonly Row<'threads'>[];
  /** What the speaker has (WD-12). */
  readonly belongings: readonly Row<'inventory'>[];
  /** What went on elsewhere while you were away and the speaker was there, told once (MW-4). */
  readonly digests: readonly Row<'digests'>[];
  /** Where the turn is played aside, without you: whom the speaker is alone with (MW-3). */
  readonly alone: { readonly sceneId: string; readonly withId: string } | null;
  /** Scenes of the transcript that were played so. */
  readonly asides: ReadonlySet<string>;
  /** The author's note, and how many turns before the end it stands (PR-7). */
  readonly note: { readonly text: string; readonly depth: number } | null;
  /** True where the speaker's own last turn is gone on with (TN-6). */
  readonly continuing?: boolean;
  /** True where the speaker was not spoken to and breaks in (TN-10). */
  readonly interjecting?: boolean;
  /** What is asked of this one reply, where it is tried again (TL-6). */
  readonly nudge: string | null;
}

/** What changes with the turn that is asked for: how much of what there is a block shows. */
export interface Shown {
  /** Pinned memories that stand at the head until the transcript is trimmed, and those that came since. */
  readonly pinsSettled: readonly Row<'memories'>[];
  readonly pinsLate: readonly Row<'memories'>[];
  /** What the speaker knows of others: what stands at the head, by target, as sentences. */
  readonly factsSettled: ReadonlySet<string>;
  /** Scenes that the transcript no longer reaches. */
  readonly accounts: readonly Row<'memories'>[];
  /** Memories that come to mind, the most useful first. */
  readonly recalled: readonly Row<'memories'>[];
  readonly lore: readonly LoreFound[];
}

/**
 * One part of a prompt. Those at the `head` change seldom and stand first, so that a model server need not read them
 * again; `late` ones change with every turn and stand just above the last message (PR-3).
 */
export interface Block {
  readonly name: string;
  readonly tier: Tier;
  readonly position: 'head' | 'late';
  /** What a page calls it. */
  label(context: PromptContext): string;
  /** The text; empty where there is nothing to say. */
  render(context: PromptContext, shown: Shown): string;
}

/** What to call an entity in a prompt. */
export function nameOf(context: PromptContext, entityId: string): string {
  return context.names.get(entityId) ?? 'someone';
}

/** What one knows about another as one text: the same fact about two people is two. */
export function factKey(target: string, fact: string): string {
  return `${target}\n${fact}`;
}
