import type { PathMove } from '@offstage/domain';
import { projectionNames, projections } from '@offstage/domain';
import type { Database } from 'better-sqlite3';
import { Rows } from './rows.ts';
import { keyOf } from './rowTable.ts';
import type { Missed, Scope } from './store.ts';

interface Grave {
  readonly projection: (typeof projectionNames)[number];
  readonly key: string;
}

/** What a page that comes back has missed: rows changed since, rows gone since, and whether its path was moved. */
export function createMissed(database: Database): (scope: Scope, since: number, limit: number) => Missed | undefined {
  const rows = new Rows(database);
  const lastSeq = database.prepare<[], { seq: number | null }>('select max(seq) as seq from events');
  const readers = projectionNames.filter((name) => projections[name].inward !== true).map((name) => {
    const table = rows.table(name);
    // A chat's row stands in the list of chats that every page shows; lore is the library's even when it names a chat.
    const shared = name === 'chats' || name === 'lore' || !(table.scope.chat || table.scope.continuity);
    const by = shared ? 'library' : table.scope.continuity ? 'continuity' : 'chat';
    const where = by === 'library' ? '? is null' : by === 'continuity' ? 'continuityId = +?' : 'chatId = +?';
    return { name, table, by, select: table.prepare(`where ${where} and changedSeq > +? order by changedSeq limit ?`) };
  });
  const graves = database.prepare<[number, string | null, string | null, number], Grave>(
    `select projection, key from tombstones
     where seq > +? and ((chatId is null and continuityId is null) or chatId = +? or continuityId = +?) limit ?`,
  );
  const moved = database.prepare<[string, number], { n: number }>(
    `select count(*) as n from events where chatId = +? and turnId is null and kind = 'head_moved' and seq > +?`,
  );
  const head = database.prepare<[string], { turnId: string; depth: number }>(
    'select turnId, depth from heads where chatId = ?',
  );

  return (scope, since, limit) => {
    const changes: { p: Grave['projection']; key: string; row: object | null }[] = [];
    for (const { name, table, by, select } of readers) {
      const value = by === 'library' ? null : by === 'continuity' ? scope.continuityId : scope.chatId;
      if (by !== 'library' && value === null) continue;
      for (const raw of select.all(value, since, limit + 1 - changes.length)) {
        changes.push({ p: name, key: keyOf(raw), row: table.decode(raw) });
      }
      if (changes.length > limit) return undefined;
    }
    for (const { projection, key } of graves.all(since, scope.chatId, scope.continuityId, limit + 1 - changes.length)) {
      changes.push({ p: projection, key, row: null });
    }
    if (changes.length > limit) return undefined;
    return { seq: lastSeq.get()?.seq ?? 0, changes, path: pathOf(scope.chatId, since) };
  };

  function pathOf(chatId: string | null, since: number): PathMove[] {
    const at = chatId === null ? undefined : head.get(chatId);
    if (chatId === null || at === undefined) return [];
    // A path that only grew is told by its head; one that was moved is read anew from the root.
    const meetDepth = (moved.get(chatId, since)?.n ?? 0) > 0 ? -1 : at.depth;
    return [{ chatId, head: at.turnId, headDepth: at.depth, meetDepth }];
  }
}
