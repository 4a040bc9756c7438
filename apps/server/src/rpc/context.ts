import type { Actor } from '@offstage/domain';
import type { Command } from '@offstage/store';
import type { Pipe } from '../live/subscriber.ts';
import type { Services } from '../services.ts';
import type { Claims } from './claims.ts';

/** What a procedure works with; `pipe` is the WebSocket it came in by, null for HTTP. */
export type Context = Services & { readonly pipe: Pipe | null; readonly claims: Claims };

/** The command that a request stands for: its id makes a retry answer the same (TL-14). */
export function commandOf(ctx: Pick<Context, 'now'>, commandId: string, actor: Actor = 'person'): Command {
  return { id: commandId, actor, at: ctx.now() };
}
