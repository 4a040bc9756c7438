import type { MemoryRow } from '../model/memory-list.ts';
import type { ChatOpen } from '../model/state.ts';
import { nameIn } from '../model/state.ts';

/** What a memory's significance means, 0 to 3. */
export const WEIGHTS = ['A passing thing', 'Worth keeping', 'Important', 'Decisive'] as const;

/** The significance that a choice stands for. */
export function weightOf(choice: string): MemoryRow['significance'] {
  return choice === '3' ? 3 : choice === '2' ? 2 : choice === '1' ? 1 : 0;
}

/** Where a memory came from, in words. */
export function originOf(memory: MemoryRow, open: ChatOpen): string {
  if (memory.source.startsWith('told_by:')) return `Told by ${nameIn(open, memory.source.slice('told_by:'.length))}`;
  if (memory.kind === 'manual') return 'Written by hand';
  if (memory.kind === 'scene') return 'A whole scene';
  if (memory.kind === 'synthesized') return 'While time passed';
  return memory.chatId === open.chat.chatId ? 'This story' : 'Another story';
}
