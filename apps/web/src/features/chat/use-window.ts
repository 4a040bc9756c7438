import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { RowWindow } from './model/row-window.ts';
import type { ChatSession } from './model/session.ts';
import type { Stretch, Transcript } from './model/transcript.ts';

/** Turns asked for beyond those that are drawn, so that slow scrolling meets no hole. */
const AHEAD = 20;

export interface TranscriptWindow {
  readonly rows: RowWindow;
  /** The rows to draw, by depth. */
  readonly range: Stretch;
}

/** The stretch of the transcript that is drawn: rows by depth, measured as they are drawn, holes filled on the way. */
export function useWindow(session: ChatSession, { turns }: Transcript, count: number, scroller: RefObject<HTMLElement | null>, follows: () => boolean): TranscriptWindow {
  const [rows] = useState(() => new RowWindow(innerHeight, follows));
  rows.take(count, turns);
  const range = useSyncExternalStore(rows.subscribe, rows.range);
  useLayoutEffect(() => (scroller.current === null ? undefined : rows.attach(scroller.current)), [rows, scroller]);
  useLayoutEffect(() => rows.settle());

  const from = range.from - AHEAD;
  const to = range.to + AHEAD;
  useEffect(() => session.show({ from, to }), [session, from, to]);
  return { rows, range };
}
