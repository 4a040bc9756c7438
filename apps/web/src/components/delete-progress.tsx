import { useQuery } from '@tanstack/react-query';
import { trpc } from '../lib/trpc.ts';
import type { Answers } from '../lib/trpc.ts';
import { Progress } from './ui/progress.tsx';
import { Waiting } from './ui/waiting.tsx';

type Step = NonNullable<Answers['purge']['progress']>;

/** How often it is asked how far it is, in ms. */
const ASKED_EVERY = 300;

const WORDS: Readonly<Record<Step['at'], string>> = {
  looking: 'Looking for every trace',
  deleting: 'Deleting',
  folding: 'Putting in order what is left',
  writing: 'Writing the library’s file anew. What was asked to go is gone already.',
};

/** How far a deletion for good is (UI-10). */
export function useDeletionStep(commandId: string | null): Step | null {
  const { data } = useQuery(trpc.purge.progress.queryOptions({ of: commandId ?? '' }, { enabled: commandId !== null, refetchInterval: ASKED_EVERY, gcTime: 0, retry: false }));
  return commandId === null ? null : (data ?? null);
}

export function DeleteProgress({ step }: { readonly step: Step | null }) {
  if (step === null) return <Waiting>Deleting</Waiting>;
  return (
    <Progress done={step.done} total={step.total}>
      {WORDS[step.at]}
    </Progress>
  );
}
