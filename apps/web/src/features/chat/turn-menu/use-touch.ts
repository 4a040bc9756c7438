import { useEffect, useMemo, useState } from 'react';
import type { PointerEvent } from 'react';
import type { Asked } from './touch.ts';
import { Touch } from './touch.ts';

/** Long press and swipe on the turns of the story, by a finger alone. What is answered goes on the box that holds them. */
export function useTouch(asked: Asked) {
  const [touch] = useState(() => new Touch());
  useEffect(() => touch.hear(asked));
  useEffect(() => touch.end, [touch]);
  return useMemo(
    () => ({
      onPointerDown(event: PointerEvent) {
        touch.end();
        const { target } = event;
        if (event.pointerType !== 'touch' || !(target instanceof Element) || target.closest('textarea, input, .chat-work') !== null) return;
        const row = target.closest<HTMLElement>('.chat-row[data-index]');
        if (row !== null) touch.begin(Number(row.dataset.index), event);
      },
      onPointerMove: (event: PointerEvent) => touch.move(event),
      onPointerUp: (event: PointerEvent) => touch.lift(event),
      onPointerCancel: () => touch.end(),
    }),
    [touch],
  );
}
