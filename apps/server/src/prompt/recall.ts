import type { Row } from '@offstage/domain';
import type { MemoryHit } from '@offstage/store';
import type { PromptContext } from './block.ts';
import type { Line, Transcript } from './history.ts';

/** What memories are sought for. */
export interface RecallQuery {
  /** The last two messages. */
  readonly text: string;
  readonly k: number;
  /** Replies that the transcript tells word for word: what is remembered of them need not be told twice. */
  readonly turnIds: readonly string[];
  /** Memories that the prompt holds. */
  readonly exclude: readonly string[];
}

/** Seeks memories of the one who speaks. */
export type Recall = (query: RecallQuery) => Promise<readonly MemoryHit[]>;

/** Characters of the last two messages that are sought by. */
const SOUGHT = 4_000;

/** The last two messages, for seeking by. */
export function soughtBy(lines: readonly Line[], message: string | undefined): string {
  const last = lines.slice(message === undefined ? -2 : -1).map(({ text }) => text);
  return [...last, message ?? ''].filter((text) => text !== '').map((text) => text.slice(0, SOUGHT)).join('\n');
}

/** Whether the transcript tells a memory word for word. */
export function toldBy({ lines }: Pick<Transcript, 'lines'>, chatId: string): (memory: Row<'memories'>) => boolean {
  const turns = new Set(lines.map(({ turnId }) => turnId));
  // The first scene may have begun before the transcript does.
  const scenes = new Set(lines.map(({ sceneId }) => sceneId));
  scenes.delete(lines[0]?.sceneId ?? null);
  return (memory) => {
    if (memory.chatId !== chatId) return false;
    if (memory.kind === 'turn' || memory.kind === 'told') return turns.has(memory.turnId);
    return memory.kind === 'scene' && memory.sceneId !== null && scenes.has(memory.sceneId);
  };
}

/**
 * The first `k` of what came to mind that the prompt does not hold: nothing that the transcript or an account of an old
 * scene tells, and never a memory beside the scene memory that covers it (ME-7).
 */
export function chosen(
  found: readonly MemoryHit[],
  context: Pick<PromptContext, 'pinned'>,
  held: { readonly k: number; readonly accounts: readonly Row<'memories'>[]; readonly told: (memory: Row<'memories'>) => boolean },
): MemoryHit[] {
  const kept: MemoryHit[] = [];
  const near = [...context.pinned];
  const accounts = new Set(held.accounts.map(({ memoryId }) => memoryId));
  for (const one of found) {
    if (kept.length >= held.k) break;
    const { memory } = one;
    const paired = near.some((other) => other.memoryId === memory.memoryId || other.memoryId === memory.coveredBy || other.coveredBy === memory.memoryId);
    if (paired || accounts.has(memory.memoryId) || held.told(memory)) continue;
    near.push(memory);
    kept.push(one);
  }
  return kept;
}
