import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { StickyEnd } from './model/stick.ts';

interface Stick {
  readonly atEnd: boolean;
  /** The same, asked at any moment. */
  readonly follows: () => boolean;
  readonly toEnd: () => void;
}

/** Keeps `scroller` at its end while the reader is there; `content` is what grows inside. */
export function useStick(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>): Stick {
  const [sticky] = useState(() => new StickyEnd());
  const atEnd = useSyncExternalStore(sticky.subscribe, sticky.atEnd);
  useLayoutEffect(() => {
    const [box, grows] = [scroller.current, content.current];
    return box === null || grows === null ? undefined : sticky.attach(box, grows);
  }, [sticky, scroller, content]);
  return { atEnd, follows: sticky.atEnd, toEnd: sticky.toEnd };
}
