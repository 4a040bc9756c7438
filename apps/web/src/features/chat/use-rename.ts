import { useCallback, useState } from 'react';
import { newId } from '../../lib/ids.ts';
import { problemOf } from '../../lib/problem.ts';
import { chatServer } from './api.ts';

/** Gives the chat another title; `wanted` is shown until the server has told it. */
export function useRename(chatId: string): { rename: (title: string) => void; wanted: string | null; problem: string | null } {
  const [wanted, setWanted] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const rename = useCallback(
    (title: string) => {
      setWanted(title);
      setProblem(null);
      chatServer
        .rename({ commandId: newId(), chatId, title })
        .catch((error: unknown) => setProblem(problemOf(error).message))
        .finally(() => setWanted(null));
    },
    [chatId],
  );
  return { rename, wanted, problem };
}
