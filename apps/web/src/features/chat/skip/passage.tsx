import './skip.css';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { storyHour, storyMoment } from '../model/times.ts';

/** Characters from which a passage is folded. */
const FOLDED_FROM = 420;

interface PassageProps {
  readonly clock: string | null;
  readonly live?: boolean;
  readonly dimmed?: boolean;
  readonly length: number;
  readonly tools?: ReactNode;
  /** What stands under the words. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** A skip: centred words of nobody's, between what was and what comes (UI-2). Long ones fold. */
export function Passage({ clock, live = false, dimmed = false, length, tools, below, children }: PassageProps) {
  const [open, setOpen] = useState(false);
  const folds = length > FOLDED_FROM && !live;
  const hour = storyHour(clock);
  return (
    <article className="chat-turn" data-kind="skip" data-live={live || undefined} data-dimmed={dimmed || undefined} aria-busy={live || undefined}>
      <div className="chat-voice">
        <h2 className="chat-unseen">Time passes</h2>
        {hour !== undefined && (
          <time className="chat-time" dateTime={clock ?? undefined} title={storyMoment(clock)}>
            {hour}
          </time>
        )}
        {tools}
      </div>
      <div className="chat-prose">
        <div className="chat-passage" data-folded={(folds && !open) || undefined}>
          {children}
        </div>
        {folds && (
          <button type="button" className="chat-passage-more" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Less' : 'Read on'}
          </button>
        )}
        {below}
      </div>
    </article>
  );
}
