import { useCallback, useState } from 'react';
import { problemOf } from '../../lib/problem.ts';
import { chatServer } from './api.ts';

/** Stops the reply that streams; `problem` says why that could not be asked. */
export function useStop(chatId: string): { stop: () => void; problem: string | null } {
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useCallback(() => {
    setProblem(null);
    chatServer.stop(chatId).catch((error: unknown) => setProblem(problemOf(error).message));
  }, [chatId]);
  return { stop, problem };
}
