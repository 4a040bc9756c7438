import { useEffect, useState } from 'react';
import { problemOf } from '#lib/problem.ts';
import { server } from '#lib/trpc.ts';
import { heldAfter } from '../model/memory-list.ts';
import type { ChatSession } from '../model/session.ts';
import type { FoundMemories } from './use-pinned.ts';

/** How long somebody has to stop typing before it is looked for, in ms. */
const PAUSE = 200;
/** Memories that are found at most. */
const MOST = 30;

const NONE: FoundMemories = { rows: null, problem: null };

/** What one bot remembers of something, best first; what was found last stands while the next is looked for. */
export function useMemorySearch(session: ChatSession, ownerId: string, sought: string): FoundMemories {
  const [found, setFound] = useState(NONE);
  const { chatId } = session;
  const text = sought.trim();
  useEffect(() => {
    if (text === '') return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      server.chats.searchMemories.query({ chatId, ownerId, text, limit: MOST }, { signal: abort.signal }).then(
        (rows) => setFound({ rows, problem: null }),
        (error: unknown) => {
          if (!abort.signal.aborted) setFound({ rows: null, problem: problemOf(error).message });
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [chatId, ownerId, text]);
  useEffect(() => session.onCommit((commit) => setFound((known) => (known.rows === null ? known : { ...known, rows: heldAfter(known.rows, commit) }))), [session]);
  return found;
}
