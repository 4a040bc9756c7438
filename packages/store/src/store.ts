import type { Actor, Diff, LogEvent, NewEvent, PathMove, ProjectionName, Row } from '@offstage/domain';
import type { MemoryHit, MemoryQuery, WordsQuery } from './search/memorySearch.ts';
import type { Vectors } from './search/vectors.ts';
import type { BranchReads } from './branches.ts';
import type { PurgeDecision, PurgeOptions, PurgeReport } from './purge.ts';
import type { Receipt } from './receipts.ts';

/** A command as it reaches the log. The same `id` twice acts once and answers the same (TL-14). */
export interface Command {
  readonly id: string;
  readonly actor: Actor;
  /** Real time, ISO 8601 UTC. */
  readonly at: string;
}

/** What a commit wrote. `replayed` says that the command had been here before and nothing was written now. */
export interface Commit<Answer = unknown> {
  readonly seq: number;
  readonly events: readonly LogEvent[];
  readonly diff: Diff;
  readonly path: readonly PathMove[];
  readonly answer: Answer;
  readonly replayed: boolean;
}

/** What a command decides: events, and what to answer (kept with the receipt; plain JSON, nothing secret). */
export interface Decision<Answer> {
  readonly events: readonly NewEvent[];
  readonly answer: Answer;
}

/** Where a chat stands. */
export interface Head {
  readonly turnId: string;
  readonly depth: number;
}

/** Rows that say who knows of them. */
export type KnownTo = 'threads' | 'storyEvents' | 'digests' | 'groupNodes';

/** Reads by key and by scope. Rows are as of the last commit. */
export interface Reads {
  row<N extends ProjectionName>(projection: N, key: string): Promise<Row<N> | undefined>;
  /** All rows of a projection whose columns equal those given, in key order; an empty `where` reads all. */
  rows<N extends ProjectionName>(projection: N, where: Partial<Row<N>>, limit?: number): Promise<readonly Row<N>[]>;
  /** How many rows equal the columns given; counting ends at `most`. */
  count<N extends ProjectionName>(projection: N, where: Partial<Row<N>>, most?: number): Promise<number>;
  /** Turns that have started and not ended, in any chat. */
  streaming(): Promise<readonly Row<'turns'>[]>;
  head(chatId: string): Promise<Head | undefined>;
  /** Turns of the active path with `from <= depth < to`, in order. */
  path(chatId: string, from: number, to: number): Promise<readonly Row<'turns'>[]>;
  /**
   * The last turns of the active path that `readerId` witnessed and that are not hidden, newest last, at most `limit`
   * (ME-2: there is no way to read turns for a prompt without saying who reads).
   */
  witnessed(chatId: string, readerId: string, limit: number): Promise<readonly Row<'turns'>[]>;
  /** Memories of one owner in one continuity, newest first; `before` is a `bornSeq` to page on. */
  memories(ownerId: string, continuityId: string, page: { before?: number; limit: number }): Promise<readonly Row<'memories'>[]>;
  /** The memories of one owner in one continuity that answer a question best, best first (ME-5). */
  searchMemories(query: MemoryQuery): Promise<readonly MemoryHit[]>;
  /** Looks up the words of a search that will be made with these and more, so that it takes less time then. */
  lookUpMemories(query: WordsQuery): Promise<void>;
  /** What one bot remembers of one scene, oldest first, whatever kind of memory it is. */
  memoriesOfScene(ownerId: string, sceneId: string): Promise<readonly Row<'memories'>[]>;
  /** What one bot remembers of a chat's closed scenes, oldest first, at most the last `limit` accounts. */
  sceneMemories(ownerId: string, chatId: string, limit: number): Promise<readonly Row<'memories'>[]>;
  /**
   * Which memories an owner has of what was said in these turns, sought among its newest in the continuity. What else was
   * noted there, as by hand, does not stand in their words.
   */
  memoriesAbout(ownerId: string, continuityId: string, turnIds: readonly string[]): Promise<readonly { memoryId: string; turnId: string }[]>;
  /**
   * What a prompt may hold of a chat's plot because the reader knows of it (ME-2): open threads, planned and running
   * events, digests that no prompt has carried yet, how those together get on. In the order of their ids.
   */
  known<N extends KnownTo>(projection: N, chatId: string, readerId: string): Promise<readonly Row<N>[]>;
  /** Events in force that touch a row, in order, at most the last `limit` (ED-3): what made it what it is. */
  history(projection: ProjectionName, key: string, limit: number): Promise<readonly LogEvent[]>;
  /** Events in force that hang from a turn, in order: what it led to. */
  ofTurn(turnId: string): Promise<readonly LogEvent[]>;
  /** The chat list, last touched first, each with its head turn. */
  chatList(): Promise<readonly { chat: Row<'chats'>; headTurn: Row<'turns'> | undefined }[]>;
  /** The last place in the log. */
  seq(): Promise<number>;
}

/** Rows changed after a place in the log, for a page that comes back; `undefined` when they are more than `limit`. */
export interface Missed {
  readonly seq: number;
  readonly changes: readonly { readonly p: ProjectionName; readonly key: string; readonly row: object | null }[];
  /** Where the chat's path stands now. One that only grew meets at its own end; one that was moved, nowhere (-1). */
  readonly path: readonly PathMove[];
}

