import type { ReactNode } from 'react';
import { jumpTo } from '../model/jump.ts';

interface TurnLinkProps {
  readonly depth: number;
  readonly children: ReactNode;
}

/** Leads to a turn of the story, which stays where it is beside. */
export function TurnLink({ depth, children }: TurnLinkProps) {
  return (
    <button type="button" className="chat-turn-link" onClick={() => jumpTo(depth)}>
      {children}
    </button>
  );
}
