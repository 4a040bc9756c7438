import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import type { ActivityRow } from '../projections/activities.ts';
import type { TurnRow } from '../projections/turns.ts';
import type { Activity } from '../shapes.ts';
import { cleanText } from '../words.ts';

/** The reply that something was learned from: what is written hangs from its turn (TL-13). */
export type LearnedFrom = Pick<TurnRow, 'chatId' | 'turnId' | 'clock'>;

/** ED-1: how far one turn moves a feeling at most. */
const STEP_MOST = 10;
/** Facts that one turn teaches about somebody, and characters of each. */
const FACTS_MOST = 8;
const FACT_MOST = 1_000;
/** Minutes that an exchange of words may take; more is a skip, and asked for as one. */
const MINUTES_MOST = 12 * 60;

export interface EdgeMove {
  readonly continuityId: string;
  readonly source: string;
  readonly target: string;
  readonly affinity: number;
  readonly trust: number;
  readonly facts: readonly string[];
}

/** ED-1: moves how one stands to another. Deltas are held to -10..10; what moves nothing and teaches nothing is no event. */
export function moveEdge(from: LearnedFrom, move: EdgeMove, known: readonly string[]): NewEvent[] {
  const affinity = stepOf(move.affinity);
  const trust = stepOf(move.trust);
  const facts = [...new Set(move.facts.map((fact) => trimmed(fact, FACT_MOST)))]
    .filter((fact) => fact !== '' && !known.includes(fact))
    .slice(0, FACTS_MOST);
  if (affinity === 0 && trust === 0 && facts.length === 0) return [];
  const { continuityId, source, target } = move;
  return [inTurn(from.chatId, from.turnId, 'edge_update', { continuityId, source, target, affinity, trust, facts, at: from.clock })];
}

/** SC-3: lets the minutes pass that an exchange took; whole minutes, at most half a day. */
export function passMinutes(from: LearnedFrom, minutes: number): NewEvent[] {
  const whole = Number.isFinite(minutes) ? Math.min(MINUTES_MOST, Math.max(0, Math.round(minutes))) : 0;
  return whole === 0 ? [] : [inTurn(from.chatId, from.turnId, 'clock_advanced', { minutes: whole })];
}

/** SC-8: the weather turned. Nothing where it is as it was. */
export function turnWeather(from: LearnedFrom, weather: string, now: string): NewEvent[] {
  const next = trimmed(weather, 300);
  return next === '' || next.toLowerCase() === now.toLowerCase() ? [] : [inTurn(from.chatId, from.turnId, 'weather_set', { weather: next })];
}

/** What somebody was seen to do. `null` leaves a thing as it was; an empty action ends one. */
export interface SeenDoing {
  readonly containerId: string | null;
  readonly posture: string | null;
  readonly action: string | null;
  readonly holding: readonly string[] | null;
  readonly attention: string | null;
}

/** WD-5: notes what somebody does now. Nothing where it is as it was. */
export function noteActivity(from: LearnedFrom, entityId: string, seen: SeenDoing, before: ActivityRow | undefined): NewEvent[] {
  const changes: Partial<Activity> = {};
  if (seen.containerId !== null && seen.containerId !== before?.containerId) changes.containerId = seen.containerId;
  if (seen.posture !== null && trimmed(seen.posture, 200) !== (before?.posture ?? '')) changes.posture = trimmed(seen.posture, 200);
  if (seen.action !== null && trimmed(seen.action, 300) !== (before?.action?.verb ?? '')) {
    const verb = trimmed(seen.action, 300);
    changes.action = verb === '' ? null : { verb, interruptible: true, attention: 'medium', expectedMinutes: null };
  }
  if (seen.attention !== null && trimmed(seen.attention, 300) !== (before?.attention ?? '')) changes.attention = trimmed(seen.attention, 300);
  if (seen.holding !== null) {
    const holding = [...new Set(seen.holding.map((thing) => trimmed(thing, 200)))].filter((thing) => thing !== '').slice(0, 50);
    if (holding.join('\n') !== (before?.holding ?? []).join('\n')) changes.holding = holding;
  }
  return Object.keys(changes).length === 0 ? [] : [inTurn(from.chatId, from.turnId, 'activity_set', { entityId, changes })];
}

function stepOf(delta: number): number {
  return Number.isFinite(delta) ? Math.min(STEP_MOST, Math.max(-STEP_MOST, Math.round(delta))) : 0;
}

function trimmed(text: string, most: number): string {
  return cleanText(text).trim().slice(0, most).toWellFormed();
}
