import type { Diff, LogEvent, NewEvent, PathChange, PathMove, ProjectionName, Retraction, RowChange } from '@offstage/domain';
import { declarationOf, handlerOf, isRetracted, projections, projectionsOf, turnStart } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import { isDeepStrictEqual } from 'node:util';
import { PathMoves, realDiff } from './changes.ts';
import { CHECKPOINT_EVERY, Checkpoints } from './checkpoints.ts';
import { HotRows } from './hotRows.ts';
import type { Logged, Origin } from './log.ts';
import { Log } from './log.ts';
import { Rows } from './rows.ts';
import { MemoryIndex } from './search/memoryIndex.ts';
import type { Work } from './slices.ts';
import type { Command } from './store.ts';
import { Touches } from './touches.ts';
import { Tree } from './tree.ts';

/** What appending did. */
export interface Appended {
  readonly events: readonly LogEvent[];
  readonly diff: Diff;
  readonly path: readonly PathMove[];
}

/** Events looked at before others may get a turn. */
const LOOKED_AT_ONCE = 256;

/** Events whose being in force changes, by place in the log: each as it is to be. */
type Turnings = Map<number, Logged>;

const NONE: ReadonlySet<number> = new Set();

/**
 * One engine for all projections. Appending folds; moving a head or resetting a bot turns events on or off and folds
 * the rows they touch again from the last checkpoint before. Every method runs inside the caller's transaction, and
 * what can be long can be laid down on the way.
 */
export class Engine {
  readonly log: Log;
  readonly tree: Tree;
  readonly rows: HotRows;
  readonly touches: Touches;
  readonly #checkpoints: Checkpoints;
  readonly #memoryIndex: MemoryIndex;
  readonly #retract: Statement<[string, number]>;
  readonly #relent: Statement<[string, number]>;
  readonly #retractions: Statement<[], Retraction>;
  readonly #withdraw: Statement<[string, number]>;
  readonly #withdrawn: Statement<[string], number>;
  /** Events folded again by head moves and resets since the engine was made: what they cost. */
  refolds = 0;

