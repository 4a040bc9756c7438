import { useEffect, useState, useSyncExternalStore } from 'react';
import { server } from '#lib/trpc.ts';
import type { ChatSession } from '../model/session.ts';
import type { Stretch, Transcript, Turn } from '../model/transcript.ts';
import type { Alternates } from './book.ts';
import { AlternatesBook } from './book.ts';

/** Turns beyond each edge of the view whose alternates are asked for. */
const AHEAD = 16;

/** They are asked for so long after the story has gone on or was scrolled, in ms: words go first, and what is passed by asks for nothing. */
const AFTER = 120;

/** The alternates of the turns in view; `range` are the rows that are drawn, by depth. */
export function useAlternates(session: ChatSession, { turns }: Transcript, range: Stretch): Alternates {
  const [book] = useState(
    () => new AlternatesBook(session, (turnIds, signal) => server.timeline.alternates.query({ chatId: session.chatId, turnIds: [...turnIds] }, { signal })),
  );
  useEffect(() => book.begin(), [book]);
  const from = range.from - AHEAD;
  const to = range.to + AHEAD;
  useEffect(() => {
    const wanted: Turn[] = [];
    for (let depth = Math.max(1, from); depth <= to; depth++) {
      const turn = turns.get(depth);
      if (turn !== undefined) wanted.push(turn);
    }
    const timer = setTimeout(() => book.want(wanted), AFTER);
    return () => clearTimeout(timer);
  }, [book, turns, from, to]);
  return useSyncExternalStore(book.subscribe, book.snapshot);
}
