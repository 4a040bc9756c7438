import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Line, Lines, TreeTurn } from './lines.ts';
import { opensScene, turnAt } from './lines.ts';

/** How a map is drawn: px for one turn down, and for one line across. */
export interface Scale {
  readonly row: number;
  readonly lane: number;
}

interface SubwayProps {
  readonly map: Lines;
  readonly scale: Scale;
  /** The stretch of depths in view, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly head: string;
  readonly chosen: string | null;
  /** A scene's place, where it has one. */
  readonly placeOf: (sceneId: string) => string | undefined;
  readonly onChoose: (turn: TreeTurn) => void;
}

/** Room around the map, in px. */
export const MARGIN = 16;

/** From this many px a turn on, each turn is a stop and has its words beside it. */
const WORDED = 20;
const STOPS = 7;

/** The lines in view: the active one bold, scenes as stations (TL-9). Only what is in view is drawn. */
export const Subway = memo(function Subway({ map, scale, from, to, head, chosen, placeOf, onChoose }: SubwayProps) {
  const { row, lane } = scale;
  const x = (at: number): number => MARGIN + at * lane;
  const y = (depth: number): number => MARGIN + depth * row - from * row;
  const inView = map.lines.filter((line) => line.from - 1 <= to && from <= line.to);
  const stops: ReactNode[] = [];
  const labels: ReactNode[] = [];
  const labelled = new Map<number, { readonly turn: TreeTurn; readonly line: Line; readonly station: boolean; readonly rank: number }>();
  for (const line of inView) {
    for (let depth = Math.max(from, line.from); depth <= Math.min(to, line.to); depth++) {
      const turn = turnAt(line, depth);
      if (turn === undefined) continue;
      const { turnId } = turn;
      const parentLine = turn.parentId === null ? undefined : map.lineOf.get(turn.parentId);
      const station = opensScene(turn, parentLine && turnAt(parentLine, depth - 1));
      const named = line.names.has(turnId);
      const isChosen = turnId === chosen;
      const shown = row >= STOPS || station || named || turnId === head || isChosen || depth === line.to;
      const rank = isChosen ? 4 : named ? 3 : turn.onPath ? 2 : station ? 1 : row >= WORDED ? 0 : -1;
      const wanted = row >= WORDED || isChosen || named || station;
      if (wanted && rank > (labelled.get(depth)?.rank ?? -1)) labelled.set(depth, { turn, line, station, rank });
      if (!shown) continue;
      stops.push(
        <circle
          key={turnId}
          cx={x(line.lane)}
          cy={y(depth)}
          r={isChosen || turnId === head ? 6 : station ? 5 : row >= WORDED ? 3.5 : 2.5}
          className="chat-map-stop"
          data-on={turn.onPath || undefined}
          data-station={station || undefined}
          data-head={turnId === head || undefined}
          data-chosen={isChosen || undefined}
          onClick={() => onChoose(turn)}
        />,
      );
    }
  }
  const left = x(map.lanes) + 2;
  let lowest = Number.NEGATIVE_INFINITY;
  for (const [depth, { turn, line, station: opens }] of [...labelled].toSorted(([a], [b]) => a - b)) {
    // Where rows are narrow a label takes the room of several.
    if (y(depth) - lowest < 18 && turn.turnId !== chosen) continue;
    lowest = y(depth);
    const name = line.names.get(turn.turnId);
    const station = opens ? placeOf(turn.sceneId ?? '') : undefined;
    labels.push(
      <span key={turn.turnId} className="chat-map-label" data-on={turn.onPath || undefined} data-chosen={turn.turnId === chosen || undefined} style={{ transform: `translate(${left}px, ${y(depth) - 10}px)`, maxWidth: `max(160px, 100cqi - ${left}px)` }} dir="auto" onClick={() => onChoose(turn)}>
        {name !== undefined && <b>{name}</b>}
        {station !== undefined && <i>{station}</i>}
        {row >= WORDED || turn.turnId === chosen ? turn.words.replaceAll(/[*_>`]+/g, '').replaceAll(/\s+/g, ' ') : ''}
      </span>,
    );
  }
  return (
    <>
      <svg className="chat-map-lines" width={left} height={(to - from + 1) * row + 2 * MARGIN} aria-hidden="true">
        {inView.map((line) => (
          <path key={line.turns[0]?.turnId} d={course(line, from, to, x, y)} className="chat-map-line" />
        ))}
        {inView.map((line) => {
          const on = line.turns.findLast(({ onPath }) => onPath);
          return on === undefined ? null : <path key={on.turnId} d={course({ ...line, to: on.depth }, from, to, x, y)} className="chat-map-line" data-on />;
        })}
        {stops}
      </svg>
      <div aria-hidden="true">{labels}</div>
    </>
  );
});

/** A line's way: out of the one that it leaves, then straight down; no longer than what is in view. */
function course(line: Pick<Line, 'lane' | 'from' | 'to' | 'leaves'>, from: number, to: number, x: (lane: number) => number, y: (depth: number) => number): string {
  const begin = Math.max(line.from, from - 1);
  const end = Math.min(line.to, to + 1);
  const straight = `${x(line.lane)} ${y(begin)} L ${x(line.lane)} ${y(end)}`;
  if (line.leaves === null || line.from < from - 1) return `M ${straight}`;
  const [top, bottom] = [y(line.from - 1), y(line.from)];
  const middle = (top + bottom) / 2;
  return `M ${x(line.leaves)} ${top} C ${x(line.leaves)} ${middle}, ${x(line.lane)} ${middle}, ${straight}`;
}
