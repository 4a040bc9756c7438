import { useQuery } from '@tanstack/react-query';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Small } from '#components/ui/editable.tsx';
import { trpc } from '#lib/trpc.ts';
import { useHeld } from '#lib/use-held.ts';
import { FoldingPart } from '../drawer/part.tsx';
import { storyMoment } from '../model/times.ts';
import { draftFrom, heldDraft, holdDraft } from './draft.ts';
import type { Preset } from './draft.ts';
import { PlanCard } from './plan-card.tsx';
import { PlanForm } from './plan-form.tsx';
import type { PlotProps } from './plot-panel.tsx';
import { ENDED } from './words.ts';
import type { Plan } from './words.ts';

/** What is planned and under way, and what became of what was (EV-1, EV-6). */
export function PlansPart({ scenery, open, edit }: PlotProps) {
  const { chatId, stage } = scenery;
  const [held, setHeld] = useHeld(`${chatId}.plan`);
  const { data: presets } = useQuery(trpc.plot.presets.queryOptions());
  const draft = heldDraft(held);
  const plans = [...scenery.plans.values()];
  const standing = plans.filter(({ status }) => status === 'planned' || status === 'active').toSorted(byTime);
  const scene = stage?.sceneId == null ? undefined : scenery.scenes.get(stage.sceneId);
  const begin = (preset: Preset | null): void => {
    const present = open.cast.filter(({ entityId }) => scene === undefined || scene.present.includes(entityId));
    setHeld(holdDraft(draftFrom(preset, stage?.clock ?? null, present)));
  };
  return (
    <FoldingPart name="plans" title="Plans" brief={standing.map(({ title }) => title).join(', ')}>
      {standing.length === 0 && draft === null && <p className="chat-none">Nothing is planned. A date, a journey, a surprise: whoever knows of it looks ahead to it.</p>}
      {standing.length > 0 && (
        <ul className="chat-plot-list" aria-label="Plans">
          {standing.map((plan) => (
            <li key={plan.storyEventId}>
              <PlanCard plan={plan} open={open} clock={stage?.clock ?? null} edit={edit} />
            </li>
          ))}
        </ul>
      )}
      {draft === null ? (
        <div className="chat-plot-new" role="group" aria-label="Plan something">
          <span>Plan</span>
          {presets?.map((preset) => (
            <Small key={preset.kind} strong onClick={() => begin(preset)}>
              {`a ${preset.kind}`.replace(/^a (?=[aeiou])/i, 'an ')}
            </Small>
          ))}
          <Small onClick={() => begin(null)}>something else</Small>
        </div>
      ) : (
        <PlanForm chatId={chatId} open={open} draft={draft} onChange={(next) => setHeld(next === null ? null : holdDraft(next))} />
      )}
      <Over plans={plans.filter(({ status }) => status !== 'planned' && status !== 'active').toReversed()} />
    </FoldingPart>
  );
}

/** Plans that are over, the last first. */
function Over({ plans }: { readonly plans: readonly Plan[] }) {
  if (plans.length === 0) return null;
  return (
    <div className="chat-past">
      <Disclosure summary={plans.length === 1 ? 'One plan that is over' : `${plans.length} plans that are over`}>
        <ol>
          {plans.map(({ storyEventId, title, status, plannedFor }) => (
            <li key={storyEventId}>
              <bdi>{title}</bdi>
              <small>{[status === 'planned' || status === 'active' ? '' : ENDED[status], storyMoment(plannedFor) ?? ''].filter((part) => part !== '').join(' \u00B7 ')}</small>
            </li>
          ))}
        </ol>
      </Disclosure>
    </div>
  );
}

/** What is under way first, then by time, what has none last. */
function byTime(a: Plan, b: Plan): number {
  if (a.status !== b.status) return a.status === 'active' ? -1 : 1;
  return (a.plannedFor ?? '9').localeCompare(b.plannedFor ?? '9') || (a.storyEventId < b.storyEventId ? -1 : 1);
}
