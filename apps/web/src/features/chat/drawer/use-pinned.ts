import { useEffect, useState } from 'react';
import { problemOf } from '#lib/problem.ts';
import { server } from '#lib/trpc.ts';
import type { MemoryRow } from '../model/memory-list.ts';
import { heldAfter } from '../model/memory-list.ts';
import type { ChatSession } from '../model/session.ts';

/** Memories that were asked for, live; null until they are there. */
export interface FoundMemories {
  readonly rows: readonly MemoryRow[] | null;
  readonly problem: string | null;
}

const NONE: FoundMemories = { rows: null, problem: null };

/** The memories of one bot that are pinned; asked for only while `ids` says which those are. */
export function usePinned(session: ChatSession, ownerId: string, ids: readonly string[] | null): FoundMemories {
  const [found, setFound] = useState(NONE);
  const { chatId } = session;
  const wanted = ids?.join(' ');
  useEffect(() => {
    if (wanted === undefined) return undefined;
    const abort = new AbortController();
    server.chats.pinned.query({ chatId, ownerId }, { signal: abort.signal }).then(
      (rows) => setFound({ rows, problem: null }),
      (error: unknown) => {
        if (!abort.signal.aborted) setFound({ rows: null, problem: problemOf(error).message });
      },
    );
    return () => abort.abort();
  }, [chatId, ownerId, wanted]);
  useEffect(() => session.onCommit((commit) => setFound((known) => (known.rows === null ? known : { ...known, rows: heldAfter(known.rows, commit) }))), [session]);
  return found;
}
