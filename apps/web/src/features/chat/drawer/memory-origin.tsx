import { Link } from 'wouter';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import type { MemoryRow } from '../model/memory-list.ts';
import type { ChatState } from '../model/state.ts';
import { originOf } from './memory-words.ts';

interface MemoryOriginProps {
  readonly memory: MemoryRow;
  readonly state: ChatState;
  readonly onShow: (depth: number) => void;
}

/** Where a memory came from; leads to the turn, or to the other story. */
export function MemoryOrigin({ memory, state, onShow }: MemoryOriginProps) {
  const { chatId } = state.open.chat;
  const words = originOf(memory, state.open);
  if (memory.chatId !== chatId) {
    return (
      <Link href={`/chats/${memory.chatId}`} className="chat-text-button" title="To that story">
        {words}
      </Link>
    );
  }
  const show = async (): Promise<void> => {
    try {
      const [origin] = await server.explain.memories.query({ chatId, memoryIds: [memory.memoryId] });
      if (origin?.depth == null) toast('The turn it came from is no longer there.');
      else onShow(origin.depth);
    } catch (error) {
      toast(problemOf(error).message);
    }
  };
  return (
    <button type="button" className="chat-text-button" title="Show where in the story" onClick={() => void show()}>
      {words}
    </button>
  );
}
