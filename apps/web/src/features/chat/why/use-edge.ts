import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { problemOf } from '#lib/problem.ts';
import type { Answers } from '#lib/trpc.ts';
import { queryClient, server } from '#lib/trpc.ts';
import type { ChatSession } from '../model/session.ts';

export type ExplainedEdge = Answers['explain']['edge'];

interface EdgeRead {
  /** With the steps of every page that has been read. */
  readonly edge: ExplainedEdge | undefined;
  readonly problem: string | undefined;
  /** Brings the steps before; undefined where there are none. */
  readonly more: (() => void) | undefined;
  readonly again: () => void;
}

/** Why an edge is as it is; read again when the edge moves. */
export function useEdge(session: ChatSession, source: string, target: string): EdgeRead {
  const { chatId } = session;
  const { data, error, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['explain.edge', chatId, source, target],
    queryFn: ({ pageParam, signal }) =>
      server.explain.edge.query({ chatId, source, target, ...(pageParam !== undefined && { before: pageParam }) }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last, pages) =>
      pages.reduce((told, page) => told + page.steps.length, 0) < last.count ? last.steps.at(-1)?.seq : undefined,
  });
  useEffect(
    () =>
      session.onCommit((commit) => {
        const moved = commit.rows.some(({ p, key }) => p === 'edges' && key.endsWith(`/${source}/${target}`));
        if (moved) void queryClient.invalidateQueries({ queryKey: ['explain.edge', chatId, source, target] });
      }),
    [session, chatId, source, target],
  );
  const [first] = data?.pages ?? [];
  return {
    edge:
      first === undefined || data === undefined
        ? undefined
        : { ...first, steps: data.pages.flatMap(({ steps }) => steps), names: Object.assign({}, ...data.pages.map(({ names }) => names)) as ExplainedEdge['names'] },
    problem: error === null ? undefined : problemOf(error).message,
    more: hasNextPage ? () => void fetchNextPage() : undefined,
    again: () => void refetch(),
  };
}
