import { Check } from 'lucide-react';
import { Banner } from '../../components/ui/banner.tsx';
import type { Answers } from '../../lib/trpc.ts';

interface TrialResultProps {
  readonly result: Answers['settings']['test'] | undefined;
  /** Why it could not even be tried. */
  readonly failure: string | undefined;
}

/** How the test went: that it works, or what failed and what to do. */
export function TrialResult({ result, failure }: TrialResultProps) {
  if (failure !== undefined) return <Banner tone="problem">{failure}</Banner>;
  if (result === undefined) return null;
  if (!result.ok) {
    return (
      <Banner tone="problem">
        <p className="font-semibold">{result.problem}</p>
        <p className="mt-0.5 text-dim">{result.hint}</p>
      </Banner>
    );
  }
  return (
    <p role="status" className="flex items-center gap-2 text-13 text-well">
      <Check aria-hidden="true" className="size-4" />
      It answers, after {Math.round(result.ms)} ms, with {result.models.length === 1 ? 'one model' : `${result.models.length} models`}.
    </p>
  );
}
