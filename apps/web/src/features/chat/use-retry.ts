import { useCallback, useMemo, useState } from 'react';
import { newId } from '../../lib/ids.ts';
import { problemOf } from '../../lib/problem.ts';
import { chatServer } from './api.ts';

interface Retry {
  /** Asks for the last reply anew. */
  readonly retry: () => void;
  /** Asks for more of the last reply, from where it broke off. */
  readonly goOn: () => void;
  readonly asking: boolean;
  readonly problem: string | null;
}

/** What can be done about a last reply that broke off; the one that stands is kept as an alternate either way. */
export function useRetry(chatId: string, head: string | null): Retry {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(
    (how: 'retry' | 'goOn') => {
      if (head === null) return;
      setAsking(true);
      setProblem(null);
      chatServer[how]({ commandId: newId(), chatId, head })
        .catch((error: unknown) => setProblem(problemOf(error).message))
        .finally(() => setAsking(false));
    },
    [chatId, head],
  );
  return useMemo(() => ({ retry: () => ask('retry'), goOn: () => ask('goOn'), asking, problem }), [ask, asking, problem]);
}