  constructor(database: Database) {
    this.log = new Log(database);
    this.tree = new Tree(database);
    this.#checkpoints = new Checkpoints(database);
    this.touches = new Touches(database, this.log);
    this.rows = new HotRows(new Rows(database), this.#checkpoints, this.touches);
    this.#memoryIndex = new MemoryIndex(database);
    this.#retract = database.prepare('insert or ignore into retractions (owner, upTo) values (?, ?)');
    this.#relent = database.prepare('delete from retractions where owner = ? and upTo = ?');
    this.#retractions = database.prepare('select owner, upTo from retractions');
    this.#withdraw = database.prepare('insert or ignore into withdrawn (turnId, seq) values (?, ?)');
    this.#withdrawn = database.prepare<[string], number>('select seq from withdrawn where turnId = ?').pluck();
  }

  /**
   * Appends what a command decided; its last event carries what it is answered, as JSON. Throws RangeError when an event names a turn or chat that is not there: the
   * transaction must then be rolled back. After any transaction that was, `forget`.
   */
  *append(decided: readonly NewEvent[], command: Command, answer: string): Work<Appended> {
    this.touches.ready();
    const moves = new PathMoves();
    const events: LogEvent[] = [];
    for (const [n, event] of decided.entries()) {
      events.push(yield* this.#take(event, { command, n, answer: n === decided.length - 1 ? answer : null }, moves));
    }
    const changes: RowChange[] = [];
    for (const some of this.rows.flush()) {
      this.#memoryIndex.follow(some);
      changes.push(...some);
      yield;
    }
    yield* this.touches.writeIfDue(events.at(-1)?.seq ?? 0);
    return { events, diff: realDiff(changes), path: moves.all((chatId) => this.tree.head(chatId)) };
  }

  /** Lets go what is kept at hand: it was rolled back, or another connection has written. */
  forget(): void {
    this.log.forget();
    this.rows.forget();
    this.tree.forget();
    this.touches.forget();
  }

  /** What moving a chat's head would do to rows; nothing is written. Throws RangeError for a turn of another chat. */
  *plan(chatId: string, to: string): Work<Diff> {
    this.touches.ready();
    const changes: RowChange[] = [];
    const turnings = yield* this.#turningsOf(this.tree.wayTo(chatId, to));
    for (const { projection, key, since } of yield* this.#touchedBy(turnings)) {
      const before = this.rows.get(projection, key);
      changes.push({ projection, key, before, after: yield* this.#refold(projection, key, since, turnings, false) });
    }
    return realDiff(changes);
  }

  *#take(decided: NewEvent, from: Origin, moves: PathMoves): Work<LogEvent> {
    const { chatId, turnId } = decided;
    const start = turnStart(decided);
    if (start !== undefined) {
      const depth = this.tree.head(start.chatId)?.depth ?? -1;
      if (this.tree.plant(start)) moves.note(start.chatId, depth);
    }
    const node = turnId === null ? undefined : this.tree.node(turnId);
    if (turnId !== null && node?.chatId !== chatId) throw new RangeError(`There is no turn ${turnId} in this chat.`);
    const live = node === undefined || node.onPath === 1;
    const turnings = yield* this.#effect(decided, moves);
    const event = this.log.append(decided, from, live);
    this.touches.own(event);
    this.#fold(event, live);
    if (turnings !== undefined) yield* this.#turn(turnings, event.seq);
    return event;
  }

  /** What a head move or a reset turns on and off, worked out, and the tree changed, before the event takes its place. */
  *#effect(decided: NewEvent, moves: PathMoves): Work<Turnings | undefined> {
    if (decided.kind === 'head_moved') {
      const { to, from } = decided.payload;
      const { chatId } = decided;
      if (chatId === null || this.tree.head(chatId)?.turnId !== from) {
        throw new RangeError(`The chat does not stand at ${from}.`);
      }
      const way = this.tree.wayTo(chatId, to);
      const turnings = yield* this.#turningsOf(way);
      yield* this.tree.stand(chatId, to, way);
      moves.note(chatId, way.meet?.depth ?? -1);
      return turnings;
    }
    if (decided.kind === 'bot_reset') {
      const { botId, upTo } = decided.payload;
      if (upTo > this.log.lastSeq()) throw new RangeError('A reset reaches back, not ahead.');
      this.#retract.run(botId, upTo);
      return yield* this.#owned(botId, upTo, () => false);
    }
    if (decided.kind === 'bot_reset_undone') {
      const { botId, upTo } = decided.payload;
      this.#relent.run(botId, upTo);
      const left = this.#retractions.all();
      return yield* this.#owned(botId, upTo, (event) => this.#isOnPath(event) && !retracted(event, left) && !this.#withdrawnIn(event.turnId).has(event.seq));
    }
    if (decided.kind === 'turn_relearned' && decided.turnId !== null) return this.#withdrawing(decided.turnId, decided.payload.places);
    return undefined;
  }

  /** Takes back single events of one turn. Throws RangeError for one that hangs from another turn. */
  #withdrawing(turnId: string, places: readonly number[]): Turnings {
    const wanted = new Set(places);
    const found = this.log.ofTurn(turnId).filter(({ event }) => wanted.delete(event.seq));
    if (wanted.size > 0) throw new RangeError(`What stands at ${[...wanted].join(', ')} does not hang from ${turnId}.`);
    for (const { event } of found) this.#withdraw.run(turnId, event.seq);
    const turnings: Turnings = new Map();
    turningsAmong(found, () => false, turnings);
    return turnings;
  }

  #withdrawnIn(turnId: string | null): ReadonlySet<number> {
    const places = turnId === null ? [] : this.#withdrawn.all(turnId);
    return places.length === 0 ? NONE : new Set(places);
  }

