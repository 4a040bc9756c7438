import { useCallback } from 'react';
import { newId } from '#lib/ids.ts';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import type { Answers } from '#lib/trpc.ts';
import { server } from '#lib/trpc.ts';

export type Edited = Answers['edits']['undo'];

/**
 * Makes an edit and says so, with an Undo. `done` says what was done ("The weather is changed."). Resolves to why it
 * was refused, in a sentence, or to null.
 */
export type Edit = (done: string, act: (commandId: string) => Promise<Edited>) => Promise<string | null>;

/** Edits by hand of what stands behind a chat. */
export function useEdit(chatId: string): Edit {
  return useCallback(
    async (done, act) => {
      try {
        tell(chatId, done, await act(newId()));
        return null;
      } catch (error) {
        return problemOf(error).message;
      }
    },
    [chatId],
  );
}

/** Says that something was changed, and offers to undo it. Nothing was said where nothing changed. */
export function tell(chatId: string, done: string, { commandId, changed, gaveWay }: Edited): void {
  if (!changed) return;
  const unpinned = gaveWay === null ? '' : ` To make room, \u201C${gaveWay.text.trim()}\u201D is no longer pinned.`;
  toast(`${done}${unpinned}`, { label: 'Undo', run: () => void undo(chatId, commandId) }, kindOf(chatId));
}

/** Of edits the last alone is told of: several would stand over what one goes on to do. */
function kindOf(chatId: string): string {
  return `edit ${chatId}`;
}

async function undo(chatId: string, of: string): Promise<void> {
  try {
    await server.edits.undo.mutate({ commandId: newId(), chatId, of });
    toast('Put back as it was.', undefined, kindOf(chatId));
  } catch (error) {
    toast(problemOf(error).message);
  }
}
