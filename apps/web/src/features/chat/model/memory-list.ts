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
