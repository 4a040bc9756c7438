import type { Database, Statement } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { ClassifierFailure, Draft, KeptCall, StoredFile } from './store.ts';

/** PR-4: how many model calls are kept, and how many bytes of them. */
const CALLS_KEPT = 2_000;
const CALL_BYTES_KEPT = 256 * 1024 * 1024;

/** How many unusable answers are kept, and how much of each. */
const FAILURES_KEPT = 1_000;
const RAW_KEPT = 20_000;

interface RawCall extends Omit<KeptCall, 'record'> {
  readonly record: string;
}

/** What stands beside the log: pictures, model calls, and the words of replies that still stream. */
export class Side {
  readonly #database: Database;
  /** Written many times a second while a reply comes. */
  readonly #keepDraft: Statement<[string, string, string]>;

  constructor(database: Database) {
    this.#database = database;
    this.#keepDraft = database.prepare('insert or replace into drafts (turnId, chatId, text) values (?, ?, ?)');
  }

  /** Keeps a picture under the hash of its bytes; the same picture twice is kept once. */
  putFile(file: { mime: string; bytes: Uint8Array }): string {
    const id = createHash('sha256').update(file.bytes).digest('hex').slice(0, 32);
    this.#database
      .prepare('insert or ignore into files (id, mime, bytes) values (?, ?, ?)')
      .run(id, file.mime, Buffer.from(file.bytes));
    return id;
  }

  file(id: string): StoredFile | undefined {
    return this.#database.prepare<[string], StoredFile>('select id, mime, bytes from files where id = ?').get(id);
  }

  /** Keeps a model call, and lets the oldest go beyond what is kept (PR-4). */
  keepCall(call: KeptCall): void {
    const record = JSON.stringify(call.record);
    this.#database
      .prepare(
        `insert or replace into calls (id, chatId, turnId, purpose, startedAt, size, record) values (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(call.id, call.chatId, call.turnId, call.purpose, call.startedAt, Buffer.byteLength(record), record);
    this.#database
      .prepare('delete from calls where n <= (select max(n) from calls) - ?')
      .run(CALLS_KEPT);
    const total = this.#database.prepare<[], { size: number }>('select sum(size) as size from calls').get();
    if ((total?.size ?? 0) > CALL_BYTES_KEPT) {
      this.#database.exec('delete from calls where n <= (select min(n) + (max(n) - min(n)) / 8 from calls)');
    }
  }

  call(id: string): KeptCall | undefined {
    const raw = this.#database
      .prepare<[string], RawCall>('select id, chatId, turnId, purpose, startedAt, record from calls where id = ?')
      .get(id);
    return raw === undefined ? undefined : parsed(raw);
  }

  /** The last calls of a chat, newest first. */
  calls(chatId: string, limit: number): KeptCall[] {
    return this.#database
      .prepare<[string, number], RawCall>(
        `select id, chatId, turnId, purpose, startedAt, record from calls where chatId = +? order by n desc limit ?`,
      )
      .all(chatId, limit)
      .map(parsed);
  }

  /** The calls made for a turn, oldest first. */
  callsOfTurn(turnId: string): KeptCall[] {
    return this.#database
      .prepare<[string], RawCall>('select id, chatId, turnId, purpose, startedAt, record from calls where turnId = +? order by n')
      .all(turnId)
      .map(parsed);
  }

  /** Keeps an answer that could not be used (MO-3). */
  keepFailure(failure: ClassifierFailure): void {
    const { chatId, turnId, purpose, model, raw, problem, attempts, at } = failure;
    this.#database
      .prepare('insert into classifier_failures (chatId, turnId, purpose, model, raw, problem, attempts, at) values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(chatId, turnId, purpose, model, raw.slice(0, RAW_KEPT).toWellFormed(), problem, attempts, at);
    this.#database.prepare('delete from classifier_failures where n <= (select max(n) from classifier_failures) - ?').run(FAILURES_KEPT);
  }

  /** The last answers that could not be used, newest first. */
  failures(limit: number): ClassifierFailure[] {
    return this.#database
      .prepare<[number], ClassifierFailure>(
        'select chatId, turnId, purpose, model, raw, problem, attempts, at from classifier_failures order by n desc limit ?',
      )
      .all(limit);
  }

  keepDraft(draft: Draft): void {
    this.#keepDraft.run(draft.turnId, draft.chatId, draft.text);
  }

  drafts(): Draft[] {
    return this.#database.prepare<[], Draft>('select turnId, chatId, text from drafts').all();
  }

  dropDraft(turnId: string): void {
    this.#database.prepare('delete from drafts where turnId = ?').run(turnId);
  }
}

function parsed(raw: RawCall): KeptCall {
  return { ...raw, record: JSON.parse(raw.record) as Record<string, unknown> };
}
