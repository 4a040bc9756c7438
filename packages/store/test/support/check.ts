import type { Diff, LogEvent, ProjectionName } from '@offstage/domain';
import { foldLog, handlerOf, projectionNames, projections, TIMELINE_KINDS, timelineOf } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { expect } from 'vitest';
import { CHECKPOINT_EVERY } from '../../src/checkpoints.ts';
import { RowTable } from '../../src/rowTable.ts';
import type { Step } from './actions.ts';
import { commandOf, decide, opening, purging, undoing } from './actions.ts';
import { testLibrary } from './library.ts';
import { expectedRows, whatIsLeft } from './oracle.ts';

/** Kinds that say where chats stand. Of the story rows they make only `stages`, once per chat, at its very start. */
const TIMELINE: ReadonlySet<string> = new Set(TIMELINE_KINDS);

type Tables = Map<ProjectionName, Map<string, object>>;

/** The oracle is slow: it is asked after every so many steps, and at the end. */
const ASKED_EVERY = 5;

/**
 * Plays the steps, and on the way holds the rows against an oracle that knows no projection; at the end also against a
 * fold from nothing, the file, its checkpoints, a page that was away, and a rebuild. `meddle` may spoil the file before
 * the last moves. Answers how many checkpoints the row with the most of them has passed.
 */
