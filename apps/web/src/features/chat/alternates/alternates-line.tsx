import './alternates.css';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';

interface AlternatesLineProps {
  readonly turnId: string;
  /** All that stand in this place, the earliest first. */
  readonly beside: readonly string[];
  readonly onTurn: (turnId: string) => void;
  readonly onCompare: () => void;
}

/** `< 2 of 3 >` under a turn (TL-7): the arrow keys turn to the next while it holds the focus. */
export function AlternatesLine({ turnId, beside, onTurn, onCompare }: AlternatesLineProps) {
  const at = beside.indexOf(turnId);
  const before = beside[at - 1];
  const after = beside[at + 1];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = event.key === 'ArrowLeft' ? before : after;
    if (next !== undefined) onTurn(next);
  };
  return (
    <div className="chat-alternates" role="group" aria-label="Alternates" onKeyDown={onKeyDown}>
      <button type="button" tabIndex={-1} aria-label="The one before" title="The one before" aria-disabled={before === undefined} onClick={() => before !== undefined && onTurn(before)}>
        <ChevronLeft size={16} aria-hidden="true" />
      </button>
      <button type="button" tabIndex={-1} className="chat-alternates-count" title="Lay them side by side" onClick={onCompare}>
        {at + 1} of {beside.length}
      </button>
      <button type="button" tabIndex={-1} aria-label="The next one" title="The next one" aria-disabled={after === undefined} onClick={() => after !== undefined && onTurn(after)}>
        <ChevronRight size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
