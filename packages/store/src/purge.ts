import type { LogEvent, NewEvent } from '@offstage/domain';
import { inChat, TIMELINE_KINDS, timelineOf } from '@offstage/domain';
import type { Purged, Traces } from '@offstage/domain/purged';
import { tracesOf } from '@offstage/domain/purged';
import { SqliteError } from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { Log } from './log.ts';
import { rebuildAll } from './rebuild.ts';
import type { Work } from './slices.ts';
import type { ClassifierFailure, Command, KeptCall } from './store.ts';

/** What a purge decides: what goes, what is written so that the rest can do without it, and what to answer. */
export interface PurgeDecision<Answer> {
  readonly goes: Purged;
  readonly stays: readonly NewEvent[];
  readonly answer: Answer;
}

/** What a purge did. `bytes` are the sizes of the file; `traceless` is false where the file could not be written anew yet. */
export interface PurgeReport<Answer> {
  readonly answer: Answer;
  readonly events: number;
  readonly bytes: { readonly before: number; readonly after: number };
  readonly traceless: boolean;
  readonly replayed: boolean;
}

/** What may go along with a purge. */
export interface PurgeOptions {
  readonly progress?: (step: PurgeStep) => void;
  /** Gives it up, as long as nothing has gone yet. */
  readonly signal?: AbortSignal;
}

/** Says in the file that traces of what was deleted may still lie in it: the next start finishes what was begun. */
const UNFINISHED = 'purge:unfinished';

/** Events read at a time; progress is told as often. */
const PAGE = 500;
/** Events that are deleted before the work can be laid down. */
const DELETED_AT_ONCE = 200;

/** How far a purge is: what it is at, and how much of that is done. Of writing the file nobody knows how far it is. */
export interface PurgeStep {
  readonly at: 'looking' | 'deleting' | 'folding' | 'writing';
  readonly done: number;
  readonly total: number;
}

/**
 * TL-12: deletes from the log and from all that stands beside it, and folds afresh what is left. Runs in one
 * transaction of the caller, which must be followed by `leaveNoTrace`. Answers what went.
 */
export function* purgeLog(
  database: Database,
  { goes, stays }: Omit<PurgeDecision<unknown>, 'answer'>,
  command: Command,
  progress: (step: PurgeStep) => void,
): Work<Traces> {
  const log = new Log(database);
  const traces = yield* looking(database, log, goes, progress);
  const stood = headsIn(database, goes);
  database.prepare('insert or replace into meta (name, value) values (?, ?)').run(UNFINISHED, '1');
  log.keepEnd();
  yield* deleteEvents(database, traces, (done) => progress({ at: 'deleting', done, total: traces.places.length }));
  yield* deleteBeside(database, goes, traces);
  yield* deleteReceipts(database, traces);
  const written = [...stays, ...headsKept(log, stood)];
  for (const [n, event] of written.entries()) log.append(event, { command, n, answer: null }, true);
  yield* rebuildAll(database, (done, total) => progress({ at: 'folding', done, total }));
  progress({ at: 'writing', done: 0, total: 0 });
  return traces;
}

/** Looks through the log twice. */
function* looking(database: Database, log: Log, goes: Purged, progress: (step: PurgeStep) => void): Work<Traces> {
  const total = 2 * (database.prepare<[], number>('select count(*) from events').pluck().get() ?? 0);
  const search = tracesOf(() => eventsOf(log), goes);
  for (let done = 0; ; done += 1) {
    const next = search.next();
    if (next.done === true) return next.value;
    if (done % PAGE === 0) progress({ at: 'looking', done, total });
    yield;
  }
}

/**
 * Makes a file forget what was deleted from it: what waits beside it is brought in, and the whole is written anew, so
 * that it shrinks. Answers false where another program reads it, or the disk is full; then the next start does it.
 */
function leaveNoTrace(database: Database): boolean {
  try {
    if (!bringIn(database)) return false;
    database.exec('vacuum');
    return noteTraceless(database);
  } catch (problem) {
    if (problem instanceof SqliteError) return false;
    throw problem;
  }
}

/** Notes in a file that `leaveNoTrace` has done its work, here or in a thread of its own. Answers false where it is not whole yet. */
export function noteTraceless(database: Database): boolean {
  try {
    database.prepare('delete from meta where name = ?').run(UNFINISHED);
    return bringIn(database);
  } catch (problem) {
    if (problem instanceof SqliteError) return false;
    throw problem;
  }
}

/** Finishes a purge that a crash cut short. */
export function finishPurge(database: Database): void {
  if (database.prepare('select 1 from meta where name = ?').get(UNFINISHED) !== undefined) leaveNoTrace(database);
}

/** Writes over what is deleted from now on; answers how to have it as before. */
export function writeOver(database: Database): () => void {
  database.pragma('secure_delete = on');
  return () => void database.pragma('secure_delete = off');
}

function bringIn(database: Database): boolean {
  const [result] = database.pragma('wal_checkpoint(truncate)') as { readonly busy: number }[];
  return result?.busy === 0;
}

function* eventsOf(log: Log): Generator<LogEvent> {
  for (let after = 0; ; ) {
    const page = log.after(after, PAGE);
    for (const { event } of page) yield event;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.event.seq;
  }
}

