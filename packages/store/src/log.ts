import type { Kind, LogEvent, NewEvent } from '@offstage/domain';
import { declarationOf, isKind } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import type { Work } from './slices.ts';
import type { Command } from './store.ts';

/** An event with what the store knows of it beside: is it in force? */
export interface Logged {
  readonly event: LogEvent;
  readonly live: boolean;
}

const COLUMNS = 'e.seq, e.id, e.kind, e.version, e.payload, e.chatId, e.turnId, e.commandId, e.actor, e.at, e.live';

/** Events read at a time. */
const PAGE = 1_000;

const NONE: ReadonlyMap<number, Logged> = new Map();

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
  readonly #setLive: Statement<[number, string]>;
  readonly #ofTurn: Statement<[string], RawEvent>;
  readonly #after: Statement<[number, number], RawEvent>;
  readonly #owned: Statement<[string, number, number, number], RawEvent>;
  readonly #touches: Statement<[string, string, number, number], { seq: number; n: number }>;
  readonly #at: Statement<[string], RawEvent>;
  readonly #inForce: Statement<[string, string, number], RawEvent>;
  readonly #last: Statement<[], { seq: number | null }>;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.prepare(
      `insert into events (id, kind, version, payload, chatId, turnId, commandId, actor, at, live)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#setLive = database.prepare('update events set live = ? where seq in (select value from json_each(?))');
    this.#ofTurn = database.prepare(`select ${COLUMNS} from events e where e.turnId = +? order by e.seq`);
    this.#after = database.prepare(`select ${COLUMNS} from events e where e.seq > +? order by e.seq limit ?`);
    this.#owned = database.prepare(
      `select ${COLUMNS} from owned o join events e on e.seq = o.seq where o.owner = +? and o.seq > +? and o.seq <= +? order by o.seq limit ?`,
    );
    this.#touches = database.prepare('select seq, n from touches where projection = +? and key = +? and seq > +? order by seq limit ?');
    this.#at = database.prepare(`select ${COLUMNS} from json_each(?) j cross join events e on e.seq = j.value`);
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
    const { kind, payload, chatId, turnId } = decided;
    const { id: commandId, actor, at } = command;
    return { seq: Number(lastInsertRowid), id, kind, version, payload, chatId, turnId, commandId, actor, at } as LogEvent;
  }

  /** Notes of events, by their places, whether they are in force. */
  *setLive(places: readonly number[], live: boolean): Work<void> {
    for (let from = 0; from < places.length; from += PAGE) {
      this.#setLive.run(live ? 1 : 0, JSON.stringify(places.slice(from, from + PAGE)));
      yield;
    }
  }

  ofTurn(turnId: string): Logged[] {
    return this.#ofTurn.all(turnId).map(logged);
  }

  after(seq: number, limit: number): Logged[] {
    return this.#after.all(seq, limit).map(logged);
  }

  /** Events that a reset of `owner` up to `upTo` takes back, if they are in force otherwise; page by page. */
  *owned(owner: string, upTo: number): Generator<Logged[]> {
    for (let after = 0; ; ) {
      const page = this.#owned.all(owner, after, upTo, PAGE);
      yield page.map(logged);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.seq;
    }
  }

  /**
   * The events after `seq` that touch a row, in order, each with its count among the row's touches. Those that `known`
   * holds are taken as they are there. Read in pages, so that a row with a long life does not fill the memory.
   */
  *touching(
    projection: string,
    key: string,
    seq: number,
    known: ReadonlyMap<number, Logged>,
  ): Generator<{ readonly logged: Logged; readonly n: number }> {
    for (let after = seq; ; ) {
      const page = this.#touches.all(projection, key, after, PAGE);
      const others = this.#atPlaces(page.map((touch) => touch.seq).filter((at) => !known.has(at)));
      for (const touch of page) {
        const found = known.get(touch.seq) ?? others.get(touch.seq);
        if (found === undefined) throw new Error(`The log has no event at ${touch.seq}, though a row was touched there.`);
        yield { logged: found, n: touch.n };
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.seq;
    }
  }

  #atPlaces(places: readonly number[]): ReadonlyMap<number, Logged> {
    if (places.length === 0) return NONE;
    return new Map(this.#at.all(JSON.stringify(places)).map((raw) => [raw.seq, logged(raw)]));
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
  const { seq, id, kind, version, chatId, turnId, commandId, actor, at } = raw;
  const payload = current(kind, JSON.parse(raw.payload), version);
  return { event: { seq, id, kind, version, payload, chatId, turnId, commandId, actor, at } as LogEvent, live: raw.live === 1 };
}

/** A payload as today's version of its kind has it. */
function current(kind: Kind, payload: unknown, version: number): unknown {
  const declaration = declarationOf(kind);
  if (version === declaration.version) return payload;
  const lifted = declaration.upcast === undefined ? payload : declaration.upcast(payload, version);
  return declaration.payload.parse(lifted);
}
