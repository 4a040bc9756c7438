import type { Kind, LogEvent, NewEvent } from '@offstage/domain';
import { declarationOf, isKind } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import type { Command } from './store.ts';

/** An event with what the store knows of it beside: is it in force? */
export interface Logged {
  readonly event: LogEvent;
  readonly live: boolean;
}

const COLUMNS = 'e.seq, e.id, e.kind, e.version, e.payload, e.chatId, e.turnId, e.commandId, e.actor, e.at, e.live';

/** Events read at a time. */
const PAGE = 1_000;

interface RawEvent {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly payload: string;
  readonly chatId: string | null;
  readonly turnId: string | null;
  readonly commandId: string;
  readonly actor: string;
  readonly at: string;
  readonly live: number;
}

/** The append-only log (TL-1): nothing here changes an event but whether it is in force. */
export class Log {
  readonly #database: Database;
  readonly #insert: Statement<unknown[]>;
  readonly #setLive: Statement<[number, number]>;
  readonly #ofTurn: Statement<[string], RawEvent>;
  readonly #after: Statement<[number, number], RawEvent>;
  readonly #owned: Statement<[string, number], RawEvent>;
  readonly #touching: Statement<[string, string, number, number], RawEvent & { n: number }>;
  readonly #inForce: Statement<[string, string, number], RawEvent>;
  readonly #last: Statement<[], { seq: number | null }>;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.prepare(
      `insert into events (id, kind, version, payload, chatId, turnId, commandId, actor, at, live)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#setLive = database.prepare('update events set live = ? where seq = ?');
    this.#ofTurn = database.prepare(`select ${COLUMNS} from events e where e.turnId = +? order by e.seq`);
    this.#after = database.prepare(`select ${COLUMNS} from events e where e.seq > +? order by e.seq limit ?`);
    this.#owned = database.prepare(
      `select ${COLUMNS} from owned o join events e on e.seq = o.seq where o.owner = +? and o.seq <= +? order by o.seq`,
    );
    this.#touching = database.prepare(
      `select ${COLUMNS}, t.n from touches t join events e on e.seq = t.seq
       where t.projection = +? and t.key = +? and t.seq > +? order by t.seq limit ?`,
    );
    this.#inForce = database.prepare(
      `select ${COLUMNS} from touches t join events e on e.seq = t.seq
       where t.projection = +? and t.key = +? and e.live = 1 order by t.seq desc limit ?`,
    );
    this.#last = database.prepare('select max(seq) as seq from events');
  }

  /** Gives an event its place. `n` counts the events of one command from 0. */
  append(decided: NewEvent, command: Command, n: number, live: boolean): LogEvent {
    const { version } = declarationOf(decided.kind);
    const id = `${command.id}.${n}`;
    const { lastInsertRowid } = this.#insert.run(
      id,
      decided.kind,
      version,
      JSON.stringify(decided.payload),
      decided.chatId,
      decided.turnId,
      command.id,
      command.actor,
      command.at,
      live ? 1 : 0,
    );
    // The kind and payload were paired by the catalogue when the event was decided.
    return {
      ...decided,
      seq: Number(lastInsertRowid),
      id,
      version,
      commandId: command.id,
      actor: command.actor,
      at: command.at,
    } as LogEvent;
  }

  setLive(seq: number, live: boolean): void {
    this.#setLive.run(live ? 1 : 0, seq);
  }

  ofTurn(turnId: string): Logged[] {
    return this.#ofTurn.all(turnId).map(logged);
  }

  after(seq: number, limit: number): Logged[] {
    return this.#after.all(seq, limit).map(logged);
  }

  /** Events that a reset of `owner` up to `upTo` takes back, if they are in force otherwise. */
  owned(owner: string, upTo: number): Logged[] {
    return this.#owned.all(owner, upTo).map(logged);
  }

  /**
   * The events after `seq` that touch a row, in order, each with its count among the row's touches. Read in pages,
   * so that a row with a long life neither fills the memory nor keeps the connection busy between them.
   */
  *touching(projection: string, key: string, seq: number): Generator<Logged & { readonly n: number }> {
    for (let after = seq; ; ) {
      const page = this.#touching.all(projection, key, after, PAGE);
      for (const raw of page) yield { ...logged(raw), n: raw.n };
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.seq;
    }
  }

  /** The last `limit` events in force that touch a row, in order. */
  inForce(projection: string, key: string, limit: number): LogEvent[] {
    return this.#inForce.all(projection, key, limit).map((raw) => logged(raw).event).toReversed();
  }

  /** The events of some kinds, in order, read in pages. */
  *ofKinds(kinds: readonly Kind[]): Generator<LogEvent> {
    const page = this.#database.prepare<[number, number], RawEvent>(
      `select ${COLUMNS} from events e
       where e.seq > +? and e.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}) order by e.seq limit ?`,
    );
    for (let after = 0; ; ) {
      const found = page.all(after, PAGE);
      for (const raw of found) yield logged(raw).event;
      const last = found.at(-1);
      if (last === undefined) return;
      after = last.seq;
    }
  }

  lastSeq(): number {
    return this.#last.get()?.seq ?? 0;
  }
}

function logged(raw: RawEvent): Logged {
  if (!isKind(raw.kind)) {
    throw new Error(`The log holds an event of the unknown kind ${raw.kind} at ${raw.seq}: it was written by a newer Offstage.`);
  }
  const { live, payload, ...envelope } = raw;
  return { event: { ...envelope, payload: current(raw.kind, JSON.parse(payload), raw.version) } as LogEvent, live: live === 1 };
}

/** A payload as today's version of its kind has it. */
function current(kind: Kind, payload: unknown, version: number): unknown {
  const declaration = declarationOf(kind);
  if (version === declaration.version) return payload;
  const lifted = declaration.upcast === undefined ? payload : declaration.upcast(payload, version);
  return declaration.payload.parse(lifted);
}
