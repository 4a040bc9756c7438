import { Banner } from '#components/ui/banner.tsx';
import type { Problem } from '#lib/problem.ts';

/** Why long work with the library's file has not been done. That one has called it off oneself is no problem. */
export function WorkProblem({ problem: { code, message } }: { readonly problem: Problem }) {
  return <Banner tone={code === 'already_done' ? 'note' : 'problem'}>{message}</Banner>;
}
