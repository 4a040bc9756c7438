import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Lines, Tree, TreeTurn } from './lines.ts';
import { neighbour } from './lines.ts';
import type { Scale } from './subway.tsx';
import { MARGIN, Subway } from './subway.tsx';

/** From the whole story at a glance to every turn with its words. */
export const SCALES: readonly Scale[] = [
  { row: 2, lane: 8 },
  { row: 5, lane: 10 },
  { row: 12, lane: 12 },
  { row: 26, lane: 16 },
];

/** Rows beyond each edge of the view that are drawn, in px. */
const BEYOND = 200;

interface MapProps {
  readonly tree: Tree;
  readonly map: Lines;
  readonly scale: Scale;
  readonly chosen: TreeTurn | null;
  readonly placeOf: (sceneId: string) => string | undefined;
  readonly onChoose: (turn: TreeTurn) => void;
  /** Enter, on what is chosen. */
  readonly onOpen: () => void;
  readonly hintId: string;
}

/** The scrolled map of a story. Arrow keys go along lines and across them; what is chosen is told beneath. */
export function StoryMap({ tree, map, scale, chosen, placeOf, onChoose, onOpen, hintId }: MapProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  const look = useCallback(() => {
    const own = box.current;
    if (own !== null) setView((before) => (before.top === own.scrollTop && before.height === own.clientHeight ? before : { top: own.scrollTop, height: own.clientHeight }));
  }, []);
  const byId = useMemo(() => new Map(tree.turns.map((turn) => [turn.turnId, turn])), [tree]);
  const headDepth = byId.get(tree.head)?.depth ?? 0;

  useEffect(() => {
    const own = box.current;
    if (own === null) return undefined;
    const watcher = new ResizeObserver(look);
    watcher.observe(own);
    return () => watcher.disconnect();
  }, [look]);
  // It opens, and is drawn larger or smaller, around where one stands.
  const stand = useRef(headDepth);
  useEffect(() => {
    stand.current = chosen?.depth ?? headDepth;
  });
  useLayoutEffect(() => {
    const own = box.current;
    if (own === null) return;
    own.scrollTop = stand.current * scale.row - own.clientHeight / 2;
    look();
  }, [scale, look]);

  const show = (turn: TreeTurn): void => {
    const own = box.current;
    if (own === null) return;
    const at = MARGIN + turn.depth * scale.row;
    if (at < own.scrollTop + 24) own.scrollTop = at - 24;
    else if (at > own.scrollTop + own.clientHeight - 24) own.scrollTop = at - own.clientHeight + 24;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = chosen ?? byId.get(tree.head);
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && chosen !== null) {
      event.preventDefault();
      onOpen();
      return;
    }
    const next = event.key === 'Home' ? tree.turns[0] : event.key === 'End' ? byId.get(tree.head) : neighbour(map, from, event.key);
    if (!/^(?:Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
    if (next === undefined) return;
    onChoose(next);
    show(next);
  };

  const first = Math.max(0, Math.floor((view.top - BEYOND) / scale.row));
  const last = Math.min(map.rows - 1, Math.ceil((view.top + view.height + BEYOND) / scale.row));
  return (
    <div ref={box} className="chat-map" role="application" aria-roledescription="map" aria-label="The story and its branches" aria-describedby={hintId} tabIndex={0} onScroll={look} onKeyDown={onKeyDown}>
      <div style={{ height: map.rows * scale.row + 2 * MARGIN, position: 'relative' }}>
        <div style={{ position: 'absolute', top: first * scale.row, left: 0, right: 0 }}>
          <Subway map={map} scale={scale} from={first} to={Math.max(first, last)} head={tree.head} chosen={chosen?.turnId ?? null} placeOf={placeOf} onChoose={onChoose} />
        </div>
      </div>
    </div>
  );
}