function* deleteEvents(database: Database, { places, rewritten }: Traces, progress: (done: number) => void): Work<void> {
  const remove = database.prepare<[number]>('delete from events where seq = ?');
  for (const [n, seq] of places.entries()) {
    remove.run(seq);
    if (n % DELETED_AT_ONCE > 0) continue;
    progress(n);
    yield;
  }
  const rewrite = database.prepare<[string, number, number]>('update events set payload = ?, version = ? where seq = ?');
  for (const { payload, version, seq } of rewritten) {
    rewrite.run(JSON.stringify(payload), version, seq);
    yield;
  }
}

/** Model calls, answers that could not be used, drafts, vectors, pictures. */
function* deleteBeside(database: Database, goes: Purged, traces: Traces): Work<void> {
  const ids = JSON.stringify([...traces.ids]);
  const sharing = JSON.stringify([...traces.sharing]);
  const turnsAlone = goes.chats.size === 0 && goes.bots.size === 0;
  // What chats of the same continuity sent since then may tell of what goes. A turn that stays never knew of a branch
  // beside it, but what was asked for without a turn may have.
  const told = turnsAlone
    ? `at >= ? and (chatId in (select value from json_each(?)) and (turnId is null or chatId not in (select value from json_each(?))))`
    : `at >= ? and (chatId is null or chatId in (select value from json_each(?)) or chatId in (select value from json_each(?)))`;
  const own = JSON.stringify(turnsAlone ? chatsOf(database, goes.turns) : []);
  const since = traces.since ?? '9999';
  for (const [table, at] of [['calls', 'startedAt'], ['classifier_failures', 'at']] as const) {
    database
      .prepare(`delete from ${table} where chatId in (select value from json_each(?)) or turnId in (select value from json_each(?)) or (${told.replaceAll(/\bat\b/g, at)})`)
      .run(ids, ids, since, sharing, own);
    yield;
  }
  database.prepare('delete from drafts where chatId in (select value from json_each(?)) or turnId in (select value from json_each(?))').run(ids, ids);
  database.prepare('delete from memory_vectors where memoryId in (select value from json_each(?)) or ownerId in (select value from json_each(?))').run(ids, ids);
  database.prepare('delete from files where id in (select value from json_each(?))').run(JSON.stringify([...traces.files]));
}

function chatsOf(database: Database, turns: ReadonlySet<string>): string[] {
  return database
    .prepare<[string], string>('select distinct chatId from tree where turnId in (select value from json_each(?))')
    .pluck()
    .all(JSON.stringify([...turns]));
}

/** Receipts of commands of which nothing is left, and those that answered with an id that is gone. */
function* deleteReceipts(database: Database, { commands, ids }: Traces): Work<void> {
  const remove = database.prepare<[string]>('delete from receipts where commandId = ?');
  const takeBack = database.prepare<[number]>('update events set answer = null where seq = ?');
  const goes = (id: string): boolean => ids.has(id);
  const receipts = database.prepare<[], { commandId: string; seq: number; answer: string }>('select commandId, seq, answer from receipts').all();
  for (const [n, { commandId, seq, answer }] of receipts.entries()) {
    if (n % PAGE === 0) yield;
    // A command of the engine's own is named after what it is about.
    const about = [commandId, commandId.slice(0, commandId.lastIndexOf(':'))];
    if (!commands.has(commandId) && !about.some(goes) && !textsIn(JSON.parse(answer)).some(goes)) continue;
    remove.run(commandId);
    takeBack.run(seq);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Where the chats that stay stand. */
function headsIn(database: Database, { chats }: Purged): Map<string, string> {
  const heads = database.prepare<[], { chatId: string; turnId: string }>('select chatId, turnId from heads').all();
  return new Map(heads.filter(({ chatId }) => !chats.has(chatId)).map(({ chatId, turnId }) => [chatId, turnId]));
}

/** Moves of heads to and from turns that are gone went with them: a chat is told where it stands when that has changed. */
function headsKept(log: Log, stood: ReadonlyMap<string, string>): NewEvent[] {
  const { heads } = timelineOf(log.ofKinds(TIMELINE_KINDS));
  return [...stood].flatMap(([chatId, to]) => {
    const from = heads.get(chatId);
    return from === undefined || from === to ? [] : [inChat(chatId, 'head_moved', { to, from, reason: 'branch' })];
  });
}

/** What this process has purged: calls that were under way then are not kept when they end. */
export class Gone {
  readonly #ids = new Set<string>();
  readonly #told: { readonly sharing: ReadonlySet<string>; readonly until: string }[] = [];

  add({ ids, sharing }: Traces, at: string): void {
    for (const id of ids) this.#ids.add(id);
    this.#told.push({ sharing, until: at });
  }

  /** True for an id of what is gone. */
  has(id: string | null): boolean {
    return id !== null && this.#ids.has(id);
  }

  /** True for what may tell of it; `at` is when it was begun, real time. */
  mayTell(of: Pick<KeptCall | ClassifierFailure, 'chatId' | 'turnId'>, at: string): boolean {
    if (this.has(of.chatId) || this.has(of.turnId)) return true;
    return this.#told.some(({ sharing, until }) => at <= until && (of.chatId === null || sharing.has(of.chatId)));
  }
}
