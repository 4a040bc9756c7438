import type { Answers } from '#lib/trpc.ts';

export type Tree = Answers['timeline']['tree'];
export type TreeTurn = Tree['turns'][number];

/** A run of turns that is drawn as one line: from where it leaves another to its end. */
export interface Line {
  /** Column, 0 for the line that the story is on. */
  readonly lane: number;
  /** In order; their depths rise by one. */
  readonly turns: readonly TreeTurn[];
  readonly from: number;
  readonly to: number;
  /** Column of what it leaves; null for the line with the beginning. */
  readonly leaves: number | null;
  /** Names given to turns of it, by turn. */
  readonly names: ReadonlyMap<string, string>;
}

/** The picture of a tree. */
export interface Lines {
  readonly lines: readonly Line[];
  /** The line that a turn stands on. */
  readonly lineOf: ReadonlyMap<string, Line>;
  /** Columns, and rows. */
  readonly lanes: number;
  readonly rows: number;
}

/**
 * Lays a tree out in lines (TL-9): the active path and what lies straight ahead of it in the first column, every branch
 * in the first column that is free for as long as it is. Turns come parents first, as the server tells them.
 */
export function linesOf({ turns, names }: Pick<Tree, 'turns' | 'names'>): Lines {
  const children = new Map<string, TreeTurn[]>();
  for (const turn of turns) {
    if (turn.parentId === null) continue;
    const beside = children.get(turn.parentId);
    if (beside === undefined) children.set(turn.parentId, [turn]);
    else beside.push(turn);
  }
  const deepest = new Map<string, number>();
  for (const turn of turns.toReversed()) {
    const depth = Math.max(turn.depth, deepest.get(turn.turnId) ?? 0);
    deepest.set(turn.turnId, depth);
    if (turn.parentId !== null) deepest.set(turn.parentId, Math.max(depth, deepest.get(turn.parentId) ?? 0));
  }
  // What goes on in its parent's line: the path, else what goes furthest, the latest of those.
  const heirOf = (turnId: string): TreeTurn | undefined => {
    let heir: TreeTurn | undefined;
    for (const child of children.get(turnId) ?? []) {
      if (child.onPath) return child;
      if (heir === undefined || (deepest.get(child.turnId) ?? 0) >= (deepest.get(heir.turnId) ?? 0)) heir = child;
    }
    return heir;
  };
  const named = new Map(names.map(({ tipId, name }) => [tipId, name]));
  const lines: Line[] = [];
  const lineOf = new Map<string, Line>();
  // Depth at which each column ends so far.
  const ends: number[] = [];
  for (const turn of turns) {
    if (lineOf.has(turn.turnId)) continue;
    const own: TreeTurn[] = [];
    for (let next: TreeTurn | undefined = turn; next !== undefined; next = heirOf(next.turnId)) own.push(next);
    const from = turn.depth;
    const to = from + own.length - 1;
    let lane = turn.parentId === null ? 0 : 1;
    while ((ends[lane] ?? Number.NEGATIVE_INFINITY) >= from - 1) lane++;
    ends[lane] = to;
    const line: Line = {
      lane,
      turns: own,
      from,
      to,
      leaves: turn.parentId === null ? null : (lineOf.get(turn.parentId)?.lane ?? 0),
      names: new Map(own.flatMap(({ turnId }) => (named.has(turnId) ? [[turnId, named.get(turnId) ?? '']] : []))),
    };
    lines.push(line);
    for (const one of own) lineOf.set(one.turnId, line);
  }
  return { lines, lineOf, lanes: Math.max(1, ends.length), rows: lines.reduce((most, { to }) => Math.max(most, to + 1), 0) };
}

/** The last turn of a line. */
export function tipOf(line: Line): TreeTurn | undefined {
  return line.turns.at(-1);
}

/** The turn at a depth of a line. */
export function turnAt(line: Line, depth: number): TreeTurn | undefined {
  return line.turns[depth - line.from];
}

/** True where a turn opens another scene than the one before it. */
export function opensScene(turn: TreeTurn, before: TreeTurn | undefined): boolean {
  return turn.sceneId !== null && turn.sceneId !== before?.sceneId;
}

/** Where an arrow key leads from a turn: along its line, or across to what stands at the same depth. */
export function neighbour({ lines, lineOf }: Lines, turn: TreeTurn, key: string): TreeTurn | undefined {
  const line = lineOf.get(turn.turnId);
  if (line === undefined) return undefined;
  switch (key) {
    case 'ArrowUp':
      return turnAt(line, turn.depth - 1) ?? lines.flatMap((other) => turnAt(other, turn.depth - 1) ?? []).find(({ turnId }) => turnId === turn.parentId);
    case 'ArrowDown':
      return turnAt(line, turn.depth + 1);
    case 'ArrowLeft':
    case 'ArrowRight': {
      const across = lines.filter((other) => other.from <= turn.depth && turn.depth <= other.to).toSorted((a, b) => a.lane - b.lane);
      const next = across[across.indexOf(line) + (key === 'ArrowRight' ? 1 : -1)];
      return next && turnAt(next, turn.depth);
    }
    default:
      return undefined;
  }
}