/** What a page is interested in: the library's rows always, one chat's and its continuity's when it is on a chat. */
export interface Scope {
  readonly chatId: string | null;
  readonly continuityId: string | null;
}

/** An uploaded or imported picture, by content hash. */
export interface StoredFile {
  readonly id: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** A model call as kept for the inspector (PR-4): plain JSON, nothing secret. */
export interface KeptCall {
  readonly id: string;
  readonly chatId: string | null;
  readonly turnId: string | null;
  readonly purpose: string;
  readonly startedAt: string;
  readonly record: Record<string, unknown>;
}

/** A structured answer that could not be used: what was asked, and what came instead (MO-3). */
export interface ClassifierFailure {
  readonly chatId: string | null;
  readonly turnId: string | null;
  readonly purpose: string;
  readonly model: string;
  /** What came, cut to 20,000 characters. */
  readonly raw: string;
  readonly problem: string;
  readonly attempts: number;
  /** Real time, ISO 8601 UTC. */
  readonly at: string;
}

/** The words so far of a reply that streams. */
export interface Draft {
  readonly turnId: string;
  readonly chatId: string;
  readonly text: string;
}

/** The event store: one log, its projections, and what stands beside them. */
export interface Store {
  /** Changes at every rebuild and restore: a page that knew another epoch starts over. */
  readonly epoch: string;
  readonly read: Reads;
  /** What lies beside the active paths. */
  readonly branches: BranchReads;
  /**
   * Runs a command: reads, decides, and appends in one transaction; commands run one after another. Throws what
   * `decide` throws, and then nothing is written. Subscribers hear of it after it is durable.
   */
  execute<Answer>(
    command: Command,
    decide: (read: Reads) => Promise<Decision<Answer>> | Decision<Answer>,
  ): Promise<Commit<Answer>>;
  /**
   * What a command was answered (TL-14); undefined for one that is new. Nearly always that is known by heart. `afresh` waits for its turn, and
   * counts what other processes have done until then.
   */
  answered(commandId: string, options?: { readonly afresh?: boolean }): Promise<Receipt | undefined>;
  /** What moving a chat's head would change, without moving it (TL-5, TL-11). */
  plan(chatId: string, to: string): Promise<Diff>;
  /** Called after every commit, in order; returns the way to stop. */
  onCommit(listener: (commit: Commit) => void): () => void;
  missed(scope: Scope, since: number, limit: number): Promise<Missed | undefined>;
  /** Folds everything from the log afresh. `progress` gets places of the log done and in all. */
  rebuild(progress?: (done: number, total: number) => void): Promise<{ events: number; seconds: number }>;
  /**
   * Deletes for good (TL-12): from the log, from everything that stands beside it, and from the file, which shrinks.
   * Rows are folded afresh, so it takes longer than a rebuild. It is done bit by bit: meanwhile what stood before is read,
   * and other commands stand in line. The same command twice acts once. Throws what `decide` throws, and the reason of a
   * signal that aborts; then nothing is deleted.
   */
  purge<Answer>(command: Command, decide: (read: Reads) => Promise<PurgeDecision<Answer>>, options?: PurgeOptions): Promise<PurgeReport<Answer>>;
  /** Called when rows were made anew, under another epoch: whatever is known of them is void. Returns the way to stop. */
  onStartOver(listener: () => void): () => void;
  events(range: { after: number; limit: number }): Promise<readonly LogEvent[]>;
  putFile(file: { mime: string; bytes: Uint8Array }): Promise<string>;
  file(id: string): Promise<StoredFile | undefined>;
  keepCall(call: KeptCall): Promise<void>;
  call(id: string): Promise<KeptCall | undefined>;
  calls(chatId: string, limit: number): Promise<readonly KeptCall[]>;
  /** The calls made for a turn, oldest first. */
  callsOfTurn(turnId: string): Promise<readonly KeptCall[]>;
  /** Keeps an answer that could not be used (MO-3), letting the oldest go beyond 1,000. */
  keepFailure(failure: ClassifierFailure): Promise<void>;
  /** The last of them, newest first. */
  failures(limit: number): Promise<readonly ClassifierFailure[]>;
  /** Keeps the words so far of a reply that streams, in place of those kept before: a crash then leaves them (TN-5). */
  keepDraft(draft: Draft): Promise<void>;
  drafts(): Promise<readonly Draft[]>;
  dropDraft(turnId: string): Promise<void>;
  /**
   * Memories as vectors of an embedding model; from now on searches that bring a vector are by meaning too. What this
   * needs is loaded at the first call. Throws Error on a kind of machine that it is not made for.
   */
  vectors(model: string): Promise<Vectors>;
  /** Called with every error of SQLite while something is written, whoever asked for it (OP-4), and with what those who hear of a commit throw. Returns the way to stop. */
  onFault(listener: (problem: unknown) => void): () => void;
  /** Writes something and takes it back. Rejects with SQLite's error while the file or its disk does not take it. */
  probe(): Promise<void>;
  /**
   * Writes the library to another file from what is held open, also when its own file is no longer under its name. What
   * is committed meanwhile is in it. `progress` gets pages done and in all.
   */
  saveTo(path: string, progress: (done: number, total: number) => void): Promise<void>;
  /** One cheap write-free look at the database, for `/health`. */
  check(): Promise<{ ok: boolean; problem?: string }>;
  close(): Promise<void>;
}
