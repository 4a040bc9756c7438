import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { problemOf } from '../../lib/problem.ts';
import { server } from '../../lib/trpc.ts';
import type { DraftHands } from './use-draft.ts';

export interface Impersonating {
  /** True while a draft comes. */
  readonly drafting: boolean;
  readonly problem: string | null;
  start(): void;
  stop(): void;
}

/** Drafts your next message into the composer of this tab (TN-6). What you type meanwhile ends it. */
export function useImpersonate(chatId: string, hands: DraftHands): Impersonating {
  const [drafting, setDrafting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const subscription = useRef<{ unsubscribe(): void } | null>(null);

  const stop = useCallback(() => {
    subscription.current?.unsubscribe();
    subscription.current = null;
    setDrafting(false);
  }, []);
  const start = useCallback(() => {
    stop();
    setProblem(null);
    setDrafting(true);
    let written = hands.now().text;
    subscription.current = server.turns.impersonate.subscribe(
      { chatId },
      {
        onData(piece) {
          // Somebody writes here by hand: then it is theirs.
          if (hands.now().text !== written) {
            stop();
            return;
          }
          written = (piece.anew ? piece.text : written + piece.text).trimStart();
          hands.setText(written);
        },
        onComplete: stop,
        onError(error) {
          stop();
          setProblem(problemOf(error).message);
        },
      },
    );
  }, [chatId, hands, stop]);
  useEffect(() => stop, [stop]);
  return useMemo(() => ({ drafting, problem, start, stop }), [drafting, problem, start, stop]);
}
