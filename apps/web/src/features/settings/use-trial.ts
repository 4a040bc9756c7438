import { useMutation } from '@tanstack/react-query';
import { problemOf } from '../../lib/problem.ts';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, trpc } from '../../lib/trpc.ts';

/** Tries a provider and remembers what it offers; `known` is what was offered before. */
export function useTrial(known: readonly string[]) {
  const mutation = useMutation(
    trpc.settings.test.mutationOptions({ onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.settings.get.queryKey() }) }),
  );
  const result: Answers['settings']['test'] | undefined = mutation.data;
  return {
    run: mutation.mutate,
    running: mutation.isPending,
    result,
    failure: mutation.error === null ? undefined : problemOf(mutation.error).message,
    models: result?.models ?? (result === undefined ? known : []),
    forget: mutation.reset,
  };
}
