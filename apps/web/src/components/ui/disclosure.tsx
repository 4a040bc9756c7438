import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface DisclosureProps {
  readonly summary: string;
  /** Whether it stands open at first. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** What most people can do without, one click away. */
export function Disclosure({ summary, open = false, children }: DisclosureProps) {
  return (
    <details open={open} className="group/more">
      <summary className="-ml-1 inline-flex min-h-11 items-center gap-1.5 rounded-small pr-2 text-15 text-dim hover:text-ink mid:min-h-9 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform duration-(--quick) group-open/more:rotate-90" />
        {summary}
      </summary>
      <div className="mt-4 flex flex-col gap-6">{children}</div>
    </details>
  );
}
