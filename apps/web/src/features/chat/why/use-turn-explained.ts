import { useQuery } from '@tanstack/react-query';
import { problemOf } from '#lib/problem.ts';
import { trpc } from '#lib/trpc.ts';
import type { ChangeBook, ExplainedTurn } from '../model/changes.ts';
import { useChanges } from '../use-changes.ts';

/** What one reply changed: as the book of those in view knows it, else asked for. */
export function useTurnExplained(chatId: string, turnId: string, book: ChangeBook): { explained: ExplainedTurn | undefined; problem: string | undefined } {
  const known = useChanges(book).turns.get(turnId);
  const { data, error } = useQuery({ ...trpc.explain.turns.queryOptions({ chatId, turnIds: [turnId] }), enabled: known === undefined });
  const asked = data?.turns[0];
  return {
    explained: known ?? asked ?? (data === undefined ? undefined : { turnId, settled: true, changes: [] }),
    problem: known === undefined && error !== null ? problemOf(error).message : undefined,
  };
}
