import type { LogEvent, ProjectionName } from '@offstage/domain';
import { handlerOf, projections } from '@offstage/domain';
import type { Kit } from '../kit.ts';
import type { PassContext } from './pass.ts';

/** Events since the reply that are looked through, and read at a time: more than is written while a model thinks. */
const LOOKED_AT = 20_000;
const PAGE = 2_000;

/**
 * TL-13: what the passes are given whose turn has left the path while they ran: how things stood when they began, and
 * what has happened on their own branch since. Undefined where the turn is learned from anew meanwhile, or too long ago.
 */
export async function contextBeside({ store }: Pick<Kit, 'store'>, context: PassContext, sinceSeq: number): Promise<PassContext | undefined> {
  const { reply } = context;
  const later: LogEvent[] = [];
  for (let after = sinceSeq, looked = 0; ; ) {
    const page = await store.events({ after, limit: PAGE });
    for (const event of page) if (event.chatId === reply.chatId && (await isBelow(store, event.turnId, reply))) later.push(event);
    looked += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    if (looked >= LOOKED_AT) return undefined;
    after = last.seq;
  }
  if (later.some(({ kind, turnId }) => kind === 'turn_relearned' && turnId === reply.turnId)) return undefined;
  const touching = (projection: ProjectionName, key: string): LogEvent[] =>
    later.filter((event) => handlerOf(projections[projection], event.kind)?.keys(event).includes(key) ?? false);
  return {
    ...context,
    since: async (projection, key) => [...(await context.since(projection, key)), ...touching(projection, key)],
    setSince: async (projection, key, kinds) => touching(projection, key).some(({ kind }) => kinds.includes(kind)),
  };
}

/** Whether a turn is the reply, or was played on from it. */
async function isBelow(store: Kit['store'], turnId: string | null, reply: PassContext['reply']): Promise<boolean> {
  for (let at = turnId; at !== null; ) {
    if (at === reply.turnId) return true;
    const turn = await store.read.row('turns', at);
    if (turn === undefined || turn.depth <= reply.depth) return false;
    at = turn.parentId;
  }
  return false;
}
