import type { ProjectionName, Row } from './projections.ts';

/** What happened to rows, by projection and key. One shape for the wire, the page's cache, the preview and tests. */
export type Diff = {
  readonly [N in ProjectionName]?: {
    readonly added: Readonly<Record<string, Row<N>>>;
    readonly updated: Readonly<Record<string, readonly [from: Row<N>, to: Row<N>]>>;
    readonly removed: Readonly<Record<string, Row<N>>>;
  };
};

/** One row before and after; `undefined` is no row. */
export interface RowChange {
  readonly projection: ProjectionName;
  readonly key: string;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** The changes as a diff. A row that was and is absent is left out. */
export function diffOf(changes: Iterable<RowChange>): Diff {
  const diff: Record<string, Table> = {};
  for (const { projection, key, before, after } of changes) {
    if (before === undefined && after === undefined) continue;
    const table = (diff[projection] ??= { added: dictionary(), updated: dictionary(), removed: dictionary() });
    if (before === undefined) table.added[key] = after;
    else if (after === undefined) table.removed[key] = before;
    else table.updated[key] = [before, after];
  }
  // Each row came from the projection under whose name it stands.
  return diff as Diff;
}

/** An object without a prototype is held as a table from the start: many different keys cost it no new shapes. */
function dictionary<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}

interface Table {
  added: Record<string, unknown>;
  updated: Record<string, readonly [unknown, unknown]>;
  removed: Record<string, unknown>;
}
