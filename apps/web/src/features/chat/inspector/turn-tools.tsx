import { ScanText } from 'lucide-react';

interface TurnToolsProps {
  /** True while it is this turn that is looked behind. */
  readonly looking: boolean;
  readonly onOpen: () => void;
}

/** What can be done with a reply: shown in the margin when it is pointed at or holds the focus. */
export function TurnTools({ looking, onOpen }: TurnToolsProps) {
  return (
    <span className="chat-tools">
      <button type="button" aria-label="What was in the prompt" title="What was in the prompt" aria-expanded={looking} onClick={onOpen}>
        <ScanText size={16} aria-hidden="true" />
      </button>
    </span>
  );
}
