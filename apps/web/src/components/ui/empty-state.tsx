import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** What will stand here, in one sentence. */
  readonly children: ReactNode;
  /** The one thing that fills it. */
  readonly action?: ReactNode;
}

/** A place that has nothing in it yet. */
export function EmptyState({ children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-5 px-6 py-20 text-center">
      <p className="font-prose text-17 text-dim italic">{children}</p>
      {action}
    </div>
  );
}
