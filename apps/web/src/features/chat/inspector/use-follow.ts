import { useEffect } from 'react';
import type { Turn } from '../model/transcript.ts';

/** What has a use of its own when it is pressed. */
const USED = 'button, a, input, textarea, select, summary, [contenteditable]';

/** Follows the reply that is pressed in the story (LOOK): `show` gets it. Selecting words chooses nothing. */
export function useFollow(turns: ReadonlyMap<number, Turn>, show: (turn: Turn) => void): void {
  useEffect(() => {
    const pressed = ({ target }: MouseEvent): void => {
      if (!(target instanceof Element) || target.closest(USED) !== null || getSelection()?.isCollapsed === false) return;
      const row = target.closest<HTMLElement>('.chat-row[data-index]');
      const turn = row === null ? undefined : turns.get(Number(row.dataset.index));
      if (turn?.kind === 'assistant' && turn.status === 'whole') show(turn);
    };
    document.addEventListener('click', pressed);
    return () => document.removeEventListener('click', pressed);
  }, [turns, show]);
}
