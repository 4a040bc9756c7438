import type { Actor } from '@offstage/domain';
import type { Command } from '@offstage/store';
import type { Services } from '../services.ts';

/** The WebSocket that a request came in by. */
export interface Connection {
  /** Bytes that wait to be sent: a slow client lets them grow. */
  backlog(): number;
  /** Ends the connection, saying why; the page comes back and catches up. */
  end(reason: string): void;
}

/** What a procedure works with; `connection` is null for a request by HTTP. */
export type Context = Services & { readonly connection: Connection | null };

/** The command that a request stands for: its id makes a retry answer the same (TL-14). */
export function commandOf(ctx: Pick<Context, 'now'>, commandId: string, actor: Actor = 'person'): Command {
  return { id: commandId, actor, at: ctx.now() };
}
