import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { courseOf, outcomeOf, trailOf } from '@offstage/domain/explain';
import type { EdgeCourse, EdgeStep, TurnChange } from '@offstage/domain/explain';
import { edgeKey } from '@offstage/domain/projections/edges';
import { wordsOf } from '@offstage/domain/words';
import { storyText } from '@offstage/domain/segments';
import type { Reads } from '@offstage/store';
import type { Core } from '../core.ts';
import type { People } from './people.ts';

/** What a turn changed, and whether there may be more to come. */
export interface ExplainedTurn {
  readonly turnId: string;
  readonly settled: boolean;
  readonly changes: readonly TurnChange[];
}

/** What some turns changed; everyone and every place that is meant in it, by id. */
export interface ExplainedTurns {
  readonly turns: readonly ExplainedTurn[];
  readonly names: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, string>>;
}

/** Somebody's words in short. */
interface Said {
  readonly speakerId: string | null;
  readonly text: string;
}

/** A step of an edge, with what was said in the turn that made it. */
export interface ExplainedStep extends EdgeStep {
  /** Depth of the turn in the chat that asks; null for a turn of another chat. */
  readonly depth: number | null;
  /** The title of the other chat where it happened; null for this one. */
  readonly elsewhere: string | null;
  /** The message and the reply; empty where a hand moved it. */
  readonly said: readonly Said[];
}

/** Why an edge is as it is (ED-3). */
export interface ExplainedEdge {
  readonly start: EdgeCourse['start'];
  /** How many steps there are in all. */
  readonly count: number;
  /** The steps asked for, newest first. */
  readonly steps: readonly ExplainedStep[];
  /** Affinity and trust over the story, from the start on; thinned where there are many. */
  readonly series: readonly { readonly step: number; readonly affinity: number; readonly trust: number; readonly clock: string | null }[];
  readonly names: Readonly<Record<string, string>>;
}

/** How an edge has gone lately. */
export interface EdgeTrail {
  /** Affinity before the first of the last steps and after each, oldest first. */
  readonly affinity: readonly number[];
  /** The last step; null where nothing has moved the edge yet. */
  readonly last: ExplainedStep | null;
}

/** Where a memory comes from. */
export interface MemoryOrigin {
  readonly memoryId: string;
  /** Depth of its turn in the chat that asks; null for a turn of another chat. */
  readonly depth: number | null;
  /** The title of the other chat where it was made; null for this one. */
  readonly elsewhere: string | null;
  readonly clock: string | null;
}

type Tools = Pick<Core, 'store' | 'config'> & { readonly story: { readonly people: People } };

/** Replies that are explained when a page does not say which: what an opened chat shows at once. */
const LAST = 12;
/** Characters of a memory, and of what was said, that are told here. */
const MEMORY_SHORT = 400;
const SAID_SHORT = 140;
/** Steps told at once. */
const STEPS = 60;
/** Events that a trail looks back on. */
const TRAIL = 40;
/** Points of a plot: more than it has pixels nobody sees. */
const POINTS = 400;
/** Events of one edge that are folded for it: more than a year of daily play. */
const EVENTS_MOST = 50_000;

/**
 * What the turns changed, as far as it is in force. Turns of other chats are left out; without ids, the last replies
 * of the chat are explained. Throws DomainError `not_found`.
 */
export async function explainTurns(tools: Tools, { chatId, turnIds }: { chatId: string; turnIds?: readonly string[] | undefined }): Promise<ExplainedTurns> {
  const { read } = tools.store;
  const wanted = turnIds === undefined ? await lastReplies(tools, chatId) : await turnsOf(tools, chatId, turnIds);
  const turns = await Promise.all(
    wanted.map(async ({ turnId }) => {
      const turn = await read.row('turns', turnId);
      // Whom a message was meant for, and that it leaps ahead in time, is told with its reply.
      const before = turn?.kind === 'assistant' && turn.parentId !== null ? await read.ofTurn(turn.parentId) : [];
      const asked = before.some(({ kind }) => kind === 'user_turn') ? before.filter(({ kind }) => kind === 'user_turn' || kind === 'clock_advanced') : [];
      const { settled, changes } = outcomeOf([...asked, ...(await read.ofTurn(turnId))]);
      return { turnId, settled, changes: await asTheyStand(tools, changes) };
    }),
  );
  const all = turns.flatMap(({ changes }) => changes);
  const names = await tools.story.people.names(all.flatMap(entitiesIn));
  return { turns, names: Object.fromEntries(names), places: await placesIn(tools, all) };
}

