import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { heightOf } from './model/measure.ts';
import type { ChatSession } from './model/session.ts';
import type { Transcript } from './model/transcript.ts';

/** Turns drawn beyond each edge of the view. */
const OVERSCAN = 4;

/** Turns asked for beyond each edge of the view, so that slow scrolling meets no hole. */
const AHEAD = 20;

export interface TranscriptWindow {
  readonly virtualizer: ReactVirtualizer<HTMLElement, HTMLElement>;
  /** Takes the height of the row that streams, so that it passes into the transcript without a move. */
  tellHeight(depth: number, height: number): void;
}

/** The stretch of the transcript that is drawn: rows by depth, measured as they are drawn, holes filled on the way. */
export function useWindow(session: ChatSession, transcript: Transcript, count: number, scroller: RefObject<HTMLElement | null>): TranscriptWindow {
  const [heights] = useState(() => new Map<number, number>());
  const { turns } = transcript;

  const estimateSize = (depth: number): number => {
    // What was once taken for a height stays until it is measured: a guess that is bettered moves what is being read.
    const taken = heights.get(depth) ?? heightOf(turns.get(depth));
    heights.set(depth, taken);
    return taken;
  };
  // Its functions must not be remembered by a compiler; no compiler runs here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: OVERSCAN,
    // Opened at its end; the exact place follows when the last rows are measured, before anything is painted.
    initialOffset: () => {
      let height = 0;
      for (let depth = 0; depth < count; depth++) height += estimateSize(depth);
      return height;
    },
  });

  const items = virtualizer.getVirtualItems();
  const from = (items[0]?.index ?? 0) - AHEAD;
  const to = (items.at(-1)?.index ?? -1) + AHEAD;
  useEffect(() => session.show({ from, to }), [session, from, to]);

  const tellHeight = useCallback((depth: number, height: number) => void heights.set(depth, height), [heights]);
  return { virtualizer, tellHeight };
}
