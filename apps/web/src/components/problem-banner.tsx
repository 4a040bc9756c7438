import { problemOf } from '../lib/problem.ts';
import { Banner } from './ui/banner.tsx';
import { Button } from './ui/button.tsx';

interface ProblemBannerProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, and the way to try again. */
export function ProblemBanner({ error, onRetry }: ProblemBannerProps) {
  return (
    <Banner tone="problem" action={onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}>
      {problemOf(error).message}
    </Banner>
  );
}
