import { useState } from 'react';
import { EditableMoment } from '#components/ui/editable-moment.tsx';
import { EditableText } from '#components/ui/editable-text.tsx';
import { Small } from '#components/ui/editable.tsx';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { Fact, ShowAll } from '../drawer/part.tsx';
import type { Edit } from '../drawer/use-edit.ts';
import type { ChatOpen } from '../model/state.ts';
import { storyMoment } from '../model/times.ts';
import { Knows } from './knows.tsx';
import { asJson, broughtInWords, namesOf, readJson, textsIn } from './words.ts';
import type { Plan } from './words.ts';

interface PlanCardProps {
  readonly plan: Plan;
  readonly open: ChatOpen;
  readonly clock: string | null;
  readonly edit: Edit;
}

type Changes = Parameters<typeof server.plot.changePlan.mutate>[0]['changes'];
type Step = Parameters<typeof server.plot.stepPlan.mutate>[0]['step'];

/** One plan that stands: each of its values can be changed until it begins. */
export function PlanCard({ plan, open, clock, edit }: PlanCardProps) {
  const [all, setAll] = useState(false);
  const { storyEventId, chatId, title, kind, status, plannedFor, knownTo, props } = plan;
  const change = (changes: Changes): Promise<string | null> => edit('The plan is changed.', (commandId) => server.plot.changePlan.mutate({ commandId, chatId, storyEventId, changes }));
  const step = (what: Step, done: string): void => {
    void edit(done, (commandId) => server.plot.stepPlan.mutate({ commandId, chatId, storyEventId, step: what })).then((refusal) => {
      if (refusal !== null) toast(refusal);
    });
  };
  const field = (what: string): string => `${chatId}.plan.${storyEventId}.${what}`;
  const begun = status === 'active';
  const brought = broughtInWords(props, open);
  const late = !begun && plannedFor !== null && clock !== null && plannedFor < clock;
  return (
    <article className="chat-plan" aria-label={title} data-now={begun || undefined}>
      <header>
        {begun ? (
          <h3>
            <bdi>{title}</bdi>
          </h3>
        ) : (
          <h3>
            <EditableText name={field('title')} label="What it is called" value={title} empty="Give it a name" limit={300} onKeep={(next) => change({ title: next })} />
          </h3>
        )}
        {!begun && <ShowAll of={title} open={all} onToggle={() => setAll(!all)} />}
      </header>
      <fieldset disabled={begun} className="contents">
        <legend className="chat-unseen">What is planned</legend>
        <dl className="chat-facts">
          <Fact name="When">
            {begun ? (
              <span className="chat-plan-now">under way</span>
            ) : (
              <EditableMoment
                name={field('time')}
                label="When it is to be"
                value={plannedFor}
                words={`${storyMoment(plannedFor) ?? ''}${late ? ', which has passed' : ''}`}
                empty="No time is set"
                onKeep={(next) => change({ plannedFor: next })}
              />
            )}
          </Fact>
          <Fact name="Known to">
            {begun ? namesOf(open, knownTo) : <Knows name={field('knows')} open={open} knownTo={knownTo} onKeep={(next) => change({ knownTo: next })} />}
          </Fact>
          {all && (
            <Fact name="Kind">
              <EditableText name={field('kind')} label="What kind of plan" value={kind} empty="Say what it is" limit={100} onKeep={(next) => change({ kind: next })} />
            </Fact>
          )}
          {textsIn(props).flatMap(([name, value]) =>
            value === '' && !all
              ? []
              : [
                  <Fact key={name} name={name}>
                    {begun ? value : <EditableText name={field(`prop.${name}`)} label={name} value={value} empty="Not said" limit={4_000} onKeep={(next) => change({ props: { ...props, [name]: next } })} />}
                  </Fact>,
                ],
          )}
        </dl>
        {brought.length > 0 && (
          <div className="chat-plan-brings">
            When it comes to pass
            <ul>
              {brought.map((sentence) => (
                <li key={sentence} dir="auto">{sentence}</li>
              ))}
            </ul>
          </div>
        )}
        {all && !begun && (
          <EditableText
            name={field('json')}
            label="All details, as raw text"
            value={asJson(props, open.cast)}
            empty="{}"
            long
            className="chat-plan-json"
            onKeep={async (text) => {
              const read = readJson(text);
              return 'problem' in read ? read.problem : change({ props: read.props });
            }}
          />
        )}
      </fieldset>
      <div className="chat-plan-steps">
        {!begun && <Small onClick={() => step('start', `\u201C${title}\u201D has begun.`)}>It begins</Small>}
        <Small onClick={() => step('complete', `\u201C${title}\u201D came to pass.`)}>It came to pass</Small>
        <Small onClick={() => step('cancel', `\u201C${title}\u201D is called off.`)}>Call it off</Small>
      </div>
    </article>
  );
}