export async function check(steps: readonly Step[], meddle?: (path: string) => void): Promise<number> {
  await using library = await testLibrary();
  const { store } = library;
  const events: LogEvent[] = [];
  const mirror = emptyTables();
  const began = await store.execute(commandOf(0), () => ({ events: opening(), answer: 'begun' }));
  events.push(...began.events.map(frozen));
  apply(mirror, began.diff);
  const away = { seq: 0, epoch: '', tables: emptyTables() };

  for (const [i, step] of steps.entries()) {
    const n = i + 1;
    if (step.do === 'rebuild') {
      await expectMissedToCatchUp(mirror);
      await store.rebuild();
    }
    if (step.do === 'purge') {
      await purge(step, n);
      continue;
    }
    const decided = decide(step, events, n);
    const planned = step.do === 'move' && decided[0]?.kind === 'head_moved' ? await store.plan(decided[0].chatId ?? '', decided[0].payload.to) : undefined;
    const stood = step.do === 'undo' ? copy(mirror) : undefined;
    const commit = await store.execute(commandOf(n), () => ({ events: decided, answer: { n } }));
    events.push(...commit.events.map(frozen));
    apply(mirror, commit.diff);
    if (planned !== undefined) expect(planned, 'TL-5 the plan is what the move did').toEqual(storyOnly(commit.diff));
    if (stood !== undefined) await expectUndoRestores(stood, commit.events, n);
    if (step.do === 'retry') await expectRetryChangesNothing(n);
    if (n === Math.floor(steps.length / 2)) {
      away.seq = commit.seq;
      away.epoch = store.epoch;
      away.tables = copy(mirror);
    }
    if (n === steps.length - 3) meddle?.(library.path);
    if (n % ASKED_EVERY === 0) {
      expect(mirror, `rows told by the commits, after step ${n} (${step.do})`).toEqual(expectedRows(events));
    }
  }

  if (away.epoch === store.epoch) await expectMissedToCatchUp(mirror);
  const expected = expectedRows(events);
  expect(mirror, 'rows told by the commits').toEqual(expected);
  expect(foldLog(events), 'the fold from nothing').toEqual(expected);
  expect(await tablesOf(library.path), 'the rows in the file').toEqual(expected);
  checkpointsHold(library.path, events);
  await store.rebuild();
  expect(await tablesOf(library.path), 'the rows after a rebuild').toEqual(expected);
  return checkpointsHold(library.path, events);

  async function expectRetryChangesNothing(n: number): Promise<void> {
    const again = await store.execute(commandOf(n), () => {
      throw new Error('A retried command must not decide again (TL-14).');
    });
    expect(again).toMatchObject({ replayed: true, answer: { n }, events: [] });
  }

  /** TL-3: what is taken back leaves every row as it was; only when a chat was touched and moved last is another time. */
  async function expectUndoRestores(stood: Tables, moved: readonly LogEvent[], n: number): Promise<void> {
    const back = await store.execute(commandOf(n + 0.5), () => ({ events: undoing(moved), answer: null }));
    events.push(...back.events.map(frozen));
    apply(mirror, back.diff);
    expect(untouched(mirror), `the undo after step ${n}`).toEqual(untouched(stood));
  }

  /** TL-12: what is left is folded as if nothing else had been; a page starts over from there. */
  async function purge(step: Step, n: number): Promise<void> {
    await expectMissedToCatchUp(mirror);
    const decision = purging(step, events);
    if (decision === undefined) return;
    const { heads } = timelineOf(events);
    const highest = events.at(-1)?.seq ?? 0;
    const left = whatIsLeft(events, decision.goes);
    const report = await store.purge(commandOf(n), async () => ({ ...decision, answer: null }));
    expect(report).toMatchObject({ events: events.length - left.length, traceless: true });
    const log = (await store.events({ after: 0, limit: 1_000_000 })).map(frozen);
    expect(log.slice(0, left.length), 'TL-12 the log that is left').toEqual(left);
    const written = log.slice(left.length);
    expect(written.slice(0, decision.stays.length)).toMatchObject(decision.stays);
    expect(written.slice(decision.stays.length).every(({ kind }) => kind === 'head_moved')).toBe(true);
    for (const { seq } of written) expect(seq, 'no place in the log is taken again').toBeGreaterThan(highest);
    const stand = [...heads].filter(([chatId]) => !decision.goes.chats.has(chatId));
    expect(timelineOf(log).heads, 'where chats stand').toEqual(new Map(stand));
    events.splice(0, events.length, ...log);
    const rows = await tablesOf(library.path);
    expect(rows, `the rows after the purge in step ${n}`).toEqual(expectedRows(events));
    checkpointsHold(library.path, events);
    for (const [name, table] of rows) mirror.set(name, table);
  }

  async function expectMissedToCatchUp(expected: Tables): Promise<void> {
    // After a rebuild the epoch is another: the page starts over instead of asking what it missed.
    if (away.epoch !== store.epoch) return;
    for (const chatId of ['c0', 'c1', 'c2']) {
      const missed = await store.missed({ chatId, continuityId: 'k' }, away.seq, 100_000);
      const tables = copy(away.tables);
      for (const { p, key, row } of missed?.changes ?? []) {
        if (row === null) tables.get(p)?.delete(key);
        else tables.get(p)?.set(key, row);
      }
      expect(inScope(tables, chatId), `LV-2 a page that was away knows ${chatId}`).toEqual(inScope(expected, chatId));
    }
  }
}

function emptyTables(): Tables {
  return new Map(projectionNames.map((name) => [name, new Map<string, object>()]));
}

function copy(tables: Tables): Tables {
  return new Map([...tables].map(([name, rows]) => [name, new Map(rows)]));
}

function apply(tables: Tables, diff: Diff): void {
  for (const [name, table] of Object.entries(diff)) {
    const rows = tables.get(name as ProjectionName);
    for (const [key, row] of Object.entries(table.added)) rows?.set(key, row);
    for (const [key, [before, after]] of Object.entries(table.updated)) {
      expect(rows?.get(key), 'what a diff says was there').toEqual(before);
      rows?.set(key, after);
    }
    for (const key of Object.keys(table.removed)) rows?.delete(key);
  }
}

function untouched(tables: Tables): Tables {
  const chats = new Map([...(tables.get('chats') ?? [])].map(([key, row]) => [key, { ...row, touchedAt: '', movedSeq: 0 }]));
  return new Map([...tables, ['chats', chats]]);
}

function storyOnly(diff: Diff): Diff {
  return Object.fromEntries(Object.entries(diff).filter(([name]) => projections[name as ProjectionName].class === 'story'));
}

