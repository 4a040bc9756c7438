import type { Row } from '@offstage/domain';
import { setClock } from '@offstage/domain/commands/edits';
import type { EdgesNow, PlanStep, PlanWanted, WhoIs } from '@offstage/domain/commands/plans';
import { edgesOf, editPlan, expirePlans, movePlan, planEvent } from '@offstage/domain/commands/plans';
import { presentIn } from '@offstage/domain/presence';
import { edgeKey } from '@offstage/domain/projections/edges';
import type { Standing } from '@offstage/domain/commands/send';
import type { Command, Reads } from '@offstage/store';
import type { Core } from '../core.ts';
import type { PlanPreset } from '../prompt/presets.ts';
import { presetsIn } from '../prompt/presets.ts';
import { ownTemplate, shippedTemplate } from '../prompt/templates.ts';
import type { Edited } from './edits.ts';
import { edit } from './edits.ts';
import { personCalled } from './passes/context.ts';
import type { People } from './people.ts';

type Tools = Pick<Core, 'store' | 'newId'> & { readonly story: { readonly people: People } };

/** What a hand changes of a plan. */
type PlanChanges = { readonly [K in keyof PlanWanted]?: PlanWanted[K] | undefined };

/** EV-1: the kinds of plans that are offered, from a text that a person can change. */
export function planPresets(): readonly PlanPreset[] {
  return presetsIn(ownTemplate('plan-presets').text ?? shippedTemplate('plan-presets'));
}

/** EV-1: plans something. Throws as `planEvent`. */
export function makePlan(tools: Tools, command: Command, { chatId, plan }: { chatId: string; plan: PlanWanted }): Promise<Edited> {
  return edit(tools, command, chatId, async (state, read) => {
    const [planned, active] = await Promise.all([read.count('storyEvents', { chatId, status: 'planned' }), read.count('storyEvents', { chatId, status: 'active' })]);
    return planEvent(state, { ...plan, storyEventId: tools.newId() }, planned + active, await whoIs(tools, state));
  });
}

/** EV-1: changes a plan that has not begun. Throws as `editPlan`. */
export function changePlan(tools: Tools, command: Command, { chatId, storyEventId, changes }: { chatId: string; storyEventId: string; changes: PlanChanges }): Promise<Edited> {
  return edit(tools, command, chatId, async (state, read) => editPlan(state, await read.row('storyEvents', storyEventId), changes, await whoIs(tools, state)));
}

/** EV-1, EV-3: starts, completes or cancels a plan. Throws as `movePlan`. */
export function stepPlan(tools: Tools, command: Command, { chatId, storyEventId, step }: { chatId: string; storyEventId: string; step: PlanStep }): Promise<Edited> {
  return edit(tools, command, chatId, async (state, read) => {
    const plan = await read.row('storyEvents', storyEventId);
    return movePlan(state, plan, step, await edgesFor(read, state.chat?.continuityId ?? '', plan === undefined ? [] : [plan]));
  });
}

/** SC-3, EV-2: sets the clock; what was planned for long before then expires with it. Throws as `setClock`. */
export function clockByHand(tools: Pick<Core, 'store'>, command: Command, { chatId, clock }: { chatId: string; clock: string }): Promise<Edited> {
  return edit(tools, command, chatId, async (state, read) => {
    const events = setClock(state, clock);
    const [set] = events;
    if (set?.turnId == null) return events;
    return [...events, ...expirePlans({ chatId, turnId: set.turnId }, await read.rows('storyEvents', { chatId, status: 'planned' }), clock)];
  });
}

/** How those stand to each other whom plans speak of. */
export async function edgesFor(read: Reads, continuityId: string, plans: readonly Row<'storyEvents'>[]): Promise<EdgesNow> {
  const keys = plans.flatMap(edgesOf).map((pair) => edgeKey({ continuityId, ...pair }));
  const rows = await Promise.all([...new Set(keys)].map(async (key) => [key, await read.row('edges', key)] as const));
  const found = new Map(rows);
  return (source, target) => found.get(edgeKey({ continuityId, source, target }));
}

/** Whom a name or an id means in the details of a plan: somebody of the story, whether on stage or not. */
async function whoIs({ story }: Tools, { chat, stage, scene }: Standing): Promise<WhoIs> {
  if (chat === undefined) return () => undefined;
  const cast = [...new Set([...presentIn(undefined, { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null }), ...(scene?.participants ?? [])])];
  const names = await story.people.names(cast);
  const people = cast.map((id) => ({ id, name: names.get(id) ?? id, kind: id === chat.personaId ? ('you' as const) : ('bot' as const) }));
  return (name) => (cast.includes(name) ? name : personCalled(name, people)?.id);
}
