import type { LogEvent } from './catalogue.ts';
import type { Addressed } from './events/turn.ts';
import { handlerOf } from './projection.ts';
import type { Row } from './projections.ts';
import type { EdgeRow } from './projections/edges.ts';
import { EDGE_START, edgeKey, edges } from './projections/edges.ts';

/** One thing that a turn changed, or that a hand changed while the story stood there. */
export type TurnChange = { readonly byHand: boolean } & (
  | { readonly what: 'feeling'; readonly source: string; readonly target: string; readonly affinity: number; readonly trust: number; readonly facts: readonly string[] }
  | { readonly what: 'view'; readonly source: string; readonly target: string; readonly summary: string }
  | { readonly what: 'memory'; readonly memoryId: string; readonly ownerId: string; readonly kind: MemoryKind; readonly text: string; readonly significance: number }
  | { readonly what: 'minutes'; readonly minutes: number }
  | { readonly what: 'clock'; readonly clock: string }
  | { readonly what: 'weather'; readonly weather: string }
  | { readonly what: 'doing'; readonly entityId: string; readonly changes: LogEvent<'activity_set'>['payload']['changes'] }
  | { readonly what: 'plan'; readonly storyEventId: string; readonly title: string; readonly became: PlanBecame }
  | { readonly what: 'thread'; readonly threadId: string; readonly title: string; readonly became: 'opened' | 'changed' | 'closed' }
  | { readonly what: 'thing'; readonly itemId: string; readonly name: string; readonly entityId: string | null; readonly became: 'gained' | 'lost' | 'changed' }
  | { readonly what: 'addressed'; readonly addresseeId: string; readonly by: Addressed['by']; readonly confidence: Addressed['confidence']; readonly reason: string }
  | { readonly what: 'interjection'; readonly botId: string; readonly speaks: boolean; readonly addresseeId: string | null; readonly reason: string }
  | { readonly what: 'guest'; readonly entityId: string; readonly came: boolean }
  | { readonly what: 'group'; readonly members: readonly string[]; readonly summary: string; readonly mood: string }
  | { readonly what: 'sceneClosed'; readonly sceneId: string; readonly significance: number }
  | { readonly what: 'sceneOpened'; readonly sceneId: string; readonly containerId: string | null }
);

/** Where an event tells no title or name, it is empty: the row has it. */
type PlanBecame = 'planned' | 'changed' | Row<'storyEvents'>['status'];

type MemoryKind = LogEvent<'memory_written'>['payload']['kind'];

/** What a turn came to: whether all that follows a reply has been done, and what changed. */
export interface TurnOutcome {
  readonly settled: boolean;
  readonly changes: readonly TurnChange[];
}