/** Memories as they are now: a hand may have scored one anew, or taken it away, while the story stood at a later turn. */
async function asTheyStand({ store: { read } }: Tools, changes: readonly TurnChange[]): Promise<TurnChange[]> {
  const now = await Promise.all(
    changes.map(async (change) => {
      if (change.what !== 'memory') return named(read, change);
      const row = await read.row('memories', change.memoryId);
      return row && { ...change, text: short(row.text, MEMORY_SHORT), significance: row.significance };
    }),
  );
  return now.filter((change) => change !== undefined);
}

/** Plans, threads and things by the names that they have now; what has none any longer is left out. */
async function named(read: Reads, change: TurnChange): Promise<TurnChange | undefined> {
  switch (change.what) {
    case 'plan': {
      const title = (await read.row('storyEvents', change.storyEventId))?.title ?? change.title;
      return title === '' ? undefined : { ...change, title };
    }
    case 'thread': {
      const title = (await read.row('threads', change.threadId))?.title ?? change.title;
      return title === '' ? undefined : { ...change, title };
    }
    case 'thing': {
      const row = await read.row('inventory', change.itemId);
      const name = row?.name ?? change.name;
      return name === '' ? undefined : { ...change, name, entityId: change.entityId ?? row?.entityId ?? null };
    }
    default:
      return change;
  }
}

async function lastReplies(tools: Tools, chatId: string): Promise<Row<'turns'>[]> {
  const head = await tools.store.read.head(chatId);
  if (head === undefined) throw notThere();
  const turns = await tools.store.read.path(chatId, Math.max(0, head.depth + 1 - LAST * 2), head.depth + 1);
  return turns.filter(({ kind }) => kind === 'assistant').slice(-LAST);
}

async function turnsOf(tools: Tools, chatId: string, turnIds: readonly string[]): Promise<Row<'turns'>[]> {
  const rows = await Promise.all([...new Set(turnIds)].map((turnId) => tools.store.read.row('turns', turnId)));
  return rows.filter((row) => row?.chatId === chatId).filter((row) => row !== undefined);
}

function entitiesIn(change: TurnChange): readonly string[] {
  switch (change.what) {
    case 'feeling':
    case 'view':
      return [change.source, change.target];
    case 'memory':
      return [change.ownerId];
    case 'doing':
    case 'guest':
      return [change.entityId];
    case 'thing':
      return change.entityId === null ? [] : [change.entityId];
    case 'addressed':
      return [change.addresseeId];
    case 'interjection':
      return [change.botId, change.addresseeId].filter((id) => id !== null);
    case 'group':
      return change.members;
    default:
      return [];
  }
}

async function placesIn({ store }: Tools, changes: readonly TurnChange[]): Promise<Record<string, string>> {
  const ids = new Set<string>();
  for (const change of changes) {
    if (change.what === 'sceneOpened' && change.containerId !== null) ids.add(change.containerId);
    if (change.what === 'doing' && change.changes.containerId != null) ids.add(change.changes.containerId);
  }
  const rows = await Promise.all([...ids].map((id) => store.read.row('containers', id)));
  return Object.fromEntries(rows.flatMap((row) => (row === undefined ? [] : [[row.containerId, row.name]])));
}

/**
 * Why one in the story stands to another as they do (ED-3): where it began, what moved it, and the values over time.
 * `before` is a place in the log to page on from. Edges belong to a continuity, so what moved them may have happened
 * in another chat of it. Throws DomainError `not_found`.
 */
export async function explainEdge(
  tools: Tools,
  { chatId, source, target, before }: { chatId: string; source: string; target: string; before?: number | undefined },
): Promise<ExplainedEdge> {
  const { read } = tools.store;
  const chat = await read.row('chats', chatId);
  if (chat === undefined) throw notThere();
  const key = edgeKey({ continuityId: chat.continuityId, source, target });
  const { start, steps } = courseOf(await read.history('edges', key, EVENTS_MOST));
  const page = steps.filter(({ seq }) => before === undefined || seq < before).slice(-STEPS).toReversed();
  const told = await tellSteps(tools, chatId, page);
  const speakers = told.flatMap(({ said }) => said.map(({ speakerId }) => speakerId));
  const names = await tools.story.people.names([source, target, ...speakers]);
  return { start, count: steps.length, steps: told, series: seriesOf(start, steps), names: Object.fromEntries(names) };
}

