import { ChevronRight } from 'lucide-react';
import type { ReactNode, ToggleEvent } from 'react';
import { useRef } from 'react';

interface DisclosureProps {
  readonly summary: string;
  /** Whether it stands open at first. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** What most people can do without, one click away. Opened by hand it comes into sight as far as the page has room. */
export function Disclosure({ summary, open = false, children }: DisclosureProps) {
  // One that stands open from the start says that it was toggled too, and is no reason to move the page.
  const asked = useRef(false);
  const onToggle = ({ currentTarget }: ToggleEvent<HTMLDetailsElement>): void => {
    if (asked.current && currentTarget.open) currentTarget.scrollIntoView({ block: 'nearest' });
    asked.current = false;
  };
  return (
    <details open={open} onToggle={onToggle} className="group/more">
      <summary
        onClick={() => {
          asked.current = true;
        }}
        className="-ml-1 inline-flex min-h-11 items-center gap-1.5 rounded-small pr-2 text-15 text-dim hover:text-ink mid:min-h-9 [&::-webkit-details-marker]:hidden"
      >
        <ChevronRight aria-hidden="true" className="size-4 shrink-0 transition-transform duration-(--quick) group-open/more:rotate-90" />
        {summary}
      </summary>
      <div className="mt-4 flex flex-col gap-6">{children}</div>
    </details>
  );
}
