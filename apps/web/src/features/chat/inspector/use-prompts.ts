import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Problem } from '#lib/problem.ts';
import { problemOf } from '#lib/problem.ts';
import type { Answers } from '#lib/trpc.ts';
import { queryClient, trpc } from '#lib/trpc.ts';
import type { ChatSession } from '../model/session.ts';

export type TurnPrompts = Answers['prompts']['ofTurn'];
export type TurnCall = TurnPrompts['bookkeeping'][number];
export type PromptReport = NonNullable<NonNullable<TurnPrompts['narrative']>['prompt']>;

export interface PromptsRead {
  readonly prompts: TurnPrompts | undefined;
  readonly problem: Problem | undefined;
  readonly again: () => void;
}

/** The model calls behind a reply; read again when something has been noted since. */
export function usePrompts(session: ChatSession, turnId: string): PromptsRead {
  const options = trpc.prompts.ofTurn.queryOptions({ chatId: session.chatId, turnId });
  const { data, error, refetch } = useQuery(options);
  useEffect(
    () =>
      session.onCommit((commit) => {
        const noted = commit.rows.some(({ p }) => p === 'memories' || p === 'turns');
        if (noted) void queryClient.invalidateQueries({ queryKey: trpc.prompts.ofTurn.queryKey({ chatId: session.chatId, turnId }) });
      }),
    [session, turnId],
  );
  return { prompts: data, problem: error === null ? undefined : problemOf(error), again: () => void refetch() };
}
