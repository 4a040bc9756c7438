import type { Database } from 'better-sqlite3';

/** A turn as the picture of the tree needs it. */
export interface TreeTurn {
  readonly turnId: string;
  readonly parentId: string | null;
  readonly depth: number;
  readonly onPath: boolean;
  readonly kind: 'kickoff' | 'user' | 'assistant' | 'skip' | 'roll';
  readonly speakerId: string | null;
  readonly sceneId: string | null;
  /** The first 80 characters of its words. */
  readonly words: string;
}

interface RawTreeTurn extends Omit<TreeTurn, 'onPath'> {
  readonly onPath: number;
}

/** Reads of what lies beside the active path. */
export interface BranchReads {
  /** The turns that follow a turn, the earliest first. */
  children(turnId: string): Promise<readonly string[]>;
  /** The whole tree of a chat, parents before their children, at most `limit` turns. */
  tree(chatId: string, limit: number): Promise<readonly TreeTurn[]>;
  /** The last turn at which the chat stood within what hangs from a turn (TL-7). The turn itself where it never stood there. */
  lastStoodIn(turnId: string): Promise<string>;
  isOnPath(turnId: string): Promise<boolean>;
  /** The last turn of the active path that has others beside it; undefined where there is one story alone. */
  lastFork(chatId: string): Promise<{ readonly turnId: string; readonly depth: number } | undefined>;
}

/** How far below a turn its branches are followed. */
const FOLLOWED_MOST = 100_000;

export function createBranchReads(database: Database): BranchReads {
  const children = database.prepare<[string, string], { turnId: string }>(
    `select n.turnId from tree n where n.chatId = (select chatId from tree where turnId = ?) and n.parentId = ?
     order by (select min(seq) from events where turnId = n.turnId)`,
  );
  const tree = database.prepare<[string, number], RawTreeTurn>(
    `select n.turnId, n.parentId, n.depth, n.onPath, t.kind, t.speakerId, t.sceneId, substr(coalesce(t.edited, t.text), 1, 80) as words
     from tree n join turns t on t.key = n.turnId where n.chatId = +? order by n.depth, n.turnId limit ?`,
  );
  // A chat stands at a turn when that starts, and whenever its head is moved there.
  const stood = database.prepare<[string, number], { turnId: string }>(
    `with recursive below(turnId, chatId) as (
       select turnId, chatId from tree where turnId = ?
       union all
       select n.turnId, n.chatId from below b join tree n on n.chatId = b.chatId and n.parentId = b.turnId
       limit ?
     ),
     starts(turnId, seq) as (select b.turnId, (select min(e.seq) from events e where e.turnId = b.turnId) from below b),
     moves(turnId, seq) as (
       select json_extract(e.payload, '$.to'), e.seq from events e
       where e.chatId = (select chatId from below limit 1) and e.turnId is null and e.kind = 'head_moved'
     )
     select turnId from (
       select turnId, seq from starts
       union all
       select m.turnId, m.seq from moves m join below b on b.turnId = m.turnId
     ) order by seq desc limit 1`,
  );
  const fork = database.prepare<[string], { turnId: string; depth: number }>(
    `select n.turnId, n.depth from tree n
     where n.chatId = ? and n.onPath = 1 and exists (select 1 from tree s where s.chatId = n.chatId and s.parentId = n.parentId and s.turnId <> n.turnId)
     order by n.depth desc limit 1`,
  );
  const onPath = database.prepare<[string], { onPath: number }>('select onPath from tree where turnId = ?');
  return {
    children: async (turnId) => children.all(turnId, turnId).map((row) => row.turnId),
    tree: async (chatId, limit) => tree.all(chatId, limit).map((row) => ({ ...row, onPath: row.onPath === 1 })),
    lastStoodIn: async (turnId) => stood.get(turnId, FOLLOWED_MOST)?.turnId ?? turnId,
    lastFork: async (chatId) => fork.get(chatId),
    isOnPath: async (turnId) => onPath.get(turnId)?.onPath === 1,
  };
}
