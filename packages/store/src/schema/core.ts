import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The log. `live` is the projection of head moves and resets: is the event in force (TL-2)? The last event of a command
 * carries its `answer`, until that stands among the receipts.
 */
export const events = sqliteTable(
  'events',
  {
    seq: integer().primaryKey(),
    id: text().notNull(),
    kind: text().notNull(),
    version: integer().notNull(),
    payload: text().notNull(),
    chatId: text(),
    turnId: text(),
    commandId: text().notNull(),
    actor: text().notNull(),
    at: text().notNull(),
    live: integer().notNull(),
    answer: text(),
  },
  (t) => [
    index('events_by_turn').on(t.turnId, t.seq).where(sql`turnId is not null`),
    index('events_by_chat').on(t.chatId, t.seq).where(sql`turnId is null and chatId is not null`),
  ],
);

/** Answers by command: a command that arrives twice acts once (TL-14). The last ones stand with their events still. */
export const receipts = sqliteTable('receipts', {
  commandId: text().primaryKey(),
  seq: integer().notNull(),
  answer: text().notNull(),
  at: text().notNull(),
});

/** Every turn of every chat, and whether it is on the active path. */
export const tree = sqliteTable(
  'tree',
  {
    turnId: text().primaryKey(),
    chatId: text().notNull(),
    parentId: text(),
    depth: integer().notNull(),
    onPath: integer().notNull(),
  },
  (t) => [index('tree_path').on(t.chatId, t.depth).where(sql`onPath = 1`), index('tree_children').on(t.chatId, t.parentId)],
);

/** Where each chat stands. */
export const heads = sqliteTable('heads', {
  chatId: text().primaryKey(),
  turnId: text().notNull(),
  depth: integer().notNull(),
});

/** Which events a bot's reset takes back (TL-10). */
export const owned = sqliteTable(
  'owned',
  { owner: text().notNull(), seq: integer().notNull() },
  (t) => [primaryKey({ columns: [t.owner, t.seq] })],
);

/** Resets in force. */
export const retractions = sqliteTable(
  'retractions',
  { owner: text().notNull(), upTo: integer().notNull() },
  (t) => [primaryKey({ columns: [t.owner, t.upTo] })],
);

/** What no longer counts, since its turn was learned from anew (TL-8). */
export const withdrawn = sqliteTable(
  'withdrawn',
  { turnId: text().notNull(), seq: integer().notNull() },
  (t) => [primaryKey({ columns: [t.turnId, t.seq] })],
);

/** Which events touch which row; `n` counts a row's touches from 1. */
export const touches = sqliteTable(
  'touches',
  { projection: text().notNull(), key: text().notNull(), seq: integer().notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.projection, t.key, t.seq] })],
);

/** A row as it stood after an event: where folding it again can start. `null` is no row. */
export const checkpoints = sqliteTable(
  'checkpoints',
  { projection: text().notNull(), key: text().notNull(), seq: integer().notNull(), row: text() },
  (t) => [primaryKey({ columns: [t.projection, t.key, t.seq] })],
);

/** Rows that are gone, so that a page that comes back hears of it (LV-2). */
export const tombstones = sqliteTable(
  'tombstones',
  {
    projection: text().notNull(),
    key: text().notNull(),
    chatId: text(),
    continuityId: text(),
    seq: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.projection, t.key] }), index('tombstones_by_seq').on(t.seq)],
);

/** The version of each projection's rows, and facts about this database as a whole. */
export const meta = sqliteTable('meta', { name: text().primaryKey(), value: text().notNull() });

/** Pictures, by content hash. */
export const files = sqliteTable('files', {
  id: text().primaryKey(),
  mime: text().notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
});

/** Model calls, for the prompt inspector (PR-4). */
export const calls = sqliteTable(
  'calls',
  {
    n: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    chatId: text(),
    turnId: text(),
    purpose: text().notNull(),
    startedAt: text().notNull(),
    size: integer().notNull(),
    record: text().notNull(),
  },
  (t) => [index('calls_by_chat').on(t.chatId, t.n), index('calls_by_turn').on(t.turnId).where(sql`turnId is not null`), index('calls_size').on(t.size)],
);

/** Words of replies that still stream, so that a crash keeps them (TN-5). */
export const drafts = sqliteTable('drafts', {
  turnId: text().primaryKey(),
  chatId: text().notNull(),
  text: text().notNull(),
});

/** Structured answers that could not be used (MO-3). */
export const classifierFailures = sqliteTable('classifier_failures', {
  n: integer().primaryKey({ autoIncrement: true }),
  chatId: text(),
  turnId: text(),
  purpose: text().notNull(),
  model: text().notNull(),
  raw: text().notNull(),
  problem: text().notNull(),
  attempts: integer().notNull(),
  at: text().notNull(),
});

/**
 * Memories as vectors of an embedding model, kept whether or not the memory is in force: a text that comes back needs
 * not be asked for again. `textHash` says which text the vector is of; `vector` holds 32-bit floats.
 */
export const memoryVectors = sqliteTable(
  'memory_vectors',
  {
    model: text().notNull(),
    ownerId: text().notNull(),
    memoryId: text().notNull(),
    textHash: text().notNull(),
    vector: blob({ mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.model, t.ownerId, t.memoryId] })],
);
