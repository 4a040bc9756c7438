import type { LogEvent, NewEvent, ProjectionName, Row } from '@offstage/domain';
import type { Traces } from '@offstage/domain/purged';
import { SqliteError } from 'better-sqlite3';
import type { Database, Statement } from 'better-sqlite3';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BranchReads } from './branches.ts';
import { createBranchReads } from './branches.ts';
import { Bringing } from './bringing.ts';
import type { Durability } from './connection.ts';
import { connect, spillEarly } from './connection.ts';
import type { Appended } from './engine.ts';
import { Engine } from './engine.ts';
import { migrateLog } from './migrate.ts';
import { createMissed } from './missed.ts';
import type { PurgeDecision, PurgeOptions, PurgeReport, PurgeStep } from './purge.ts';
import { finishPurge, Gone, noteTraceless, purgeLog, writeOver } from './purge.ts';
import { createReads } from './reads.ts';
import { rebuildAll } from './rebuild.ts';
import { Receipts } from './receipts.ts';
import type { Vectors } from './search/vectors.ts';
import { MemoryVectors } from './search/vectors.ts';
import { Side } from './side.ts';
import type { Work } from './slices.ts';
import { breath, finish, finishInSlices, workOn } from './slices.ts';
import type { Command, Commit, Decision, Reads, Store } from './store.ts';
import { writeAnew } from './writeAnew.ts';
import { epochOf, prepareProjections } from './versions.ts';

/** How to open a store. */
export interface OpenOptions {
  /** The database file; its folder is made when it is not there. */
  readonly path: string;
  /** The folder of SQL migrations. */
  readonly migrationsFolder: string;
  readonly durability?: Durability;
  /** Whether a copy is made before an update; true unless the file is a copy itself. */
  readonly backupBefore?: boolean;
  /** Real time, ISO 8601 UTC; for naming the copy made before an update. */
  readonly now?: () => string;
  /** Gets events done and in all where rows have to be folded afresh, as after an update: seconds in a long library. */
  readonly folding?: (done: number, total: number) => void;
}

/**
 * Opens the library, bringing its tables up to date. Throws better-sqlite3's SqliteError when the file is no database,
 * is locked or cannot be written, and Error when it was written by a newer Offstage.
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  mkdirSync(dirname(options.path), { recursive: true });
  const durability = options.durability ?? 'normal';
  const writing = connect(options.path, { durability, readonly: false });
  try {
    migrateLog(writing, options.migrationsFolder, options.now?.() ?? new Date().toISOString(), options.backupBefore ?? true);
    // In one: rows that cannot be folded as this Offstage would have them are left to the one that wrote them.
    writing
      .transaction(() => {
        if (prepareProjections(writing).stale) finish(rebuildAll(writing, options.folding ?? (() => {})));
      })
      .immediate();
    finishPurge(writing);
    return new SqliteStore(writing, connect(options.path, { durability, readonly: true }));
  } catch (problem) {
    writing.close();
    throw problem;
  }
}

/** How long a command waits while another process holds the file, and how long between two tries, in milliseconds. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 150;

/** What is written to see whether the disk takes it: more than a page or two, so that a full disk does not. */
const PROBE = { name: 'probe', value: ' '.repeat(64 * 1024) };

/** Pages copied before others get a turn: a few milliseconds of work. */
const PAGES_AT_A_TIME = 200;

/** Tries again while another process holds the file; the server does other things in between (OP-4). */
async function patiently<T>(work: () => T): Promise<T> {
  for (const since = performance.now(); ; ) {
    try {
      return work();
    } catch (problem) {
      const held = problem instanceof SqliteError && problem.code.startsWith('SQLITE_BUSY');
      if (!held || performance.now() - since > PATIENCE_MS) throw problem;
    }
    await sleep(PAUSE_MS);
  }
}

/** Reads that stand for others: each call goes to those that are chosen then. */
function chosenEachTime(like: Reads, choose: () => Reads): Reads {
  type Read = (...asked: unknown[]) => unknown;
  const names = Object.keys(like) as (keyof Reads)[];
  // Each goes under its own name to its like, so that its type stays what it was.
  return Object.fromEntries(names.map((name) => [name, (...asked: unknown[]) => (choose()[name] as Read)(...asked)])) as unknown as Reads;
}

/** What a command wrote; the place in the log where it ends. */
interface Written {
  readonly appended: Appended;
  readonly seq: number;
}

