import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../../lib/problem.ts';
import { chatServer } from './api.ts';
import type { MemoryRow } from './model/memory-list.ts';
import { memoriesAfter, merged } from './model/memory-list.ts';
import type { ChatSession } from './model/session.ts';

/** Memories asked for at a time. */
const PAGE = 30;

export interface MemoryList {
  /** Newest first; null until the first page is there. */
  readonly rows: readonly MemoryRow[] | null;
  /** False while older ones may be asked for. */
  readonly complete: boolean;
  readonly asking: boolean;
  readonly problem: string | null;
  more(): void;
}

/** What one bot remembers, newest first, live; older ones as they are asked for. */
export function useMemories(session: ChatSession, ownerId: string, continuityId: string): MemoryList {
  const [rows, setRows] = useState<readonly MemoryRow[] | null>(null);
  const [complete, setComplete] = useState(false);
  const [asking, setAsking] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);

  const ask = useCallback(
    (before: number | undefined): void => {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      const taken = (page: readonly MemoryRow[]): void => {
        setRows((known) => merged(before === undefined ? null : known, page));
        setComplete(page.length < PAGE);
        setProblem(null);
        setAsking(false);
      };
      const failed = (error: unknown): void => {
        if (mine.signal.aborted) return;
        setProblem(problemOf(error).message);
        setAsking(false);
      };
      chatServer.memories({ chatId: session.chatId, ownerId, before, limit: PAGE }, mine.signal).then(taken, failed);
    },
    [session, ownerId],
  );

  useEffect(() => {
    ask(undefined);
    return () => abort.current?.abort();
  }, [ask]);

  useEffect(
    () => session.onCommit((commit) => setRows((known) => known && memoriesAfter(known, commit, ownerId, continuityId, complete))),
    [session, ownerId, continuityId, complete],
  );

  const oldest = rows?.at(-1)?.bornSeq;
  const more = useCallback(() => {
    setAsking(true);
    ask(oldest);
  }, [ask, oldest]);
  return { rows, complete, asking, problem, more };
}
