import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { trpc } from '#lib/trpc.ts';
import type { ChatSession } from '../model/session.ts';

/** The tree of the chat, asked anew when turns come, end or are left, and when a branch is named. */
export function useTree(session: ChatSession) {
  const { chatId } = session;
  const client = useQueryClient();
  useEffect(() => {
    const { queryKey } = trpc.timeline.tree.queryOptions({ chatId });
    return session.onCommit((commit) => {
      if (commit.path.length > 0 || commit.rows.some(({ p }) => p === 'turns' || p === 'branches')) void client.invalidateQueries({ queryKey });
    });
  }, [session, chatId, client]);
  return useQuery(trpc.timeline.tree.queryOptions({ chatId }, { staleTime: 0 }));
}
