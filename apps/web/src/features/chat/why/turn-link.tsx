import type { ReactNode } from 'react';
import { useBeside } from '../inspector/use-beside.ts';
import { jumpTo } from '../model/jump.ts';

interface TurnLinkProps {
  readonly depth: number;
  readonly children: ReactNode;
}

/** Leads to a turn of the story. What it leads from stays open beside, unless it stands over the story as on a phone. */
export function TurnLink({ depth, children }: TurnLinkProps) {
  const beside = useBeside();
  const go = (): void => {
    jumpTo(depth);
    if (beside.view !== null && matchMedia('(width < 48rem)').matches) beside.close();
  };
  return (
    <button type="button" className="chat-turn-link" onClick={go}>
      {children}
    </button>
  );
}
