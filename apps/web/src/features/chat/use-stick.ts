import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** This near to the end counts as being there, in px. */
const NEAR = 56;

export interface Stick {
  readonly atEnd: boolean;
  toEnd(): void;
}

/**
 * Keeps a scrolled page at its end while the reader is there, whatever grows; leaves it alone once they scrolled up.
 * `content` is what grows inside `scroller`.
 */
export function useStick(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>): Stick {
  const [atEnd, setAtEnd] = useState(true);
  const sticking = useRef(true);
  const last = useRef(0);

  const follow = useCallback(() => {
    const box = scroller.current;
    if (box === null || !sticking.current) return;
    const end = box.scrollHeight - box.clientHeight;
    if (Math.abs(box.scrollTop - end) > 0.5) box.scrollTop = end;
    last.current = box.scrollTop;
  }, [scroller]);

  const stickTo = useCallback((stick: boolean) => {
    sticking.current = stick;
    setAtEnd(stick);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    const grows = content.current;
    if (box === null || grows === null) return undefined;
    const scrolled = (): void => {
      const left = box.scrollHeight - box.clientHeight - box.scrollTop;
      // What grows below moves nothing: only a reader who goes up leaves the end.
      if (left <= NEAR) stickTo(true);
      else if (box.scrollTop < last.current - 1) stickTo(false);
      last.current = box.scrollTop;
    };
    const watcher = new ResizeObserver(follow);
    watcher.observe(box);
    watcher.observe(grows);
    box.addEventListener('scroll', scrolled, { passive: true });
    follow();
    return () => {
      watcher.disconnect();
      box.removeEventListener('scroll', scrolled);
    };
  }, [scroller, content, follow, stickTo]);

  const toEnd = useCallback(() => {
    stickTo(true);
    follow();
  }, [follow, stickTo]);

  return { atEnd, toEnd };
}
