import { useState } from 'react';
import type { Turn } from '../model/transcript.ts';
import { ACT_NAMES } from './acts.ts';
import { Prose } from '../prose/prose.tsx';

interface TurnMarksProps {
  readonly turn: Turn;
  /** Who does not read a turn that is hidden. */
  readonly from: string;
  /** Learns from the turn anew; null where there is nothing yet that was learned. */
  readonly onLearn: (() => void) | null;
}

/** What a hand did to a turn: hidden, edited, with the original on demand (TL-8). */
export function TurnMarks({ turn, from, onLearn }: TurnMarksProps) {
  const [original, setOriginal] = useState(false);
  const edited = turn.edited !== null && turn.edited !== turn.text;
  if (!turn.hidden && !edited) return null;
  return (
    <>
      <p className="chat-mark-line">
        {turn.hidden && <span>Hidden from {from}</span>}
        {edited && (
          <button type="button" tabIndex={-1} aria-expanded={original} onClick={() => setOriginal(!original)}>
            {original ? 'Edited. Put the original away' : 'Edited. Show the original'}
          </button>
        )}
        {edited && onLearn !== null && (
          <button type="button" tabIndex={-1} onClick={onLearn}>
            {ACT_NAMES.learn}
          </button>
        )}
      </p>
      {edited && original && (
        <div className="chat-original" role="group" aria-label="The original">
          <Prose text={turn.text} />
        </div>
      )}
    </>
  );
}
