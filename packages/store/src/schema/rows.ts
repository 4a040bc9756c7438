import type { ProjectionName, Row } from '@offstage/domain';
import type { InferSelectModel } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// Columns of each projection's row. A row's key and the place in the log that last changed it stand beside it.
const key = () => text().primaryKey();
const changedSeq = () => integer().notNull();
const str = () => text().notNull();
const maybe = () => text();
const flag = () => integer({ mode: 'boolean' }).notNull();
const int = () => integer().notNull();
const json = <T>() => text({ mode: 'json' }).$type<T>().notNull();
const maybeJson = <T>() => text({ mode: 'json' }).$type<T>();
const oneOf = <T extends string>() => text().$type<T>().notNull();

/** One typed table for each projection. They are dropped and folded afresh when a projection's version changes. */
export const rowTables = {
  personas: sqliteTable(
    'personas',
    { key: key(), personaId: str(), name: str(), pronouns: str(), persona: str(), removed: flag(), changedSeq: changedSeq() },
  ),
  bots: sqliteTable(
    'bots',
    {
      key: key(),
      botId: str(),
      name: str(),
      persona: str(),
      voiceSamples: json<string[]>(),
      traits: json<string[]>(),
      backstory: str(),
      relationship: str(),
      kickoff: str(),
      avatar: maybe(),
      tags: json<string[]>(),
      greeting: str(),
      alternateGreetings: json<string[]>(),
      exampleDialogue: str(),
      creatorNotes: str(),
      model: maybeJson<NonNullable<Row<'bots'>['model']>>(),
      bigFive: maybeJson<NonNullable<Row<'bots'>['bigFive']>>(),
      card: maybeJson<NonNullable<Row<'bots'>['card']>>(),
      authoredAt: str(),
      removed: flag(),
      resets: json<number[]>(),
      changedSeq: changedSeq(),
    },
  ),
  continuities: sqliteTable(
    'continuities',
    { key: key(), continuityId: str(), name: str(), shared: flag(), changedSeq: changedSeq() },
  ),
  lore: sqliteTable(
    'lore',
    {
      key: key(),
      loreId: str(),
      botId: maybe(),
      chatId: maybe(),
      name: str(),
      keys: json<string[]>(),
      secondaryKeys: json<string[]>(),
      content: str(),
      enabled: flag(),
      constant: flag(),
      order: real().notNull(),
      changedSeq: changedSeq(),
    },
  ),
  chats: sqliteTable(
    'chats',
    {
      key: key(),
      chatId: str(),
      kind: oneOf<Row<'chats'>['kind']>(),
      title: str(),
      hostId: maybe(),
      personaId: maybe(),
      continuityId: str(),
      model: maybeJson<NonNullable<Row<'chats'>['model']>>(),
      tuning: json<Row<'chats'>['tuning']>(),
      head: maybe(),
      createdAt: str(),
      touchedAt: str(),
      changedSeq: changedSeq(),
    },
  ),
  turns: sqliteTable(
    'turns',
    {
      key: key(),
      turnId: str(),
      chatId: str(),
      parentId: maybe(),
      depth: int(),
      kind: oneOf<Row<'turns'>['kind']>(),
      speakerId: maybe(),
      addresseeId: maybe(),
      sceneId: maybe(),
      witnesses: json<string[]>(),
      clock: maybe(),
      text: str(),
      edited: maybe(),
      hidden: flag(),
      status: oneOf<Row<'turns'>['status']>(),
      truncated: flag(),
      finishReason: text().$type<NonNullable<Row<'turns'>['finishReason']>>(),
      problem: maybe(),
      usage: maybeJson<NonNullable<Row<'turns'>['usage']>>(),
      model: str(),
      startedAt: str(),
      changedSeq: changedSeq(),
    },
    (t) => [
      index('turns_changed').on(t.chatId, t.changedSeq),
      // So that a start need not look through every turn ever written for those that a crash cut off.
      index('turns_streaming').on(t.status).where(sql`status = 'streaming'`),
    ],
  ),
  branches: sqliteTable(
    'branches',
    { key: key(), chatId: str(), tipId: str(), name: str(), changedSeq: changedSeq() },
    (t) => [index('branches_changed').on(t.chatId, t.changedSeq)],
  ),
  stages: sqliteTable('stages', {
    key: key(),
    chatId: str(),
    clock: maybe(),
    anchor: maybe(),
    weather: str(),
    guestId: maybe(),
    sceneId: maybe(),
    changedSeq: changedSeq(),
  }),
  containers: sqliteTable(
    'containers',
    {
      key: key(),
      containerId: str(),
      chatId: str(),
      name: str(),
      type: str(),
      description: str(),
      moving: flag(),
      public: flag(),
      audibleRange: str(),
      parentId: maybe(),
      changedSeq: changedSeq(),
    },
    (t) => [index('containers_changed').on(t.chatId, t.changedSeq)],
  ),
  activities: sqliteTable(
    'activities',
    {
      key: key(),
      chatId: str(),
      entityId: str(),
      containerId: maybe(),
      slot: str(),
      posture: str(),
      action: maybeJson<NonNullable<Row<'activities'>['action']>>(),
      attention: str(),
      holding: json<string[]>(),
      status: json<Record<string, string>>(),
      changedSeq: changedSeq(),
    },
    (t) => [index('activities_changed').on(t.chatId, t.changedSeq)],
  ),
  scenes: sqliteTable(
    'scenes',
    {
      key: key(),
      sceneId: str(),
      chatId: str(),
      containerId: maybe(),
      startedAt: maybe(),
      endedAt: maybe(),
      closed: flag(),
      participants: json<string[]>(),
      present: json<string[]>(),
      presentSet: oneOf<Row<'scenes'>['presentSet']>(),
      significance: integer().$type<Row<'scenes'>['significance']>().notNull(),
      parentSceneId: maybe(),
      changedSeq: changedSeq(),
    },
    (t) => [index('scenes_changed').on(t.chatId, t.changedSeq)],
  ),
  edges: sqliteTable(
    'edges',
    {
      key: key(),
      continuityId: str(),
      source: str(),
      target: str(),
      affinity: real().notNull(),
      trust: real().notNull(),
      summary: str(),
      knowledge: json<string[]>(),
      lastAt: maybe(),
      changedSeq: changedSeq(),
    },
  ),
  memories: sqliteTable(
    'memories',
    {
      key: key(),
      memoryId: str(),
      ownerId: str(),
      continuityId: str(),
      chatId: str(),
      turnId: str(),
      kind: oneOf<Row<'memories'>['kind']>(),
      text: str(),
      witnesses: json<string[]>(),
      clock: maybe(),
      sceneId: maybe(),
      source: str(),
      reliability: real().notNull(),
      significance: integer().$type<Row<'memories'>['significance']>().notNull(),
      quotes: json<string[]>(),
      coveredBy: maybe(),
      bornSeq: int(),
      changedSeq: changedSeq(),
    },
    (t) => [
      index('memories_owned').on(t.ownerId, t.continuityId, t.bornSeq),
      index('memories_of_scene').on(t.ownerId, t.sceneId).where(sql`sceneId is not null`),
      index('memories_scenes').on(t.ownerId, t.chatId, t.bornSeq).where(sql`kind = 'scene'`),
      index('memories_changed').on(t.continuityId, t.changedSeq),
    ],
  ),
  pins: sqliteTable('pins', {
    key: key(),
    ownerId: str(),
    continuityId: str(),
    pins: json<Row<'pins'>['pins']>(),
    changedSeq: changedSeq(),
  }),
  groupNodes: sqliteTable('groupNodes', {
    key: key(),
    chatId: str(),
    summary: str(),
    mood: str(),
    knownTo: json<string[]>(),
    changedSeq: changedSeq(),
  }),
  digests: sqliteTable(
    'digests',
    {
      key: key(),
      digestId: str(),
      chatId: str(),
      sceneId: str(),
      text: str(),
      knownTo: json<string[]>(),
      consumed: flag(),
      changedSeq: changedSeq(),
    },
    (t) => [index('digests_changed').on(t.chatId, t.changedSeq)],
  ),
  storyEvents: sqliteTable(
    'storyEvents',
    {
      key: key(),
      storyEventId: str(),
      chatId: str(),
      kind: str(),
      title: str(),
      props: json<Record<string, unknown>>(),
      plannedFor: maybe(),
      knownTo: json<string[]>(),
      status: oneOf<Row<'storyEvents'>['status']>(),
      changedSeq: changedSeq(),
    },
    (t) => [index('storyEvents_changed').on(t.chatId, t.changedSeq)],
  ),
  threads: sqliteTable(
    'threads',
    {
      key: key(),
      threadId: str(),
      chatId: str(),
      title: str(),
      summary: str(),
      open: flag(),
      sceneId: maybe(),
      knownTo: json<string[]>(),
      changedSeq: changedSeq(),
    },
    (t) => [index('threads_changed').on(t.chatId, t.changedSeq)],
  ),
  inventory: sqliteTable(
    'inventory',
    {
      key: key(),
      itemId: str(),
      chatId: str(),
      entityId: str(),
      name: str(),
      note: str(),
      lost: flag(),
      changedSeq: changedSeq(),
    },
    (t) => [index('inventory_changed').on(t.chatId, t.changedSeq)],
  ),
  owed: sqliteTable(
    'owed',
    {
      key: key(),
      chatId: str(),
      turnId: str(),
      what: oneOf<Row<'owed'>['what']>(),
      subjectId: str(),
      sinceSeq: int(),
      changedSeq: changedSeq(),
    },
  ),
};

type Columns<N extends ProjectionName> = Omit<InferSelectModel<(typeof rowTables)[N]>, 'key' | 'changedSeq'>;
type Mismatched = {
  [N in ProjectionName]: [Columns<N>, Row<N>] extends [Row<N>, Columns<N>] ? never : N;
}[ProjectionName];

/**
 * Does not compile when a table and its projection's row differ; the error names the projection.
 * @public
 */
export const everyTableFitsItsRow: [Mismatched] extends [never] ? true : Mismatched = true;
