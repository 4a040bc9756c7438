import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { checkedProps, outcomeIn } from '../outcomes.ts';
import type { EdgeRow } from '../projections/edges.ts';
import type { StoryEventRow } from '../projections/storyEvents.ts';
import type { Hand, Wanted } from './edits.ts';
import { changedFields, handIn, notThere, tidy } from './edits.ts';
import type { LearnedFrom } from './learning.ts';
import { moveEdge } from './learning.ts';
import type { Standing } from './send.ts';

/** Plans that may stand in a chat at once, begun ones among them. */
export const PLANS_MOST = 60;
/** EV-2: how long after its time a plan that never began expires, ms of story time. */
const EXPIRES_AFTER_MS = 24 * 3_600_000;

/** What a hand says of a plan. `plannedFor` is ISO 8601 UTC; `knownTo` are those who know of it. */
export interface PlanWanted {
  readonly kind: string;
  readonly title: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly plannedFor: string | null;
  readonly knownTo: readonly string[];
}

/** Whom a name or an id means among those in the story. */
export type WhoIs = (name: string) => string | undefined;

/**
 * EV-1: plans something in the fiction. `standing` is how many plans stand already. Throws DomainError `not_found`,
 * `limit_reached`, and `invalid` with the field that is at fault: a time that has passed, props that cannot be kept.
 */
export function planEvent(state: Standing, input: PlanWanted & { readonly storyEventId: string }, standing: number, who: WhoIs): NewEvent[] {
  const hand = handIn(state);
  if (standing >= PLANS_MOST) throw new DomainError('limit_reached', `${PLANS_MOST} plans stand already. Let one go first.`, []);
  return [hand.write('story_event_planned', { storyEventId: input.storyEventId, ...checked(hand, input, [], who) })];
}

/** EV-1: changes a plan that has not begun. Throws as `planEvent`, and DomainError `already_done` for one that has. */
export function editPlan(state: Standing, row: StoryEventRow | undefined, changes: Wanted<PlanWanted>, who: WhoIs): NewEvent[] {
  const hand = handIn(state);
  const plan = ofChat(hand, row);
  if (plan.status !== 'planned') throw over(plan);
  const whole = { ...plan, ...definite(changes) };
  // A time that was right when it was set need not be set anew because the clock has moved on.
  const sameTime = changes.plannedFor === undefined || changes.plannedFor === plan.plannedFor;
  const next = { ...checked(hand, { ...whole, ...(sameTime && { plannedFor: null }) }, plan.knownTo, who), ...(sameTime && { plannedFor: plan.plannedFor }) };
  const changed = changedFields<PlanFields>(plan, next);
  return changed === undefined ? [] : [hand.write('story_event_edited', { storyEventId: plan.storyEventId, ...changed })];
}

type PlanFields = Pick<StoryEventRow, 'kind' | 'title' | 'props' | 'plannedFor' | 'knownTo'>;

/** What a hand can do with a plan. */
export type PlanStep = 'start' | 'complete' | 'cancel';

const BECOMES = { start: 'active', complete: 'completed', cancel: 'cancelled' } as const;

/**
 * EV-1: starts, completes or cancels a plan by hand; completing promotes what its props say (EV-3). Nothing where it has
 * begun already. Throws DomainError `not_found`, and `already_done` for one that is over.
 */
export function movePlan(state: Standing, row: StoryEventRow | undefined, step: PlanStep, edges: EdgesNow): NewEvent[] {
  const hand = handIn(state);
  const plan = ofChat(hand, row);
  if (plan.status !== 'planned' && plan.status !== 'active') throw over(plan);
  if (step === 'start' && plan.status === 'active') return [];
  const moved = hand.write('story_event_moved', { storyEventId: plan.storyEventId, status: BECOMES[step], prior: plan.status });
  const at = { chatId: hand.chat.chatId, turnId: moved.turnId ?? '', clock: hand.stage.clock };
  return step === 'complete' ? [moved, ...promote(at, plan, hand.chat.continuityId, edges)] : [moved];
}

/** How one stands to another now. */
export type EdgesNow = (source: string, target: string) => EdgeRow | undefined;

/** EV-2: what a reply was found to have done to a plan. Nothing where the plan is over, or has begun already. */
export function learnPlan(from: LearnedFrom, plan: StoryEventRow, step: PlanStep, continuityId: string, edges: EdgesNow): NewEvent[] {
  if (plan.status !== 'planned' && plan.status !== 'active') return [];
  if (step === 'start' && plan.status === 'active') return [];
  const moved = inTurn(from.chatId, from.turnId, 'story_event_moved', { storyEventId: plan.storyEventId, status: BECOMES[step] });
  return step === 'complete' ? [moved, ...promote(from, plan, continuityId, edges)] : [moved];
}