  *#owned(botId: string, upTo: number, liveNow: (event: LogEvent) => boolean): Work<Turnings> {
    const turnings: Turnings = new Map();
    const pageOf = (after: number, limit: number) => this.touches.owned(botId, after, upTo, limit).map((seq) => ({ seq }));
    let looked = 0;
    for (const { logged } of this.log.at(0, pageOf)) {
      turningsAmong([logged], liveNow, turnings);
      if ((looked += 1) % LOOKED_AT_ONCE === 0) yield;
    }
    return turnings;
  }

  #isOnPath(event: LogEvent): boolean {
    return event.turnId === null || this.tree.node(event.turnId)?.onPath === 1;
  }

  *#turningsOf(way: PathChange): Work<Turnings> {
    const resets = this.#retractions.all();
    const turnings: Turnings = new Map();
    for (const turnId of way.leaving) {
      turningsAmong(this.log.ofTurn(turnId), () => false, turnings);
      yield;
    }
    for (const turnId of way.entering) {
      const withdrawn = this.#withdrawnIn(turnId);
      turningsAmong(this.log.ofTurn(turnId), (event) => !retracted(event, resets) && !withdrawn.has(event.seq), turnings);
      yield;
    }
    return turnings;
  }

  #fold(event: LogEvent, live: boolean): void {
    for (const name of projectionsOf(event.kind)) {
      const handler = handlerOf(projections[name], event.kind);
      if (handler === undefined) continue;
      // Only story rows are ever folded again, so only they need to know what touched them.
      const story = projections[name].class === 'story';
      for (const key of new Set(handler.keys(event))) {
        const before = this.rows.get(name, key);
        const after = live || !story ? handler.evolve(before, event, key) : before;
        if (after !== before) this.rows.set(name, key, after, event.seq);
        if (story) this.rows.touch(name, key, event.seq);
      }
    }
  }

  *#turn(turnings: Turnings, at: number): Work<void> {
    for (const live of [false, true]) {
      yield* this.log.setLive([...turnings].filter(([, turning]) => turning.live === live).map(([seq]) => seq), live);
    }
    for (const { projection, key, since } of yield* this.#touchedBy(turnings)) {
      const before = this.rows.get(projection, key);
      const after = yield* this.#refold(projection, key, since, turnings, true);
      if (!isDeepStrictEqual(before, after)) this.rows.set(projection, key, after, at);
    }
  }

  /** The rows that these events touch, each with the first of them that touches it. */
  *#touchedBy(turnings: Turnings): Work<Iterable<{ projection: ProjectionName; key: string; since: number }>> {
    const first = new Map<string, { projection: ProjectionName; key: string; since: number }>();
    let looked = 0;
    for (const [seq, { event }] of turnings) {
      for (const projection of projectionsOf(event.kind)) {
        if (projections[projection].class !== 'story') continue;
        for (const key of handlerOf(projections[projection], event.kind)?.keys(event) ?? []) {
          const id = `${projection}\n${key}`;
          const known = first.get(id);
          if (known === undefined) first.set(id, { projection, key, since: seq });
          else known.since = Math.min(known.since, seq);
        }
      }
      if ((looked += 1) % LOOKED_AT_ONCE === 0) yield;
    }
    return first.values();
  }

  /**
   * A row folded again over what is in force now. When `keep`, checkpoints from the first change on are laid anew on
   * the way: without that, one undone reset would make every later head move fold a whole life.
   */
  *#refold(
    projection: ProjectionName,
    key: string,
    since: number,
    turnings: Turnings,
    keep: boolean,
  ): Work<object | undefined> {
    const start = this.#checkpoints.before(projection, key, since);
    let row = start.row;
    const pageOf = (after: number, limit: number) => this.touches.after(projection, key, after, limit);
    for (const { logged, place } of this.log.at(start.seq, pageOf, turnings)) {
      const { event, live } = logged;
      const { n } = place;
      if (live) {
        row = handlerOf(projections[projection], event.kind)?.evolve(row, event, key);
        this.refolds += 1;
      }
      if (keep) this.#checkpoints.layIfDue(projection, key, event.seq, n, row);
      if (n % CHECKPOINT_EVERY === 0) yield;
    }
    yield;
    return row;
  }
}

function turningsAmong(logged: readonly Logged[], liveNow: (event: LogEvent) => boolean, into: Turnings): void {
  for (const { event, live } of logged) {
    const next = liveNow(event);
    if (next !== live) into.set(event.seq, { event, live: next });
  }
}

function retracted(event: LogEvent, resets: readonly Retraction[]): boolean {
  const owners = declarationOf(event.kind).owners?.(event.payload) ?? [];
  return owners.length > 0 && isRetracted(event.seq, owners, resets);
}