/** How an edge has gone lately, and what moved it last. Costs the same however long the story is. Throws DomainError `not_found`. */
export async function edgeTrail(tools: Tools, { chatId, source, target }: { chatId: string; source: string; target: string }): Promise<EdgeTrail> {
  const { read } = tools.store;
  const chat = await read.row('chats', chatId);
  if (chat === undefined) throw notThere();
  const key = edgeKey({ continuityId: chat.continuityId, source, target });
  const [row, events] = await Promise.all([read.row('edges', key), read.history('edges', key, TRAIL)]);
  const steps = row === undefined ? [] : trailOf(row, events);
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return { affinity: [], last: null };
  const [told] = await tellSteps(tools, chatId, [last]);
  return { affinity: [first.affinity - first.affinityBy, ...steps.map(({ affinity }) => affinity)], last: told ?? null };
}

async function tellSteps(tools: Tools, chatId: string, steps: readonly EdgeStep[]): Promise<ExplainedStep[]> {
  const { read } = tools.store;
  const chats = await Promise.all([...new Set(steps.map((step) => step.chatId))].map((id) => read.row('chats', id)));
  const titles = new Map(chats.flatMap((row) => (row === undefined ? [] : [[row.chatId, row.title] as const])));
  return Promise.all(
    steps.map(async (step) => {
      const turn = await read.row('turns', step.turnId);
      const here = step.chatId === chatId;
      return {
        ...step,
        clock: step.clock ?? turn?.clock ?? null,
        depth: here ? (turn?.depth ?? null) : null,
        elsewhere: here ? null : (titles.get(step.chatId) ?? 'another chat'),
        said: turn === undefined || step.byHand ? [] : await exchange(tools, turn),
      };
    }),
  );
}

/** Where memories of the chat's continuity come from; others are left out. Throws DomainError `not_found`. */
export async function originsOf({ store }: Tools, { chatId, memoryIds }: { chatId: string; memoryIds: readonly string[] }): Promise<MemoryOrigin[]> {
  const { read } = store;
  const chat = await read.row('chats', chatId);
  if (chat === undefined) throw notThere();
  const origins = await Promise.all(
    [...new Set(memoryIds)].map(async (memoryId) => {
      const memory = await read.row('memories', memoryId);
      if (memory?.continuityId !== chat.continuityId) return undefined;
      const here = memory.chatId === chatId;
      const [turn, other] = await Promise.all([read.row('turns', memory.turnId), here ? undefined : read.row('chats', memory.chatId)]);
      return { memoryId, depth: here ? (turn?.depth ?? null) : null, elsewhere: here ? null : (other?.title ?? 'another chat'), clock: memory.clock };
    }),
  );
  return origins.filter((origin) => origin !== undefined);
}

/** What a reply answers, and the reply. */
async function exchange({ store, config }: Tools, turn: Row<'turns'>): Promise<Said[]> {
  const parent = turn.parentId === null || turn.kind !== 'assistant' ? undefined : await store.read.row('turns', turn.parentId);
  const markers = { ooc: config.current.chat.ooc };
  return [parent, turn].flatMap((one) => {
    const text = one === undefined || one.kind === 'kickoff' ? '' : short(plain(storyText(wordsOf(one), markers)), SAID_SHORT);
    return one === undefined || text === '' ? [] : [{ speakerId: one.speakerId, text }];
  });
}

/** At most `POINTS` of all values, the last always among them. */
function seriesOf(start: EdgeCourse['start'], steps: readonly EdgeStep[]): ExplainedEdge['series'] {
  const every = Math.max(1, Math.ceil(steps.length / POINTS));
  const points = steps.map(({ affinity, trust, clock }, index) => ({ step: index + 1, affinity, trust, clock }));
  const kept = points.filter(({ step }) => step % every === 0 || step === steps.length);
  return [{ step: 0, affinity: start.affinity, trust: start.trust, clock: null }, ...kept];
}

function plain(text: string): string {
  return text.replaceAll(/[*_>`]+/g, '').replaceAll(/\s+/g, ' ').trim();
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed().trimEnd()}…`;
}

function notThere(): DomainError {
  return new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
}