/** EV-2: the plans that never began and whose time is more than a day past. `clock` is ISO 8601 UTC. */
export function expirePlans(from: Pick<LearnedFrom, 'chatId' | 'turnId'>, plans: readonly StoryEventRow[], clock: string | null): NewEvent[] {
  if (clock === null) return [];
  return plans
    .filter(({ status, plannedFor }) => status === 'planned' && plannedFor !== null && Date.parse(clock) - Date.parse(plannedFor) > EXPIRES_AFTER_MS)
    .map(({ storyEventId }) => inTurn(from.chatId, from.turnId, 'story_event_moved', { storyEventId, status: 'expired', prior: 'planned' }));
}

/**
 * EV-3: what comes of a plan that was carried through: things, knowledge, a relationship in other words. The ids of
 * things follow from the plan's: carried through again after a rewind, it brings the same.
 */
function promote(from: LearnedFrom, plan: StoryEventRow, continuityId: string, edges: EdgesNow): NewEvent[] {
  const { gains, learns, feels } = outcomeIn(plan.props);
  const here = <K extends Parameters<typeof inTurn>[2]>(kind: K, payload: Parameters<typeof inTurn<K>>[3]): NewEvent => inTurn(from.chatId, from.turnId, kind, payload);
  const things = gains.map(({ who, thing, note }, n) => here('item_acquired', { itemId: `${plan.storyEventId}.${n}`, entityId: who, name: thing, note }));
  const pairs = new Map(learns.map(({ who, about }) => [`${who}\n${about}`, { source: who, target: about }]));
  const lessons = [...pairs.values()].flatMap(({ source, target }) => {
    const facts = learns.filter(({ who, about }) => who === source && about === target).map(({ fact }) => fact);
    return moveEdge(from, { continuityId, source, target, affinity: 0, trust: 0, facts }, edges(source, target)?.knowledge ?? []);
  });
  const last = new Map(feels.map((one) => [`${one.who}\n${one.about}`, one]));
  const views = [...last.values()].flatMap(({ who, about, words }) => {
    const prior = edges(who, about)?.summary ?? '';
    return words === prior ? [] : [here('edge_summarized', { continuityId, source: who, target: about, summary: words, prior })];
  });
  return [...things, ...lessons, ...views];
}

/** The edges that completing a plan may change: source and target of each. */
export function edgesOf(plan: Pick<StoryEventRow, 'props'>): readonly { readonly source: string; readonly target: string }[] {
  const { learns, feels } = outcomeIn(plan.props);
  return [...learns, ...feels].map(({ who, about }) => ({ source: who, target: about }));
}

function checked({ cast, stage }: Hand, wanted: PlanWanted, before: readonly string[], who: WhoIs): PlanFields {
  const kind = oneLine(wanted.kind);
  const title = oneLine(wanted.title);
  if (title === '') throw new DomainError('invalid', 'A plan needs a name.', ['title']);
  if (kind === '') throw new DomainError('invalid', 'Say what kind of plan it is.', ['kind']);
  const knownTo = [...new Set(wanted.knownTo)];
  // Somebody who has left meanwhile still knows.
  if (knownTo.some((entityId) => !cast.includes(entityId) && !before.includes(entityId))) throw new DomainError('not_found', 'Nobody of that name is in this story.', ['knownTo']);
  if (knownTo.length === 0) throw new DomainError('invalid', 'Somebody has to know of it.', ['knownTo']);
  const { plannedFor } = wanted;
  if (plannedFor !== null && stage.clock !== null && Date.parse(plannedFor) < Date.parse(stage.clock)) {
    throw new DomainError('invalid', 'That time has passed in the story. Choose a later one.', ['plannedFor']);
  }
  return { kind, title, props: checkedProps(wanted.props, who), plannedFor: plannedFor === null ? null : new Date(plannedFor).toISOString(), knownTo };
}

function ofChat({ chat }: Hand, row: StoryEventRow | undefined): StoryEventRow {
  if (row === undefined || row.chatId !== chat.chatId) throw notThere('plan', 'storyEventId');
  return row;
}

function over({ status }: StoryEventRow): DomainError {
  return new DomainError('already_done', status === 'active' ? 'This has begun, so it stays as it is.' : 'This is over, so it stays as it is.', ['storyEventId']);
}

const oneLine = (text: string): string => tidy(text).replaceAll(/\s+/g, ' ');

/** Changes without what is undefined. */
function definite<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only undefined values were dropped, so what is left has the type without them.
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
