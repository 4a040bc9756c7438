import { useMemo } from 'react';
import { newId } from '#lib/ids.ts';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';

type Reason = 'rewind' | 'undo' | 'swipe' | 'branch';

export interface Moves {
  /** Stands the chat at another turn and says `done`, with an Undo. Resolves to why it was refused, or null. */
  go(to: string, reason: Reason, done: string): Promise<string | null>;
  /** Turns to another reply in the place of one. What is refused is said in a toast. */
  swipe(to: string): void;
}

/** Going back and across in a chat's story (TL-3). What one leaves stays, and Undo goes back to it. */
export function useMoves(chatId: string): Moves {
  return useMemo(() => {
    // Where the story stood before the last move matters; what was before that is in the timeline.
    const kind = `move ${chatId}`;
    const undo = (to: string): void => {
      server.timeline.move.mutate({ commandId: newId(), chatId, to, reason: 'undo' }).then(
        () => toast('The story stands where it stood.', undefined, kind),
        (error: unknown) => toast(problemOf(error).message),
      );
    };
    return {
      async go(to, reason, done) {
        try {
          const { from } = await server.timeline.move.mutate({ commandId: newId(), chatId, to, reason });
          if (from !== to) toast(done, { label: 'Undo', run: () => undo(from) }, kind);
          return null;
        } catch (error) {
          return problemOf(error).message;
        }
      },
      swipe(to) {
        server.timeline.move.mutate({ commandId: newId(), chatId, to, reason: 'swipe' }).catch((error: unknown) => toast(problemOf(error).message));
      },
    };
  }, [chatId]);
}
