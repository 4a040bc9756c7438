import { useLayoutEffect } from 'react';
import type { RefObject } from 'react';

/** What comes to stand between the title and the story, or goes from there, makes the view of it lower or higher; what one reads stays where it is. */
export function useOverhead(scroller: RefObject<HTMLElement | null>, follows: () => boolean): void {
  useLayoutEffect(() => {
    const box = scroller.current;
    const over = box?.closest('.chat-main')?.querySelector<HTMLElement>('.chat-over');
    if (box === null || over == null) return undefined;
    let height = over.offsetHeight;
    const watcher = new ResizeObserver(() => {
      const grown = over.offsetHeight - height;
      height += grown;
      // At the very beginning the first line moves along: else it would be covered. At its end the story is kept there.
      if (box.scrollTop > 0 && !follows()) box.scrollTop += grown;
    });
    watcher.observe(over);
    return () => watcher.disconnect();
  }, [scroller, follows]);
}
