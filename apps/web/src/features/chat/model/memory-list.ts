import type { Frame, Row } from '@offstage/domain';

type Commit = Extract<Frame, { type: 'commit' }>;
export type MemoryRow = Row<'memories'>;

const newestFirst = (a: MemoryRow, b: MemoryRow): number => b.bornSeq - a.bornSeq || (a.memoryId < b.memoryId ? 1 : -1);

/** A list of memories with a page put behind it; a memory that stands in both is taken from the list, which is live. */
export function merged(known: readonly MemoryRow[] | null, page: readonly MemoryRow[]): readonly MemoryRow[] {
  if (known === null) return page.toSorted(newestFirst);
  const there = new Set(known.map((row) => row.memoryId));
  return [...known, ...page.filter((row) => !there.has(row.memoryId))].toSorted(newestFirst);
}

/**
 * The list after a commit: rows of this bot come in, change and go. One that is older than the list reaches is left
 * for the page that will bring it, unless the list is `complete`.
 */
export function memoriesAfter(
  known: readonly MemoryRow[],
  commit: Commit,
  ownerId: string,
  continuityId: string,
  complete: boolean,
): readonly MemoryRow[] {
  const oldest = known.at(-1)?.bornSeq ?? 0;
  let next: Map<string, MemoryRow> | undefined;
  for (const now of commit.rows) {
    if (now.p !== 'memories') continue;
    const { key, row } = now;
    next ??= new Map(known.map((memory) => [memory.memoryId, memory]));
    if (row === null) next.delete(key);
    else if (row.ownerId === ownerId && row.continuityId === continuityId && (complete || row.bornSeq >= oldest)) next.set(key, row);
  }
  return next === undefined ? known : [...next.values()].toSorted(newestFirst);
}

/** A memory with those that it tells too, as far as the list holds them. */
export interface Folded {
  readonly memory: MemoryRow;
  readonly folded: readonly MemoryRow[];
}

/** True for a memory that is folded into the account of its scene: covered, and of no weight (ME-7). */
export function isFolded({ coveredBy, significance }: MemoryRow): boolean {
  return coveredBy !== null && significance <= 1;
}

/** A list in which small memories stand under the scene that tells them, where that stands in the list. */
export function foldedUnder(rows: readonly MemoryRow[]): readonly Folded[] {
  const scenes = new Set(rows.filter((row) => !isFolded(row)).map((row) => row.memoryId));
  const under = (row: MemoryRow): string | null => (isFolded(row) && row.coveredBy !== null && scenes.has(row.coveredBy) ? row.coveredBy : null);
  const bySceneMemory = Map.groupBy(rows, under);
  return (bySceneMemory.get(null) ?? []).map((memory) => ({ memory, folded: bySceneMemory.get(memory.memoryId) ?? [] }));
}

/** A list in any order after a commit: rows change and go, none comes. */
export function heldAfter(known: readonly MemoryRow[], commit: Commit): readonly MemoryRow[] {
  const changed = new Map(commit.rows.flatMap((now) => (now.p === 'memories' ? [[now.key, now.row] as const] : [])));
  if (!known.some((row) => changed.has(row.memoryId))) return known;
  return known.flatMap((row) => {
    const now = changed.get(row.memoryId);
    return now === undefined ? [row] : now === null ? [] : [now];
  });
}
