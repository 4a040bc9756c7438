import { useCallback, useMemo, useState } from 'react';
import { newId } from '../../lib/ids.ts';
import { problemOf } from '../../lib/problem.ts';
import { chatServer } from './api.ts';

/** Asks for the last reply anew; the one that stands is kept as an alternate. */
export function useRetry(chatId: string, head: string | null): { retry: () => void; asking: boolean; problem: string | null } {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const retry = useCallback(() => {
    if (head === null) return;
    setAsking(true);
    setProblem(null);
    chatServer
      .retry({ commandId: newId(), chatId, head })
      .catch((error: unknown) => setProblem(problemOf(error).message))
      .finally(() => setAsking(false));
  }, [chatId, head]);
  return useMemo(() => ({ retry, asking, problem }), [retry, asking, problem]);
}