/** The store over one SQLite file, with one connection that writes and one that reads. */
class SqliteStore implements Store {
  readonly #writing: Database;
  readonly #reading: Database;
  readonly #side: Side;
  readonly #bringing: Bringing;
  readonly #vectors: MemoryVectors;
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #starters = new Set<() => void>();
  readonly #faults = new Set<(problem: unknown) => void>();
  readonly #gone = new Gone();
  readonly #receipts: Receipts;
  readonly #begin: Statement<[]>;
  readonly #end: Statement<[]>;
  readonly #undo: Statement<[]>;
  /** The transaction that is open while others have their turns, if there is one: settles when it is over. */
  #long: PromiseWithResolvers<void> | undefined;
  readonly #dataVersion: Statement<[], number>;
  #seenVersion: number;
  #engine: Engine;
  #missed: Store['missed'];
  #queue: Promise<unknown> = Promise.resolve();
  epoch: string;
  read: Reads;
  branches: BranchReads;

  constructor(writing: Database, reading: Database) {
    this.#writing = writing;
    this.#reading = reading;
    this.#side = new Side(writing);
    this.#bringing = new Bringing(writing.name);
    this.#vectors = new MemoryVectors(writing, reading);
    this.#receipts = new Receipts(writing);
    this.#dataVersion = writing.prepare<[], number>('pragma data_version').pluck();
    this.#seenVersion = this.#dataVersion.get() ?? 0;
    this.#begin = writing.prepare('begin immediate');
    this.#end = writing.prepare('commit');
    this.#undo = writing.prepare('rollback');
    this.#engine = new Engine(writing);
    this.epoch = epochOf(writing);
    this.read = this.#reads();
    this.branches = createBranchReads(reading);
    const missed = createMissed(reading);
    this.#missed = async (...args) => missed(...args);
  }

