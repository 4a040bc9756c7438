import type { Actor } from '@offstage/domain';
import type { Command } from '@offstage/store';
import type { Log } from '../core.ts';
import type { Library } from '../keeping/library.ts';
import type { Places } from '../live/places.ts';
import type { Pipe } from '../live/subscriber.ts';
import type { ConfigFile } from '../ops/configFile.ts';
import type { Services } from '../services.ts';
import type { Claims } from './claims.ts';

/** What every request brings along; `pipe` is the WebSocket it came in by, null for HTTP. */
export interface Door {
  readonly library: Library;
  readonly config: ConfigFile;
  readonly log: Log;
  readonly claims: Claims;
  readonly pipe: Pipe | null;
  /** Counts what pages listen to beside what happens in stories. */
  readonly places: Places;
  /** True where the passphrase is asked for. */
  readonly locked: boolean;
  /** Which build of the pages is served; null where none is. */
  readonly build: string | null;
}

/** What a procedure works with, once it is in. */
type Context = Services & Door;

/** The command that a request stands for: its id makes a retry answer the same (TL-14). */
export function commandOf(ctx: Pick<Context, 'now'>, commandId: string, actor: Actor = 'person'): Command {
  return { id: commandId, actor, at: ctx.now() };
}
