import { createHash, randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A session ends when it is not used for so long, and in any case at this age. */
const IDLE_MS = 7 * DAY_MS;
const OLDEST_MS = 30 * DAY_MS;
/** Sessions at once; of more, the one begun first ends. */
const SESSIONS_MOST = 50;

export const SESSION_SECONDS = OLDEST_MS / 1_000;

interface Session {
  readonly begun: number;
  used: number;
  /** What was kept of the passphrase when it began: another passphrase ends it. */
  readonly kept: string;
  readonly sockets: Set<WebSocket>;
}

/**
 * Who has come in with the passphrase. A session's id is known to its browser alone: what is held here is its hash, and
 * it ends with the process. Times in ms since 1970.
 */
export class Sessions {
  readonly #byHash = new Map<string, Session>();

  /** Begins a session; answers its id, 256 bits of chance. */
  begin(kept: string, now: number): string {
    const id = randomBytes(32).toString('base64url');
    this.#byHash.set(hashOf(id), { begun: now, used: now, kept, sockets: new Set() });
    if (this.#byHash.size > SESSIONS_MOST) this.#end(this.#byHash.keys().next().value ?? '');
    return id;
  }

  /** Whether an id is that of a session that goes on; then it counts as used. */
  uses(id: string | undefined, kept: string | undefined, now: number): boolean {
    if (id === undefined) return false;
    const hash = hashOf(id);
    const session = this.#byHash.get(hash);
    if (session === undefined) return false;
    if (session.kept !== kept || now - session.used > IDLE_MS || now - session.begun > OLDEST_MS) {
      this.#end(hash);
      return false;
    }
    session.used = now;
    return true;
  }

  /** Ties a WebSocket to its session: it closes when that ends. */
  tie(id: string | undefined, socket: WebSocket): void {
    const session = this.#byHash.get(hashOf(id ?? ''));
    if (session === undefined) {
      socket.close(1008, 'Open Offstage with the passphrase again.');
      return;
    }
    session.sockets.add(socket);
    socket.once('close', () => session.sockets.delete(socket));
  }

  end(id: string | undefined): void {
    if (id !== undefined) this.#end(hashOf(id));
  }

  /** Ends those whose time is over, and their WebSockets with them: a page that only listens asks for nothing. */
  sweep(kept: string | undefined, now: number): void {
    for (const [hash, session] of this.#byHash) {
      if (session.sockets.size > 0) session.used = now;
      if (session.kept !== kept || now - session.used > IDLE_MS || now - session.begun > OLDEST_MS) this.#end(hash);
    }
  }

  #end(hash: string): void {
    const session = this.#byHash.get(hash);
    this.#byHash.delete(hash);
    for (const socket of session?.sockets ?? []) socket.close(1008, 'Open Offstage with the passphrase again.');
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
