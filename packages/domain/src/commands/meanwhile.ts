import type { NewEvent, Payload } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { MEANWHILE_TURNS, goesOn } from '../meanwhileTurns.ts';
import type { MeanwhileRow } from '../projections/meanwhiles.ts';
import type { ActivityRow } from '../projections/activities.ts';
import type { SceneRow } from '../projections/scenes.ts';
import { cleanText } from '../words.ts';
import { playable } from './send.ts';
import type { Standing } from './send.ts';
import type { NextPlace } from './scenes.ts';

/** Where a chat stands, with the meanwhile scene that is open in it. */
export interface MeanwhileStanding extends Standing {
  readonly meanwhile: MeanwhileRow | undefined;
  readonly aside: SceneRow | undefined;
}

export interface BeginMeanwhile {
  readonly sceneId: string;
  readonly mode: MeanwhileRow['mode'];
  /** Turns that the two take, 1 to 30. */
  readonly turns: number;
  /** What the first turn is nudged to; empty for nothing. */
  readonly nudge: string;
  /** Where the two are; undefined where the open scene is. */
  readonly place: NextPlace | undefined;
}

/**
 * MW-1: host and guest go on by themselves, in a scene beside the one that is open. Throws DomainError as `playable`,
 * `invalid` without a guest, `limit_reached` where two are by themselves already.
 */
export function beginMeanwhile(state: MeanwhileStanding, input: BeginMeanwhile): NewEvent[] {
  const { chat, head, stage, scene } = playable(state, state.head?.turnId ?? '');
  const [hostId, guestId] = [chat.hostId, stage?.guestId ?? null];
  if (hostId === null || guestId === null) throw new DomainError('invalid', 'There is nobody to be alone with yet. Bring in a guest first.', ['guest']);
  if (state.aside !== undefined) throw new DomainError('limit_reached', 'The two are by themselves already. End that first.', ['chatId']);
  const { sceneId, place } = input;
  const here = <K extends Parameters<typeof inTurn>[2]>(kind: K, payload: Parameters<typeof inTurn<K>>[3]): NewEvent => inTurn(chat.chatId, head.turnId, kind, payload);
  const containerId = place?.containerId ?? scene?.containerId ?? null;
  const made = place?.create ?? null;
  return [
    ...(made === null || containerId === null
      ? []
      : [here('container_created', { containerId, place: { ...made, moving: false, public: true, audibleRange: '', parentId: null } })]),
    here('scene_opened', {
      sceneId,
      containerId,
      startedAt: stage?.clock ?? null,
      participants: [hostId, guestId],
      presentSet: 'host_guest',
      parentSceneId: scene?.sceneId ?? null,
      meanwhile: true,
    }),
    here('meanwhile_begun', { sceneId, mode: input.mode, turns: input.turns, nudge: nudgeOf(input.nudge) }),
  ];
}

export interface Steering {
  readonly running?: boolean | undefined;
  readonly mode?: MeanwhileRow['mode'] | undefined;
  readonly turns?: number | undefined;
  readonly nudge?: string | undefined;
}

/**
 * MW-1: pauses a meanwhile scene, lets it go on for some turns, or nudges its next one. Nothing where it is so already.
 * Throws DomainError `not_found` where none is open.
 */
export function steerMeanwhile({ chat, head, meanwhile }: MeanwhileStanding, { running, mode, turns, nudge }: Steering): NewEvent[] {
  if (chat === undefined || head === undefined || meanwhile === undefined) {
    throw new DomainError('not_found', 'The two are not by themselves any more.', ['chatId']);
  }
  const changes: Omit<Payload<'meanwhile_steered'>, 'sceneId'> = {};
  if (running !== undefined && running !== goesOn(meanwhile, chat)) changes.running = running;
  const prior: NonNullable<Payload<'meanwhile_steered'>['prior']> = {};
  if (mode !== undefined && mode !== meanwhile.mode) [changes.mode, prior.mode] = [mode, meanwhile.mode];
  if (turns !== undefined) changes.turns = turns;
  else if (running === true && meanwhile.left === 0) changes.turns = MEANWHILE_TURNS;
  if (nudge !== undefined && nudgeOf(nudge) !== meanwhile.nudge) [changes.nudge, prior.nudge] = [nudgeOf(nudge), meanwhile.nudge];
  if (Object.keys(changes).length === 0) return [];
  return [inTurn(chat.chatId, head.turnId, 'meanwhile_steered', { sceneId: meanwhile.sceneId, ...changes, ...(Object.keys(prior).length > 0 && { prior }) })];
}