/** What the events in force of one turn changed, in their order. A memory's latest words and score count. */
export function outcomeOf(events: readonly LogEvent[]): TurnOutcome {
  const changes: TurnChange[] = [];
  let settled = false;
  for (const event of events) {
    const byHand = event.actor === 'person';
    switch (event.kind) {
      case 'passes_settled':
        settled = true;
        break;
      case 'user_turn': {
        const { addresseeId, addressed } = event.payload;
        if (addresseeId !== null && addressed !== undefined) changes.push({ what: 'addressed', byHand: false, addresseeId, ...addressed });
        break;
      }
      case 'interjection_decided':
        changes.push(...interjectionTold(event.payload, byHand));
        break;
      case 'guest_set': {
        const { guestId, leaving } = event.payload;
        if (leaving !== null) changes.push({ what: 'guest', byHand, entityId: leaving, came: false });
        if (guestId !== null) changes.push({ what: 'guest', byHand, entityId: guestId, came: true });
        break;
      }
      case 'group_described': {
        const { knownTo, summary, mood } = event.payload;
        changes.push({ what: 'group', byHand, members: knownTo, summary, mood });
        break;
      }
      case 'edge_update': {
        const { source, target, affinity, trust, facts } = event.payload;
        changes.push({ what: 'feeling', byHand, source, target, affinity, trust, facts });
        break;
      }
      case 'edge_summarized': {
        const { source, target, summary } = event.payload;
        changes.push({ what: 'view', byHand, source, target, summary });
        break;
      }
      case 'memory_written': {
        const { memoryId, ownerId, kind, text, significance } = event.payload;
        drop(changes, memoryId);
        changes.push({ what: 'memory', byHand, memoryId, ownerId, kind, text, significance });
        break;
      }
      case 'memory_scored': {
        const { memoryId, significance } = event.payload;
        const at = changes.findIndex((change) => change.what === 'memory' && change.memoryId === memoryId);
        const memory = changes[at];
        if (memory?.what === 'memory') changes[at] = { ...memory, significance };
        break;
      }
      case 'memory_edited': {
        const { memoryId, text } = event.payload;
        const at = changes.findIndex((change) => change.what === 'memory' && change.memoryId === memoryId);
        const memory = changes[at];
        if (memory?.what === 'memory') changes[at] = { ...memory, text };
        break;
      }
      case 'memory_deleted':
        drop(changes, event.payload.memoryId);
        break;
      case 'clock_advanced':
        changes.push({ what: 'minutes', byHand, minutes: event.payload.minutes });
        break;
      case 'clock_set':
        if (event.payload.clock !== null) changes.push({ what: 'clock', byHand, clock: event.payload.clock });
        break;
      case 'weather_set':
        changes.push({ what: 'weather', byHand, weather: event.payload.weather });
        break;
      case 'activity_set':
        changes.push({ what: 'doing', byHand, entityId: event.payload.entityId, changes: event.payload.changes });
        break;
      case 'story_event_planned':
        changes.push({ what: 'plan', byHand, storyEventId: event.payload.storyEventId, title: event.payload.title, became: 'planned' });
        break;
      case 'story_event_edited':
        changes.push({ what: 'plan', byHand, storyEventId: event.payload.storyEventId, title: '', became: 'changed' });
        break;
      case 'story_event_moved':
        changes.push({ what: 'plan', byHand, storyEventId: event.payload.storyEventId, title: '', became: event.payload.status });
        break;
      case 'story_event_put_back':
        dropLast(changes, (change) => change.what === 'plan' && change.storyEventId === event.payload.storyEventId);
        break;
      case 'thread_opened':
        changes.push({ what: 'thread', byHand, threadId: event.payload.threadId, title: event.payload.title, became: 'opened' });
        break;
      case 'thread_updated':
      case 'thread_edited':
        changes.push({ what: 'thread', byHand, threadId: event.payload.threadId, title: '', became: 'changed' });
        break;
      case 'thread_closed':
        // How it went on just before is part of how it ended.
        dropLast(changes, (change) => change.what === 'thread' && change.threadId === event.payload.threadId && change.byHand === byHand && change.became === 'changed');
        changes.push({ what: 'thread', byHand, threadId: event.payload.threadId, title: '', became: 'closed' });
        break;
      case 'thread_put_back':
        dropLast(changes, (change) => change.what === 'thread' && change.threadId === event.payload.threadId);
        break;
      case 'item_acquired':
        changes.push({ what: 'thing', byHand, itemId: event.payload.itemId, name: event.payload.name, entityId: event.payload.entityId, became: 'gained' });
        break;
      case 'item_edited': {
        const { itemId, changes: words } = event.payload;
        changes.push({ what: 'thing', byHand, itemId, name: words.name ?? '', entityId: words.entityId ?? null, became: words.entityId === undefined ? 'changed' : 'gained' });
        break;
      }
      case 'item_lost':
        changes.push({ what: 'thing', byHand, itemId: event.payload.itemId, name: '', entityId: null, became: 'lost' });
        break;
      case 'item_put_back':
        dropLast(changes, (change) => change.what === 'thing' && change.itemId === event.payload.itemId);
        break;
      case 'scene_closed':
        changes.push({ what: 'sceneClosed', byHand, sceneId: event.payload.sceneId, significance: event.payload.significance });
        break;
      case 'scene_opened':
        changes.push({ what: 'sceneOpened', byHand, sceneId: event.payload.sceneId, containerId: event.payload.containerId });
        break;
      default:
    }
  }
  return { settled, changes };
}

/** What was undone at the same turn is not told. */
/** Who breaks in and why; of an answer after a skip, how it was found who is meant. */
function interjectionTold({ answers, addressed, ...decided }: LogEvent<'interjection_decided'>['payload'], byHand: boolean): TurnChange[] {
  if (answers === undefined) return [{ what: 'interjection', byHand, ...decided }];
  return addressed === undefined ? [] : [{ what: 'addressed', byHand, addresseeId: decided.botId, ...addressed }];
}

function dropLast(changes: TurnChange[], is: (change: TurnChange) => boolean): void {
  const at = changes.findLastIndex(is);
  if (at >= 0) changes.splice(at, 1);
}

function drop(changes: TurnChange[], memoryId: string): void {
  const at = changes.findIndex((change) => change.what === 'memory' && change.memoryId === memoryId);
  if (at >= 0) changes.splice(at, 1);
}

/** What can move an edge. */
type EdgeEvent = LogEvent<'edge_seeded' | 'edge_update' | 'edge_summarized' | 'edge_edited'>;

/** One thing that made an edge what it is (ED-3), with the values as they stood after it. */
export interface EdgeStep {
  readonly seq: number;
  readonly chatId: string;
  readonly turnId: string;
  readonly byHand: boolean;
  /** Chat clock, where the event carries it; ISO 8601 UTC. */
  readonly clock: string | null;
  readonly affinity: number;
  readonly trust: number;
  /** By how much the values really moved: at the ends of the scale less than what was meant. */
  readonly affinityBy: number;
  readonly trustBy: number;
  /** Facts that came to be known here. */
  readonly learned: readonly string[];
  readonly forgotten: readonly string[];
  /** The new view of the other in words; null where it stayed. */
  readonly summary: string | null;
}

