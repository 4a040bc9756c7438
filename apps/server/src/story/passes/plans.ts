import { expirePlans, learnPlan } from '@offstage/domain/commands/plans';
import type { NewEvent, Row } from '@offstage/domain';
import { advanced } from '@offstage/domain/projections/stages';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import { timeInWords } from '../../prompt/words.ts';
import { edgesFor } from '../plans.ts';
import type { PassContext } from './pass.ts';
import { pass } from './pass.ts';

const STEPS = { started: 'start', completed: 'complete', cancelled: 'cancel' } as const;

/**
 * EV-2: which plans began, came to pass or were called off; only those are asked about that the speaker knows of, and
 * with none nothing is asked. What is long past and never began expires by rule, whoever knows of it.
 */
export const plans = pass({
  name: 'plans',
  schema: z.object({ moved: z.array(z.object({ plan: z.string(), what: z.enum(['started', 'completed', 'cancelled']) })) }),
  fallback: { moved: [] },
  asks: ({ planLabels }) => planLabels.size > 0,
  instruct: (context) => fromTemplate('pass-plans', { plans: labelled(context).map(([label, plan]) => `${label}: ${inWords(plan)}`).join('; ') }),
  async toEvents({ moved }, context, before) {
    const { chat, reply, read, stage, planned } = context;
    const events: NewEvent[] = [];
    for (const [label, plan] of labelled(context)) {
      const steps = moved.filter((one) => one.plan.trim().toLowerCase() === label).map(({ what }) => what);
      // One that is said to have both begun and ended has ended.
      const step = (['completed', 'cancelled', 'started'] as const).find((what) => steps.includes(what));
      if (step === undefined) continue;
      events.push(...learnPlan(reply, plan, STEPS[step], chat.continuityId, await edgesFor(read, chat.continuityId, [plan])));
    }
    const over = new Set(events.flatMap((event) => (event.kind === 'story_event_moved' ? event.payload.storyEventId : [])));
    const standing = planned.filter(({ storyEventId }) => !over.has(storyEventId));
    return [...events, ...expirePlans(reply, standing, advanced(stage?.clock ?? null, minutesIn(before)))];
  },
});

/** The plans that were asked about and still stand, with what they are called. */
function labelled({ plans: all, planLabels }: PassContext): (readonly [label: string, plan: Row<'storyEvents'>])[] {
  return all.flatMap((plan) => {
    const label = planLabels.get(plan.storyEventId);
    return label === undefined ? [] : [[label, plan] as const];
  });
}

function inWords({ title, kind, status, plannedFor }: Row<'storyEvents'>): string {
  const when = status === 'active' ? 'under way' : plannedFor === null ? 'planned' : `planned for ${timeInWords(plannedFor)}`;
  return `${title.replaceAll(/\s+/g, ' ').slice(0, TITLE_SHOWN).toWellFormed()} (${kind}, ${when})`;
}

/** Characters of a title that a question shows. */
const TITLE_SHOWN = 120;

function minutesIn(events: readonly NewEvent[]): number {
  return events.reduce((total, event) => total + (event.kind === 'clock_advanced' ? event.payload.minutes : 0), 0);
}