export interface MeanwhileTurn {
  /** The turn that it is to follow. */
  readonly head: string;
  readonly turnId: string;
  readonly speakerId: string;
  readonly model: string;
}

/**
 * MW-1: starts the next turn of a meanwhile scene: one of the two speaks to the other, and nobody else is there. Throws
 * DomainError as `playable`, `already_done` where the scene does not go on by itself.
 */
export function takeMeanwhileTurn(state: MeanwhileStanding, input: MeanwhileTurn): NewEvent[] {
  const { chat, head, stage } = playable(state, input.head);
  const { meanwhile, aside } = state;
  const other = aside?.present.find((entityId) => entityId !== input.speakerId);
  if (meanwhile === undefined || aside === undefined || other === undefined || meanwhile.left === 0 || !goesOn(meanwhile, chat)) {
    throw new DomainError('already_done', 'The two are not going on by themselves.', ['chatId']);
  }
  return [
    inTurn(chat.chatId, input.turnId, 'assistant_turn_started', {
      parentId: head.turnId,
      depth: head.depth + 1,
      speakerId: input.speakerId,
      addresseeId: other,
      sceneId: aside.sceneId,
      witnesses: [...aside.present],
      clock: stage?.clock ?? null,
      model: input.model,
      meanwhile: true,
      ...(meanwhile.nudge !== null && { nudge: meanwhile.nudge }),
    }),
  ];
}

export interface EndMeanwhile {
  /** The turn at which it ends. */
  readonly turnId: string;
  /** The meanwhile scene. One that is closed, or none, ends nothing. */
  readonly aside: SceneRow | undefined;
  /** The scene beside which it was played. */
  readonly scene: SceneRow | undefined;
  readonly clock: string | null;
  readonly significance: SceneRow['significance'];
  readonly activities: readonly ActivityRow[];
}

/** MW-1: ends a meanwhile scene. The two are back where the open scene is. */
export function endMeanwhile({ turnId, aside, scene, clock, significance, activities }: EndMeanwhile): NewEvent[] {
  if (aside === undefined || aside.closed) return [];
  const { chatId, sceneId } = aside;
  const to = scene?.containerId ?? null;
  const elsewhere = to === null ? [] : aside.present.filter((id) => activities.some(({ entityId, containerId }) => entityId === id && containerId !== null && containerId !== to));
  return [
    inTurn(chatId, turnId, 'scene_closed', { sceneId, endedAt: clock, significance }),
    // What they were doing there is over with it.
    ...elsewhere.map((entityId) => inTurn(chatId, turnId, 'activity_set', { entityId, changes: { containerId: to, posture: '', action: null } })),
  ];
}

/** The id of what is told of a meanwhile scene: told anew, it takes the place of a plain one. */
function digestIdOf(sceneId: string): string {
  return `${sceneId}.digest`;
}

/** Characters of a digest that are kept. */
const DIGEST_MOST = 1_200;

/** MW-4: what went on, told in short for the person who was away. Empty where there is nothing to tell. */
export function tellDigest(aside: SceneRow, turnId: string, told: string): NewEvent[] {
  const text = cleanText(told).trim().slice(0, DIGEST_MOST).toWellFormed();
  if (text === '') return [];
  return [inTurn(aside.chatId, turnId, 'digest_written', { digestId: digestIdOf(aside.sceneId), sceneId: aside.sceneId, text, knownTo: aside.participants })];
}

/** Who takes the next turn: whoever was given it, else the one who did not take the last, else the first of them. */
export function nextInMeanwhile({ lastId, nextId }: Pick<MeanwhileRow, 'lastId' | 'nextId'>, present: readonly string[]): string | undefined {
  return [nextId, present.find((entityId) => lastId !== null && entityId !== lastId), present[0]].find((id): id is string => id != null && present.includes(id));
}

function nudgeOf(raw: string): string | null {
  const nudge = cleanText(raw).replaceAll(/\s+/g, ' ').trim().slice(0, NUDGE_MOST).toWellFormed();
  return nudge === '' ? null : nudge;
}

/** Characters of a nudge; `events/meanwhile` holds it to the same. */
const NUDGE_MOST = 1_000;
