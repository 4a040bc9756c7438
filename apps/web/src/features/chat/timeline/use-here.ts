import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Answers } from '#lib/trpc.ts';
import { trpc } from '#lib/trpc.ts';
import type { ChatSession } from '../model/session.ts';

/** It is asked this long after the story has gone on, in ms: words go first, and a message and its reply ask once. */
const AFTER = 250;

export type Here = Answers['timeline']['here'];

/** The branch that the chat stands on, asked anew whenever the story goes on or a branch is named; undefined until it is known. */
export function useHere(session: ChatSession): Here | undefined {
  const { chatId } = session;
  const client = useQueryClient();
  useEffect(() => {
    const { queryKey } = trpc.timeline.here.queryOptions({ chatId });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      timer = undefined;
      void client.invalidateQueries({ queryKey });
    };
    const deafen = session.onCommit((commit) => {
      if (commit.path.length > 0 || commit.rows.some(({ p }) => p === 'branches' || p === 'turns')) timer ??= setTimeout(ask, AFTER);
    });
    return () => {
      deafen();
      clearTimeout(timer);
    };
  }, [session, chatId, client]);
  return useQuery(trpc.timeline.here.queryOptions({ chatId }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 })).data;
}