/** The rows that a page on a chat of continuity `k` is told of. */
function inScope(tables: Tables, chatId: string): Tables {
  return new Map(
    [...tables]
      .filter(([name]) => projections[name].inward !== true)
      .map(([name, rows]) => [
        name,
        new Map([...rows].filter(([, row]) => name === 'chats' || name === 'memories' || !('chatId' in row) || name === 'lore' || row.chatId === chatId)),
      ]),
  );
}

async function tablesOf(path: string): Promise<Tables> {
  const database = new Sqlite(path, { readonly: true });
  try {
    return new Map(
      projectionNames.map((name) => [
        name,
        new Map(new RowTable(database, name).find({}).map(({ key, row }) => [key, row])),
      ]),
    );
  } finally {
    database.close();
  }
}

/** Every 64th touch of a row has its checkpoint, and it says what the row is after the live events up to there. */
function checkpointsHold(path: string, events: readonly LogEvent[]): number {
  const database = new Sqlite(path, { readonly: true });
  try {
    const due = checkpointsDue(events);
    const laid = database
      .prepare<[], { projection: ProjectionName; key: string; seq: number; row: string | null }>(
        'select projection, key, seq, row from checkpoints order by 1, 2, 3',
      )
      .all();
    expect(laid.map(({ row: _row, ...rest }) => rest)).toEqual(due);
    touchesHold(database, events);
    for (const { projection, key, seq, row } of laid) {
      // Which events are live is decided by the whole log, so what decides it stays in, however late.
      const kept = events.filter((event) => event.seq <= seq || TIMELINE.has(event.kind));
      expect(row === null ? undefined : JSON.parse(row), `checkpoint of ${projection} ${key} at ${seq}`).toEqual(
        expectedRows(kept).get(projection)?.get(key),
      );
    }
    const passed = new Map<string, number>();
    for (const { projection, key } of laid) passed.set(projection + key, (passed.get(projection + key) ?? 0) + 1);
    return Math.max(0, ...passed.values());
  } finally {
    database.close();
  }
}

/** What touches each story row, by projection and key: an event says so by itself. */
function touchesOf(events: readonly LogEvent[]): Map<ProjectionName, Map<string, number[]>> {
  const touches = new Map<ProjectionName, Map<string, number[]>>();
  for (const event of events) {
    for (const name of projectionNames) {
      if (projections[name].class !== 'story') continue;
      for (const key of new Set(handlerOf(projections[name], event.kind)?.keys(event))) {
        const rows = touches.get(name) ?? new Map<string, number[]>();
        touches.set(name, rows.set(key, [...(rows.get(key) ?? []), event.seq]));
      }
    }
  }
  return touches;
}

function checkpointsDue(events: readonly LogEvent[]): { projection: string; key: string; seq: number }[] {
  const due = [...touchesOf(events)].flatMap(([projection, rows]) =>
    [...rows].flatMap(([key, seqs]) => seqs.filter((_, n) => (n + 1) % CHECKPOINT_EVERY === 0).map((seq) => ({ projection, key, seq }))),
  );
  const order = ({ projection, key }: { projection: string; key: string }) => `${projection}\n${key}`;
  return due.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : a.seq - b.seq));
}

/** Touches that are written are those that the events tell of, up to the mark; those after it wait. */
function touchesHold(database: Sqlite.Database, events: readonly LogEvent[]): void {
  const mark = Number(database.prepare<[], string>(`select value from meta where name = 'touches'`).pluck().get());
  const told = [...touchesOf(events.filter(({ seq }) => seq <= mark))].flatMap(([projection, rows]) =>
    [...rows].flatMap(([key, seqs]) => seqs.map((seq, n) => `${projection} ${key} ${seq} ${n + 1}`)),
  );
  const written = database.prepare<[], { projection: string; key: string; seq: number; n: number }>('select * from touches').all();
  expect(written.map(({ projection, key, seq, n }) => `${projection} ${key} ${seq} ${n}`).toSorted()).toEqual(told.toSorted());
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
