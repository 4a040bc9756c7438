import type { LogEvent, NewEvent } from '@offstage/domain';
import { inChat, TIMELINE_KINDS, timelineOf } from '@offstage/domain';
import type { Purged, Traces } from '@offstage/domain/purged';
import { tracesOf } from '@offstage/domain/purged';
import { SqliteError } from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { Log } from './log.ts';
import { rebuildAll } from './rebuild.ts';
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

/** Says in the file that traces of what was deleted may still lie in it: the next start finishes what was begun. */
const UNFINISHED = 'purge:unfinished';

/** Events read at a time. */
const PAGE = 5_000;

/**
 * TL-12: deletes from the log and from all that stands beside it, and folds afresh what is left. Runs in one
 * transaction of the caller, which must be followed by `leaveNoTrace`. Answers what went.
 */
export function purgeLog(database: Database, { goes, stays }: Omit<PurgeDecision<unknown>, 'answer'>, command: Command): Traces {
  const log = new Log(database);
  const traces = tracesOf(() => eventsOf(log), goes);
  const stood = headsIn(database, goes);
  database.prepare('insert or replace into meta (name, value) values (?, ?)').run(UNFINISHED, '1');
  deleteEvents(database, traces);
  deleteBeside(database, goes, traces);
  deleteReceipts(database, traces);
  const written = [...stays, ...headsKept(log, stood)];
  for (const [n, event] of written.entries()) log.append(event, command, n, true);
  rebuildAll(database, () => {});
  return traces;
}

/**
 * Makes a file forget what was deleted from it: what waits beside it is brought in, and the whole is written anew, so
 * that it shrinks. Answers false where another program reads it, or the disk is full; then the next start does it.
 */
export function leaveNoTrace(database: Database): boolean {
  try {
    if (!bringIn(database)) return false;
    database.exec('vacuum');
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

function deleteEvents(database: Database, { places, rewritten }: Traces): void {
  const remove = database.prepare<[number]>('delete from events where seq = ?');
  for (const seq of places) remove.run(seq);
  const rewrite = database.prepare<[string, number, number]>('update events set payload = ?, version = ? where seq = ?');
  for (const { payload, version, seq } of rewritten) rewrite.run(JSON.stringify(payload), version, seq);
}

/** Model calls, answers that could not be used, drafts, vectors, pictures. */
function deleteBeside(database: Database, goes: Purged, traces: Traces): void {
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
function deleteReceipts(database: Database, { commands, ids }: Traces): void {
  const remove = database.prepare<[string]>('delete from receipts where commandId = ?');
  const goes = (id: string): boolean => ids.has(id);
  const receipts = database.prepare<[], { commandId: string; answer: string }>('select commandId, answer from receipts').all();
  for (const { commandId, answer } of receipts) {
    // A command of the engine's own is named after what it is about.
    const about = [commandId, commandId.slice(0, commandId.lastIndexOf(':'))];
    if (commands.has(commandId) || about.some(goes) || textsIn(JSON.parse(answer)).some(goes)) remove.run(commandId);
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
