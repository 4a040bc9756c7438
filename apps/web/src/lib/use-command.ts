import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { newId } from './ids.ts';
import type { Problem } from './problem.ts';
import { problemOf } from './problem.ts';

interface Command<I, O> {
  readonly run: (input: I) => void;
  readonly running: boolean;
  /** Why the last try failed; undefined while none has. */
  readonly problem: Problem | undefined;
  readonly forget: () => void;
  /** What came of it. */
  readonly answer: O | undefined;
}

/**
 * Something that changes the library. While the server stays silent, trying again carries the same id, so that it
 * acts once however often it arrives (TL-14); after an answer, either way, the next try is a new command.
 */
export function useCommand<I, O>(act: (input: I, commandId: string) => Promise<O>, onDone?: (answer: O, input: I) => void): Command<I, O> {
  const id = useRef<string | null>(null);
  const mutation = useMutation({
    mutationFn: (input: I) => act(input, (id.current ??= newId())),
    onSuccess: (answer, input) => {
      id.current = null;
      onDone?.(answer, input);
    },
    onError: (error) => {
      if (problemOf(error).code !== 'unreachable') id.current = null;
    },
  });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    running: mutation.isPending,
    problem: mutation.error === null ? undefined : problemOf(mutation.error),
    forget: mutation.reset,
    answer: mutation.data,
  };
}
