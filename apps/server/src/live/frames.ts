import type { Diff, Frame, PathMove, ProjectionName, RowNow } from '@offstage/domain';
import type { Commit, Missed, Scope } from '@offstage/store';

/** Rows that every page shows at once. Lore is read when it is looked at: a card may bring a thousand entries. */
const EVERYWHERE: ReadonlySet<ProjectionName> = new Set(['personas', 'bots', 'continuities']);
/** Rows of a continuity, shown in all of its chats. */
const OF_CONTINUITY: ReadonlySet<ProjectionName> = new Set(['edges', 'memories', 'pins']);
/** Rows that no page shows as they are. */
const NOWHERE: ReadonlySet<ProjectionName> = new Set(['lore', 'owed']);

type CommitFrame = Extract<Frame, { type: 'commit' }>;
type Change = { readonly p: ProjectionName; readonly key: string; readonly row: object | null };

/** What a commit changed for pages of this scope; undefined when nothing. */
export function commitFrame(commit: Commit, scope: Scope): CommitFrame | undefined {
  const rows: RowNow[] = [];
  for (const p of Object.keys(commit.diff) as (keyof Diff)[]) {
    if (NOWHERE.has(p)) continue;
    for (const { key, row, scoped } of changesOf(commit.diff, p)) {
      if (belongs(p, scoped, scope)) rows.push(shown({ p, key, row }));
    }
  }
  const path = commit.path.filter((move) => move.chatId === scope.chatId);
  return rows.length === 0 && path.length === 0 ? undefined : { type: 'commit', seq: commit.seq, rows, path };
}

/** The chats that a commit touched: pages that show another chat hear of them together, now and then. */
export function chatsTouched(commit: Commit): RowNow[] {
  return [...changesOf(commit.diff, 'chats')].map(({ key, row }) => shown({ p: 'chats', key, row }));
}

/** What a page has missed, as one frame. */
export function missedFrame(missed: Missed): CommitFrame {
  const rows = missed.changes.filter(({ p }) => !NOWHERE.has(p)).map(shown);
  const path: readonly PathMove[] = missed.path;
  return { type: 'commit', seq: missed.seq, rows, path };
}

function* changesOf(diff: Diff, p: ProjectionName): Generator<{ key: string; row: object | null; scoped: object }> {
  const table = diff[p];
  if (table === undefined) return;
  for (const [key, row] of Object.entries(table.added)) yield { key, row, scoped: row };
  for (const [key, change] of Object.entries(table.updated)) yield { key, row: change[1], scoped: change[1] };
  for (const [key, row] of Object.entries(table.removed)) yield { key, row: null, scoped: row };
}

function belongs(p: ProjectionName, row: object, scope: Scope): boolean {
  if (EVERYWHERE.has(p)) return true;
  if (OF_CONTINUITY.has(p)) return 'continuityId' in row && row.continuityId === scope.continuityId;
  return 'chatId' in row && row.chatId === scope.chatId;
}

/** A row as pages get it: what a card carried besides stays here. */
function shown({ p, key, row }: Change): RowNow {
  const seen = p === 'bots' && row !== null ? { ...row, card: null } : row;
  // The row came from the projection under whose name it stands.
  return { p, key, row: seen } as RowNow;
}