/** How an edge came to be what it is: where it began, and every step since. */
export interface EdgeCourse {
  readonly start: { readonly affinity: number; readonly trust: number; readonly summary: string; readonly seeded: boolean };
  readonly steps: readonly EdgeStep[];
}

/**
 * The running values of one edge over the events in force that touch it, oldest first (ED-3). They are folded as the
 * row itself is, so that the last step says what the row says. Steps that changed nothing are left out.
 */
export function courseOf(events: readonly LogEvent[]): EdgeCourse {
  let row: EdgeRow | undefined;
  let start: EdgeCourse['start'] = { affinity: EDGE_START, trust: EDGE_START, summary: '', seeded: false };
  const steps: EdgeStep[] = [];
  for (const event of events) {
    if (!movesEdge(event) || event.chatId === null || event.turnId === null) continue;
    const before = row;
    row = after(row, event);
    if (row === undefined) continue;
    if (event.kind === 'edge_seeded') {
      // Another chat's seed finds the edge there already, and is no step.
      if (before === undefined) start = { affinity: row.affinity, trust: row.trust, summary: row.summary, seeded: true };
      continue;
    }
    const step = stepOf(before ?? { ...row, ...start, knowledge: [] }, row, event, event.chatId, event.turnId);
    if (moved(step)) steps.push(step);
  }
  return { start, steps };
}

function movesEdge(event: LogEvent): event is EdgeEvent {
  return event.kind === 'edge_seeded' || event.kind === 'edge_update' || event.kind === 'edge_summarized' || event.kind === 'edge_edited';
}

function after(row: EdgeRow | undefined, event: EdgeEvent): EdgeRow | undefined {
  // What the handlers of `edges` give is a row of `edges`, which an open kind cannot say.
  return handlerOf(edges, event.kind)?.evolve(row, event, edgeKey(event.payload)) as EdgeRow | undefined;
}

function stepOf(before: EdgeRow, now: EdgeRow, event: EdgeEvent, chatId: string, turnId: string): EdgeStep {
  return {
    seq: event.seq,
    chatId,
    turnId,
    byHand: event.actor === 'person',
    clock: event.kind === 'edge_update' ? event.payload.at : null,
    affinity: now.affinity,
    trust: now.trust,
    affinityBy: now.affinity - before.affinity,
    trustBy: now.trust - before.trust,
    ...knowledgeBetween(before, now, event),
    summary: now.summary === before.summary ? null : now.summary,
  };
}

/** What came to be known and what was forgotten. A turn only adds, so what it names is all there is to look at. */
function knowledgeBetween(before: EdgeRow, now: EdgeRow, event: EdgeEvent): Pick<EdgeStep, 'learned' | 'forgotten'> {
  if (event.kind === 'edge_update') return { learned: event.payload.facts.filter((fact) => !before.knowledge.includes(fact)), forgotten: [] };
  if (event.kind !== 'edge_edited' || event.payload.changes.knowledge === undefined) return { learned: [], forgotten: [] };
  return {
    learned: now.knowledge.filter((fact) => !before.knowledge.includes(fact)),
    forgotten: before.knowledge.filter((fact) => !now.knowledge.includes(fact)),
  };
}

function moved({ affinityBy, trustBy, learned, forgotten, summary }: EdgeStep): boolean {
  return affinityBy !== 0 || trustBy !== 0 || learned.length > 0 || forgotten.length > 0 || summary !== null;
}

/**
 * The steps of the last events alone, reckoned back from the row as it stands: for a look at an edge with a long past.
 * At the ends of the scale a step may seem larger than it was, since what lay beyond them is not known here.
 */
export function trailOf(row: EdgeRow, events: readonly LogEvent[]): readonly EdgeStep[] {
  const steps: EdgeStep[] = [];
  let now = row;
  for (const event of events.toReversed()) {
    if (!movesEdge(event) || event.kind === 'edge_seeded' || event.chatId === null || event.turnId === null) continue;
    const before = beforeOf(now, event);
    const step = stepOf(before, now, event, event.chatId, event.turnId);
    if (moved(step)) steps.unshift(step);
    now = before;
  }
  return steps;
}

/** The row before an event, as far as the event tells. */
function beforeOf(now: EdgeRow, event: EdgeEvent): EdgeRow {
  switch (event.kind) {
    case 'edge_seeded':
      return now;
    case 'edge_update': {
      const { affinity, trust, facts } = event.payload;
      return { ...now, affinity: within(now.affinity - affinity), trust: within(now.trust - trust), knowledge: now.knowledge.filter((fact) => !facts.includes(fact)) };
    }
    case 'edge_summarized':
      return { ...now, summary: event.payload.prior };
    case 'edge_edited': {
      const { affinity, trust, summary, knowledge } = event.payload.prior;
      return { ...now, affinity: affinity ?? now.affinity, trust: trust ?? now.trust, summary: summary ?? now.summary, knowledge: knowledge ?? now.knowledge };
    }
  }
}

const within = (value: number): number => Math.min(100, Math.max(0, value));
