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

/** Whence an event comes: the how manieth of a command it is, counted from 0, and what that is answered if it is the last. */
export interface Origin {
  readonly command: Command;
  readonly n: number;
  /** JSON. */
  readonly answer: string | null;
}

const COLUMNS = 'e.seq, e.id, e.kind, e.version, e.payload, e.chatId, e.turnId, e.commandId, e.actor, e.at, e.live';

/** How far the log has come, where its end is purged. */
const END = 'log:end';

/** Events read at a time. */
const PAGE = 1_000;

/** Events whose being in force is noted at a time. */
const AT_ONCE = 250;

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
  readonly #at: Statement<[string], RawEvent>;
  readonly #inForce: Statement<[string, string, number], RawEvent>;
  readonly #lastSeq: Statement<[string], number>;
  readonly #setEnd: Statement<[string, string]>;
  /** The last place that was given; undefined when it must be read first. */
  #last: number | undefined;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.prepare(
      `insert into events (seq, id, kind, version, payload, chatId, turnId, commandId, actor, at, live, answer)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#setLive = database.prepare('update events set live = ? where seq in (select value from json_each(?))');
    this.#ofTurn = database.prepare(`select ${COLUMNS} from events e where e.turnId = +? order by e.seq`);
    this.#after = database.prepare(`select ${COLUMNS} from events e where e.seq > +? order by e.seq limit ?`);
    this.#at = database.prepare(`select ${COLUMNS} from json_each(?) j cross join events e on e.seq = j.value`);
    this.#inForce = database.prepare(
      `select ${COLUMNS} from touches t join events e on e.seq = t.seq
       where t.projection = +? and t.key = +? and e.live = 1 order by t.seq desc limit ?`,
    );
    this.#lastSeq = database
      .prepare<[string], number>(
        `select max(coalesce((select max(seq) from events), 0), coalesce((select cast(value as integer) from meta where name = ?), 0))`,
      )
      .pluck();
    this.#setEnd = database.prepare('insert or replace into meta (name, value) values (?, ?)');
  }

  /** Gives an event its place. */
  append(decided: NewEvent, { command, n, answer }: Origin, live: boolean): LogEvent {
    const { version } = declarationOf(decided.kind);
    const { kind, payload, chatId, turnId } = decided;
    const { id: commandId, actor, at } = command;
    const id = `${commandId}.${n}`;
    const seq = (this.#last ?? this.lastSeq()) + 1;
    this.#insert.run(seq, id, kind, version, JSON.stringify(payload), chatId, turnId, commandId, actor, at, live ? 1 : 0, answer);
    this.#last = seq;
    // The kind and payload were paired by the catalogue when the event was decided.
    return { seq, id, kind, version, payload, chatId, turnId, commandId, actor, at } as LogEvent;
  }

  /** What was given was rolled back, or another connection has written. */
  forget(): void {
    this.#last = undefined;
  }

  /** Before its end is deleted: no place is ever given twice. */
  keepEnd(): void {
    this.#setEnd.run(END, String(this.lastSeq()));
  }

  /** Notes of events, by their places, whether they are in force. */
  *setLive(places: readonly number[], live: boolean): Work<void> {
    for (let from = 0; from < places.length; from += AT_ONCE) {
      this.#setLive.run(live ? 1 : 0, JSON.stringify(places.slice(from, from + AT_ONCE)));
      yield;
    }
  }

  ofTurn(turnId: string): Logged[] {
    return this.#ofTurn.all(turnId).map(logged);
  }

  after(seq: number, limit: number): Logged[] {
    return this.#after.all(seq, limit).map(logged);
  }

  /**
   * Events in the order of their places, each with its place; those that `known` holds are taken as they are there.
   * Places are asked for page by page, so that a row with a long life does not fill the memory: each page begins after
   * the last place of the one before, and one with fewer than `limit` is the last.
   */
  *at<P extends { readonly seq: number }>(
    after: number,
    pageOf: (after: number, limit: number) => readonly P[],
    known: ReadonlyMap<number, Logged> = NONE,
  ): Generator<{ readonly logged: Logged; readonly place: P }> {
    for (let from = after; ; ) {
      const page = pageOf(from, PAGE);
      const others = this.#atPlaces(page.map((place) => place.seq).filter((seq) => !known.has(seq)));
      for (const place of page) {
        const found = known.get(place.seq) ?? others.get(place.seq);
        if (found === undefined) throw new Error(`The log has no event at ${place.seq}, though something was noted of it.`);
        yield { logged: found, place };
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      from = last.seq;
    }
  }

  #atPlaces(places: readonly number[]): ReadonlyMap<number, Logged> {
    if (places.length === 0) return NONE;
    return new Map(this.#at.all(JSON.stringify(places)).map((raw) => [raw.seq, logged(raw)]));
  }

  /** The last `limit` events in force that touch a row, in order; `late` are touches that may not be written yet. */
  inForce(projection: string, key: string, limit: number, late: readonly number[]): LogEvent[] {
    const newest = [...this.#atPlaces(late).values()].filter(({ live }) => live).map(({ event }) => event);
    const found = new Map(this.#inForce.all(projection, key, limit).map((raw) => [raw.seq, logged(raw).event]));
    for (const event of newest) found.set(event.seq, event);
    return [...found.values()].toSorted((a, b) => a.seq - b.seq).slice(-limit);
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

  /** The last place that was ever given; 0 before the first. */
  lastSeq(): number {
    return this.#lastSeq.get(END) ?? 0;
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