  execute<Answer>(
    command: Command,
    decide: (read: Reads) => Promise<Decision<Answer>> | Decision<Answer>,
  ): Promise<Commit<Answer>> {
    return this.#inTurn(async () => {
      for (;;) {
        const known = this.#receipts.find(command.id);
        if (known !== undefined) {
          // The receipt was written by this very command, whose answer has this type.
          return { seq: known.seq, events: [], diff: {}, path: [], answer: known.answer as Answer, replayed: true };
        }
        const commit = await this.#decideAndCommit(command, decide);
        if (commit === undefined) continue;
        this.#tell(commit);
        return commit;
      }
    });
  }

  answered(commandId: string, { afresh = false }: { readonly afresh?: boolean } = {}): ReturnType<Store['answered']> {
    if (!afresh) return this.#apart(() => this.#receipts.find(commandId));
    return this.#inTurn(async () => {
      this.#othersWrote();
      return this.#receipts.find(commandId);
    });
  }

  plan(chatId: string, to: string): ReturnType<Store['plan']> {
    return this.#inTurn(() => finishInSlices(this.#engine.plan(chatId, to)));
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  missed(...args: Parameters<Store['missed']>): ReturnType<Store['missed']> {
    return this.#missed(...args);
  }

  rebuild(progress: (done: number, total: number) => void = () => {}): ReturnType<Store['rebuild']> {
    return this.#inTurn(async () => {
      const started = performance.now();
      const work = rebuildAll(this.#writing, progress);
      const soon = await patiently(() => this.#transact(work));
      const events = soon === undefined ? await this.#transactLong(work) : soon.result;
      const seconds = (performance.now() - started) / 1_000;
      this.#startOver();
      return { events, seconds };
    });
  }

  /** Tables were made anew: what was prepared over the old ones is prepared again, and who kept something is told. */
  #startOver(): void {
    this.#engine = new Engine(this.#writing);
    this.epoch = epochOf(this.#writing);
    this.read = this.#reads();
    this.branches = createBranchReads(this.#reading);
    const missed = createMissed(this.#reading);
    this.#missed = async (...args) => missed(...args);
    for (const starter of this.#starters) starter();
  }

  onFault(listener: (problem: unknown) => void): () => void {
    this.#faults.add(listener);
    return () => this.#faults.delete(listener);
  }

  probe(): Promise<void> {
    return this.#apart(() => {
      const { name, value } = PROBE;
      this.#writing.prepare('insert or replace into meta (name, value) values (?, ?)').run(name, value);
      this.#writing.prepare('delete from meta where name = ?').run(name);
    });
  }

  async saveTo(path: string, progress: (done: number, total: number) => void): Promise<void> {
    await this.#writing.backup(path, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages);
        return PAGES_AT_A_TIME;
      },
    });
  }

  onStartOver(listener: () => void): () => void {
    this.#starters.add(listener);
    return () => this.#starters.delete(listener);
  }

  purge<Answer>(
    command: Command,
    decide: (read: Reads) => Promise<PurgeDecision<Answer>>,
    { progress = () => {}, signal }: PurgeOptions = {},
  ): Promise<PurgeReport<Answer>> {
    return this.#inTurn(async () => {
      await this.#bringing.idle();
      // The file is as large as what it holds once nothing waits beside it.
      this.#writing.pragma('wal_checkpoint(passive)');
      const before = this.#bytes();
      this.#othersWrote();
      const known = this.#receipts.find(command.id);
      if (known !== undefined) {
        // The receipt was written by this very command, whose answer has this type.
        return { answer: known.answer as Answer, events: 0, bytes: { before, after: before }, traceless: true, replayed: true };
      }
      const { answer, ...decision } = await decide(this.read);
      const restore = writeOver(this.#writing);
      try {
        const work = this.#purging(decision, command, JSON.stringify(answer ?? null), progress, signal);
        const soon = await patiently(() => this.#transact(work));
        const traces = soon === undefined ? await this.#transactLong(work) : soon.result;
        this.#gone.add(traces, command.at);
        await this.#bringing.idle();
        const traceless = await this.#holding(async () => (await writeAnew(this.#writing.name)) && noteTraceless(this.#writing));
        return { answer, events: traces.places.length, bytes: { before, after: this.#bytes() }, traceless, replayed: false };
      } finally {
        restore();
        this.#startOver();
      }
    });
  }

  /** Deletes, and leaves the receipt. Throws what the signal aborts with: until it is through, nothing has gone. */
  *#purging(
    decision: Omit<PurgeDecision<unknown>, 'answer'>,
    command: Command,
    answer: string,
    progress: (step: PurgeStep) => void,
    signal: AbortSignal | undefined,
  ): Work<Traces> {
    // Answers of another process are to be written, too.
    this.#othersWrote();
    yield* this.#receipts.writeAll(this.#engine.log.lastSeq());
    const work = purgeLog(this.#writing, decision, command, progress);
    for (;;) {
      signal?.throwIfAborted();
      const next = work.next();
      if (next.done !== true) {
        yield;
        continue;
      }
      yield* this.#receipts.keep(command.id, { seq: this.#engine.log.lastSeq(), answer, at: command.at }, false);
      return next.value;
    }
  }

  /** Does something during which nothing else may be written; who would, waits. */
  async #holding<T>(work: () => Promise<T>): Promise<T> {
    const over = (this.#long = Promise.withResolvers<void>());
    try {
      return await work();
    } finally {
      this.#long = undefined;
      over.resolve();
    }
  }

  #bytes(): number {
    return statSync(this.#writing.name).size;
  }

  async events({ after, limit }: { after: number; limit: number }): Promise<LogEvent[]> {
    return this.#apart(() => this.#engine.log.after(after, limit).map(({ event }) => event));
  }

  async putFile(file: Parameters<Store['putFile']>[0]) {
    return this.#apart(() => this.#side.putFile(file));
  }

  async file(id: string) {
    return this.#side.file(id);
  }

  async keepCall(call: Parameters<Store['keepCall']>[0]) {
    await this.#apart(() => !this.#gone.mayTell(call, call.startedAt) && this.#side.keepCall(call));
  }

  async call(id: string) {
    return this.#side.call(id);
  }

  async calls(chatId: string, limit: number) {
    return this.#side.calls(chatId, limit);
  }

  async callsOfTurn(turnId: string) {
    return this.#side.callsOfTurn(turnId);
  }

  async keepFailure(failure: Parameters<Store['keepFailure']>[0]) {
    await this.#apart(() => !this.#gone.mayTell(failure, failure.at) && this.#side.keepFailure(failure));
  }

  async failures(limit: number) {
    return this.#side.failures(limit);
  }

  async keepDraft(draft: Parameters<Store['keepDraft']>[0]) {
    await this.#apart(() => !(this.#gone.has(draft.chatId) || this.#gone.has(draft.turnId)) && this.#side.keepDraft(draft));
  }

  async drafts() {
    return this.#side.drafts();
  }

  async dropDraft(turnId: string) {
    return this.#apart(() => this.#side.dropDraft(turnId));
  }

  async vectors(model: string): Promise<Vectors> {
    await this.#vectors.open(model);
    return {
      put: (memory, vector) =>
        this.#apart(() => {
          if (!this.#gone.has(memory.memoryId)) this.#vectors.put(memory, vector);
        }),
      missing: async (limit) => this.#vectors.missing(limit),
    };
  }

  async check(): Promise<{ ok: boolean; problem?: string }> {
    try {
      this.#reading.prepare('select 1 from meta').get();
      return { ok: true };
    } catch (problem) {
      return { ok: false, problem: problem instanceof Error ? problem.message : String(problem) };
    }
  }

  /** Waits for the command at work, then closes both connections. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#bringing.close();
      this.#reading.close();
      this.#writing.close();
    });
  }

  /** Decides on rows at hand; answers nothing when they turn out to be another process's past: then it is to be looked up and decided again. */
  async #decideAndCommit<Answer>(
    command: Command,
    decide: (read: Reads) => Promise<Decision<Answer>> | Decision<Answer>,
  ): Promise<Commit<Answer> | undefined> {
    const engine = this.#engine;
    const row: Reads['row'] = async (projection, key) => engine.rows.get(projection, key) as Row<typeof projection> | undefined;
    let decided: Decision<Answer>;
    try {
      decided = await decide({ ...this.read, row });
    } catch (problem) {
      // It may have been refused for another process's past, or for what it did there itself (TL-14).
      if (this.#othersWrote()) return undefined;
      throw problem;
    }
    const { events, answer } = decided;
    const appending = this.#appending(events, command, JSON.stringify(answer ?? null));
    // What is short is begun and ended in one go: nothing else of this process comes between.
    const soon = await patiently(() => this.#transact(appending));
    const written = soon === undefined ? await this.#transactLong(appending) : soon.result;
    return written === undefined ? undefined : { ...written.appended, seq: written.seq, answer, replayed: false };
  }

  /** Writes what was decided; answers nothing when it was decided on another process's past. */
  *#appending(events: readonly NewEvent[], command: Command, answer: string): Work<Written | undefined> {
    if (this.#othersWrote()) return undefined;
    const appended = yield* this.#engine.append(events, command, answer);
    const last = appended.events.at(-1);
    const seq = last?.seq ?? this.#engine.log.lastSeq();
    yield* this.#receipts.keep(command.id, { seq, answer, at: command.at }, last !== undefined);
    return { appended, seq };
  }

  /** Begins a transaction and works for one slice of time; ends it when the work is done by then, else leaves it open. */
  #transact<T>(work: Work<T>): { readonly result: T } | undefined {
    this.#begin.run();
    try {
      const finished = workOn(work);
      if (finished === undefined) this.#long = Promise.withResolvers();
      else {
        this.#end.run();
        this.#bringing.committed();
      }
      return finished;
    } catch (problem) {
      this.#giveUp();
      throw problem;
    }
  }

  /** Goes on with a transaction that is open, slice by slice. Who else writes waits for `#long`. */
  async #transactLong<T>(work: Work<T>): Promise<T> {
    const over = this.#long;
    const restore = spillEarly(this.#writing);
    try {
      const result = await finishInSlices(work);
      // Ending takes a while: who waits for a turn need not wait for the last slice too.
      await breath();
      this.#end.run();
      this.#bringing.begin();
      return result;
    } catch (problem) {
      this.#giveUp();
      throw problem;
    } finally {
      restore();
      this.#long = undefined;
      over?.resolve();
    }
  }

  #giveUp(): void {
    // Some errors of the disk have rolled back already.
    if (this.#writing.inTransaction) this.#undo.run();
    this.#engine.forget();
    this.#receipts.forget();
  }

  /** Does what must not fall into a transaction that is open. */
  async #apart<T>(work: () => T): Promise<T> {
    while (this.#long !== undefined) await this.#long.promise;
    try {
      return work();
    } catch (problem) {
      this.#tellFault(problem);
      throw problem;
    }
  }

  /** Has another connection written since this was last asked? Then what is at hand is let go. */
  #othersWrote(): boolean {
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#seenVersion) return false;
    this.#seenVersion = version;
    this.#engine.forget();
    this.#receipts.relearn();
    return true;
  }

  /**
   * Reads through the writing connection: what it has read of the file stays at hand from commit to commit, while the
   * other one's pages are void after each. While a transaction is open the other one reads, which sees what was.
   */
  #reads(): Reads {
    const late = (projection: ProjectionName, key: string) => this.#engine.touches.waiting(projection, key).map(({ seq }) => seq);
    const through = (database: Database): Reads => createReads(database, (...asked) => this.#vectors.nearest(...asked), late);
    const own = through(this.#writing);
    let other: Reads | undefined;
    return chosenEachTime(own, () => (this.#long === undefined ? own : (other ??= through(this.#reading))));
  }

  #tellFault(problem: unknown): void {
    if (problem instanceof SqliteError) for (const listener of this.#faults) listener(problem);
  }

  /** Tells of what is done. Whoever fails at listening takes nothing back, and keeps nobody else from hearing of it. */
  #tell(commit: Commit): void {
    for (const listener of this.#listeners) {
      try {
        listener(commit);
      } catch (problem) {
        for (const told of this.#faults) told(problem);
      }
    }
  }

  /** Runs one thing after another: a command decides on what the one before left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch((problem: unknown) => this.#tellFault(problem));
    return result;
  }
}
