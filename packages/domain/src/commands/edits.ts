import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { presentIn } from '../presence.ts';
import type { ActivityRow } from '../projections/activities.ts';
import type { ChatRow } from '../projections/chats.ts';
import type { ContainerRow } from '../projections/containers.ts';
import type { StageRow } from '../projections/stages.ts';
import { sameJson } from '../same.ts';
import type { Activity } from '../shapes.ts';
import { idle } from '../shapes.ts';
import { cleanText } from '../words.ts';
import type { Standing } from './send.ts';

/** A chat in which a hand can change things. What it changes hangs from the turn where the chat stands, and goes with it. */
export interface Hand {
  readonly chat: ChatRow;
  readonly stage: StageRow;
  /** Everyone in the story, whether on stage or not. */
  readonly cast: readonly string[];
  readonly write: <K extends Parameters<typeof inTurn>[2]>(kind: K, payload: Parameters<typeof inTurn<K>>[3]) => NewEvent;
}

/** Throws DomainError `not_found` where there is no such chat, or nothing was ever on its stage. */
export function handIn({ chat, head, stage, scene }: Standing): Hand {
  if (chat === undefined || head === undefined || stage === undefined) {
    throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  }
  const everyone = presentIn(undefined, { personaId: chat.personaId, hostId: chat.hostId, guestId: stage.guestId });
  return {
    chat,
    stage,
    cast: [...new Set([...everyone, ...(scene?.participants ?? [])])],
    write: (kind, payload) => inTurn(chat.chatId, head.turnId, kind, payload),
  };
}

/** SC-3: sets the story's clock, ISO 8601 UTC. Nothing where it shows that time. Throws DomainError `not_found`. */
export function setClock(state: Standing, clock: string): NewEvent[] {
  const { stage, write } = handIn(state);
  const next = new Date(clock).toISOString();
  if (stage.clock !== null && Date.parse(stage.clock) === Date.parse(next)) return [];
  return [write('clock_set', { clock: next, anchor: null, prior: { clock: stage.clock, anchor: stage.anchor } })];
}

/** WD-3: says what the clock means in the story ("Day 1 = ..."); an empty text says nothing. Throws DomainError `not_found`. */
export function setAnchor(state: Standing, anchor: string): NewEvent[] {
  const { stage, write } = handIn(state);
  const next = tidy(anchor);
  if (next === (stage.anchor ?? '')) return [];
  return [write('clock_set', { clock: null, anchor: next, prior: { clock: stage.clock, anchor: stage.anchor } })];
}

/** SC-8: sets the weather; an empty text is no weather. Throws DomainError `not_found`. */
export function setWeather(state: Standing, weather: string): NewEvent[] {
  const { stage, write } = handIn(state);
  const next = tidy(weather);
  return next === stage.weather ? [] : [write('weather_set', { weather: next, prior: stage.weather })];
}

/** Some fields of a thing, as they are wanted; what is undefined stays as it is. */
export type Wanted<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What a hand can change of a place. */
export type PlaceChanges = Wanted<Omit<ContainerRow, 'containerId' | 'chatId' | 'parentId'>>;

/** WD-4: changes a place of this chat. Throws DomainError `not_found`, and `invalid` for a place without a name. */
export function setPlace(state: Standing, place: ContainerRow | undefined, changes: PlaceChanges): NewEvent[] {
  const { chat, write } = handIn(state);
  if (place === undefined || place.chatId !== chat.chatId) throw notThere('place', 'containerId');
  const wanted = mapText(changes);
  if (wanted.name === '') throw new DomainError('invalid', 'A place needs a name.', ['name']);
  const changed = changedFields<ContainerRow>(place, wanted);
  return changed === undefined ? [] : [write('container_changed', { containerId: place.containerId, ...changed })];
}

/**
 * WD-5: changes what somebody of this chat does, where and how. `place` is the place that the change names, if it
 * names one. Throws DomainError `not_found` for somebody who is not in the story, or a place that is not of it.
 */
export function setActivity(
  state: Standing,
  before: ActivityRow | undefined,
  { entityId, changes, place }: { entityId: string; changes: Wanted<Activity>; place?: ContainerRow | undefined },
): NewEvent[] {
  const { chat, cast, write } = handIn(state);
  if (!cast.includes(entityId)) throw new DomainError('not_found', 'Nobody of that name is in this story.', ['entityId']);
  if (changes.containerId != null && place?.chatId !== chat.chatId) throw notThere('place', 'containerId');
  const tidied = mapText(changes);
  const { holding, action } = tidied;
  const wanted: Wanted<Activity> = {
    ...tidied,
    ...(holding !== undefined && { holding: listed(holding) }),
    // Doing nothing is no action, not one without a word.
    ...(action != null && { action: tidy(action.verb) === '' ? null : { ...action, verb: tidy(action.verb) } }),
  };
  const changed = changedFields<Activity>(before ?? idle, wanted);
  return changed === undefined ? [] : [write('activity_set', { entityId, ...changed })];
}

/** A list as it is kept: tidied, nothing empty, nothing twice. */
export function listed(list: readonly string[]): string[] {
  return [...new Set(list.map(tidy))].filter((item) => item !== '');
}

/** The fields that really change, and what they were; undefined when none does. */
export function changedFields<T extends object>(before: T, wanted: Wanted<T>): { changes: Partial<T>; prior: Partial<T> } | undefined {
  const changes: Partial<T> = {};
  const prior: Partial<T> = {};
  for (const field of Object.keys(wanted) as (keyof T)[]) {
    const value = wanted[field];
    if (value === undefined || sameJson(value, before[field])) continue;
    changes[field] = value;
    prior[field] = before[field];
  }
  return Object.keys(changes).length === 0 ? undefined : { changes, prior };
}

/** The refusal of something that this chat does not have. */
export function notThere(what: string, field: string): DomainError {
  return new DomainError('not_found', `This ${what} is no longer there.`, [field]);
}

/** Text as a hand leaves it: cleaned, without space at its ends. */
export function tidy(text: string): string {
  return cleanText(text).trim();
}

/** A copy of changes with every text in it tidied. */
function mapText<T extends object>(changes: T): T {
  // Each value keeps its type: texts stay texts, everything else is what it was.
  return Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, typeof value === 'string' ? tidy(value) : (value as unknown)])) as T;
}
