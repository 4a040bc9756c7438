import type { ProjectionName, Row } from '@offstage/domain';
import type { Database } from 'better-sqlite3';
import { Log } from './log.ts';
import { Rows } from './rows.ts';
import type { Nearest } from './search/memorySearch.ts';
import { MemorySearch } from './search/memorySearch.ts';
import type { Head, KnownTo, Reads } from './store.ts';
import { TurnsRead } from './turnsRead.ts';

/** For each turn whose memories are wanted, so many of an owner's newest are looked through. */
const LOOKED_THROUGH = 4;
/** As if so many turns more were wanted: other chats of a bot write between them. */
const MORE = 8;

/**
 * Reads over a connection that has no transaction open. Each answer is as of the last commit; `nearest` finds memories by meaning, `late`
 * tells which events touched a row of late, which may not stand in the file yet.
 */
export function createReads(database: Database, nearest: Nearest, late: (projection: ProjectionName, key: string) => readonly number[]): Reads {
  const rows = new Rows(database);
  const log = new Log(database);
  const turns = rows.table('turns');
  const memories = rows.table('memories');
  const head = database.prepare<[string], Head>('select turnId, depth from heads where chatId = ?');
  const lastSeq = database.prepare<[], { seq: number | null }>('select max(seq) as seq from events');
  // The tree says which turns are on the path; `cross join` keeps SQLite from starting at the turns.
  const path = turns.prepare(
    `where key in (select turnId from tree where chatId = +? and onPath = 1 and depth >= +? and depth < +?) order by depth`,
  );
  const witnessed = database.prepare<[string, string, number], { turnId: string; changedSeq: number }>(
    `select n.turnId, t.changedSeq from tree n cross join turns t on t.key = n.turnId
     where n.chatId = +? and n.onPath = 1 and t.hidden = 0 and instr(t.witnesses, ?) > 0
     order by n.depth desc limit ?`,
  );
  const streaming = turns.prepare(`where rowid in (select rowid from turns where status = 'streaming') order by key`);
  const owned = memories.prepare('where ownerId = +? and continuityId = +? and bornSeq < +? order by bornSeq desc limit ?');
  const ofScene = memories.prepare('where ownerId = +? and sceneId = +? order by bornSeq');
  const ofScenes = memories.prepare(`where ownerId = +? and chatId = +? and kind = 'scene' order by bornSeq desc limit ?`);
  const aboutTurns = database.prepare<[string, string, number, string], { memoryId: string; turnId: string }>(
    `select key as memoryId, turnId from (select key, turnId, kind from memories where ownerId = +? and continuityId = +? order by bornSeq desc limit ?)
     where kind in ('turn', 'told') and turnId in (select value from json_each(?))`,
  );
  const turnsRead = new TurnsRead((turnId) => rows.get('turns', turnId) as Row<'turns'>);
  const known = {
    threads: knownOf(rows, 'threads', 'and open = 1'),
    storyEvents: knownOf(rows, 'storyEvents', `and status in ('planned', 'active')`),
    digests: knownOf(rows, 'digests', 'and consumed = 0'),
    groupNodes: knownOf(rows, 'groupNodes', ''),
  };
  const search = new MemorySearch(database, rows, nearest);
  const chats = rows.table('chats').prepare('order by touchedAt desc');

  return {
    row: async (projection, key) => rows.get(projection, key) as Row<typeof projection> | undefined,
    rows: async (projection, where, limit) =>
      rows.table(projection).find(where, limit).map(({ row }) => row as Row<typeof projection>),
    count: async (projection, where, most) => rows.table(projection).count(where, most),
    streaming: async () => streaming.all().map((raw) => turns.decode(raw) as Row<'turns'>),
    head: async (chatId) => head.get(chatId),
    path: async (chatId, from, to) => path.all(chatId, from, to).map((raw) => turns.decode(raw) as Row<'turns'>),
    witnessed: async (chatId, readerId, limit) =>
      witnessed
        // Ids hold no quotes and no backslashes, so one stands in the JSON list exactly when its quoted form does.
        .all(chatId, `"${readerId}"`, limit)
        .map(({ turnId, changedSeq }) => turnsRead.get(turnId, changedSeq))
        .toReversed(),
    memories: async (ownerId, continuityId, { before, limit }) =>
      owned
        .all(ownerId, continuityId, before ?? Number.MAX_SAFE_INTEGER, limit)
        .map((raw) => memories.decode(raw) as Row<'memories'>),
    searchMemories: async (query) => search.search(query),
    lookUpMemories: async (query) => search.lookUp(query),
    memoriesOfScene: async (ownerId, sceneId) => ofScene.all(ownerId, sceneId).map((raw) => memories.decode(raw) as Row<'memories'>),
    sceneMemories: async (ownerId, chatId, limit) =>
      ofScenes.all(ownerId, chatId, limit).map((raw) => memories.decode(raw) as Row<'memories'>).toReversed(),
    memoriesAbout: async (ownerId, continuityId, turnIds) =>
      turnIds.length === 0 ? [] : aboutTurns.all(ownerId, continuityId, (turnIds.length + MORE) * LOOKED_THROUGH, JSON.stringify(turnIds)),
    known: async (projection, chatId, readerId) => known[projection](chatId, readerId) as Row<typeof projection>[],
    history: async (projection, key, limit) => log.inForce(projection, key, limit, late(projection, key)),
    ofTurn: async (turnId) => log.ofTurn(turnId).flatMap(({ event, live }) => (live ? [event] : [])),
    chatList: async () =>
      chats.all().map((raw) => {
        const chat = rows.table('chats').decode(raw) as Row<'chats'>;
        const headTurn = chat.head === null ? undefined : (rows.get('turns', chat.head) as Row<'turns'> | undefined);
        return { chat, headTurn };
      }),
    seq: async () => lastSeq.get()?.seq ?? 0,
  };
}

/** Reads rows of a chat that say who knows of them, for one who does. */
function knownOf(rows: Rows, projection: KnownTo, also: string): (chatId: string, readerId: string) => object[] {
  const table = rows.table(projection);
  const statement = table.prepare(`where chatId = +? and instr(knownTo, ?) > 0 ${also} order by key`);
  // As with witnesses: a quoted id stands in the JSON list exactly when the id is one of it.
  return (chatId, readerId) => statement.all(chatId, `"${readerId}"`).map((raw) => table.decode(raw));
}
