import { CornerDownRight, RotateCcw } from 'lucide-react';
import { Button } from '../../components/ui/button.tsx';
import type { Turn } from './model/transcript.ts';

const counted = (text: string): string => {
  const words = text.trim().split(/\s+/).filter(Boolean).length;
  return `${words.toLocaleString('en')} ${words === 1 ? 'word' : 'words'}`;
};

/** What to say of a reply that did not end by itself; undefined for one that did. */
export function endingOf(turn: Turn): string | undefined {
  if (turn.kind === 'skip') return skipEndingOf(turn);
  if (turn.kind !== 'assistant' || turn.status !== 'whole' || !turn.truncated) {
    return turn.kind === 'assistant' && turn.status === 'whole' && turn.problem !== null ? turn.problem : undefined;
  }
  if (turn.text.trim() === '') {
    if (turn.finishReason === 'aborted') return 'You stopped the reply before its first word.';
    return turn.problem ?? 'The model gave no words.';
  }
  const kept = counted(turn.text);
  const are = kept.startsWith('1 ') ? 'It is kept.' : 'They are kept.';
  switch (turn.finishReason) {
    case 'aborted':
      return `You stopped the reply after ${kept}. ${are}`;
    case 'length':
    case 'cap':
      return `The reply reached its longest length after ${kept}. ${are}`;
    case 'crash':
      return `Offstage closed while this was being written, after ${kept}. ${are}`;
    default:
      return turn.problem ?? `The model stopped answering after ${kept}. ${are}`;
  }
}

/** A skip always has words; what is said of it is only why they are plain or few. */
function skipEndingOf({ status, truncated, finishReason, problem }: Turn): string | undefined {
  if (status !== 'whole') return undefined;
  if (finishReason === 'written' && problem !== null) return `It is told in plain words, since the model could not. ${problem}`;
  if (!truncated) return undefined;
  return finishReason === 'aborted' ? 'You stopped the telling here. The time has passed all the same.' : (problem ?? 'The telling broke off here. The time has passed all the same.');
}

interface EndingProps {
  readonly words: string;
  /** Left out where another reply cannot be asked for: on turns before the last. */
  readonly onRetry?: (() => void) | undefined;
  /** Left out where there is nothing to go on from. */
  readonly onContinue?: (() => void) | undefined;
  readonly asking: boolean;
  readonly problem: string | null;
}

/** Under a reply that broke off: what happened, what was kept, and the next step. */
export function Ending({ words, onRetry, onContinue, asking, problem }: EndingProps) {
  return (
    <div className="chat-ending">
      <p>{problem ?? words}</p>
      {onRetry && (
        <Button onClick={onRetry} disabled={asking}>
          <RotateCcw size={14} aria-hidden="true" />
          Try again
        </Button>
      )}
      {onContinue && (
        <Button onClick={onContinue} disabled={asking}>
          <CornerDownRight size={14} aria-hidden="true" />
          Go on from here
        </Button>
      )}
    </div>
  );
}

interface ChangeNoteProps {
  readonly words: string;
  readonly onOpen: () => void;
}

/** One quiet line under a reply: what it changed. It opens to the why. */
export function ChangeNote({ words, onOpen }: ChangeNoteProps) {
  return (
    <button type="button" tabIndex={-1} className="chat-change" dir="auto" title="What changed, and why" onClick={onOpen}>
      {words}
    </button>
  );
}
