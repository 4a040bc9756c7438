import { useEffect, useId, useRef, useState } from 'react';
import { Small } from '#components/ui/editable.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input, Textarea } from '#components/ui/input.tsx';
import type { Problem } from '#lib/problem.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { tell } from '../drawer/use-edit.ts';
import type { ChatOpen } from '../model/state.ts';
import { Brings } from './brings.tsx';
import type { PlanDraft } from './draft.ts';
import { inJson, propsOf } from './draft.ts';
import { WhoKnows } from './knows.tsx';
import { readJson, textsIn } from './words.ts';

interface PlanFormProps {
  readonly chatId: string;
  readonly open: ChatOpen;
  readonly draft: PlanDraft;
  /** Null leaves it. */
  readonly onChange: (draft: PlanDraft | null) => void;
}

/** A plan as it is made: what, when, who knows, and its details as a form or as raw text, which is JSON (EV-1). */
export function PlanForm({ chatId, open, draft, onChange }: PlanFormProps) {
  const frame = useRef<HTMLFormElement>(null);
  const [badJson, setBadJson] = useState<string | undefined>(undefined);
  const knowsId = useId();
  useEffect(() => frame.current?.querySelector('input')?.focus(), []);
  const make = useCommand(
    (plan: Parameters<typeof server.plot.plan.mutate>[0]['plan'], commandId: string) => server.plot.plan.mutate({ commandId, chatId, plan }),
    (edited, { title }) => {
      onChange(null);
      tell(chatId, `\u201C${title.trim()}\u201D is planned.`, edited);
    },
  );
  const put = (part: Partial<PlanDraft>): void => {
    make.forget();
    setBadJson(undefined);
    onChange({ ...draft, ...part });
  };
  const keep = (): void => {
    const read = propsOf(draft);
    if ('problem' in read) {
      setBadJson(read.problem);
      return;
    }
    const at = draft.time === '' ? null : Date.parse(`${draft.time}Z`);
    make.run({ kind: draft.kind, title: draft.title, props: read.props, plannedFor: at === null || Number.isNaN(at) ? null : new Date(at).toISOString(), knownTo: [...draft.knownTo] });
  };
  const backToForm = (): void => {
    const read = readJson(draft.json ?? '');
    if ('problem' in read) setBadJson(read.problem);
    // What the form has no field for stays where it is: in the JSON.
    else if (Object.values(read.props).every((value) => typeof value === 'string')) put({ json: null, fields: textsIn(read.props), brings: [] });
    else setBadJson('The form has no fields for all of this. Keep it as raw text.');
  };
  const wrong = (field: string): string | undefined => (at(make.problem) === field ? make.problem?.message : undefined);
  const elsewhere = make.problem !== undefined && !['title', 'kind', 'plannedFor', 'props', 'knownTo'].includes(at(make.problem) ?? '') ? make.problem.message : undefined;
  return (
    <form
      ref={frame}
      className="chat-add chat-plan-form"
      aria-label="A new plan"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        onChange(null);
      }}
    >
      <Field label="What is planned" error={wrong('title')}>
        {(control) => <Input {...control} value={draft.title} maxLength={300} onChange={(event) => put({ title: event.target.value })} />}
      </Field>
      <Field label="What kind of plan" error={wrong('kind')}>
        {(control) => <Input {...control} value={draft.kind} maxLength={100} onChange={(event) => put({ kind: event.target.value })} />}
      </Field>
      <Field label="When" optional error={wrong('plannedFor')}>
        {(control) => <Input {...control} type="datetime-local" min="0001-01-01T00:00" max="9999-12-31T23:59" value={draft.time} onChange={(event) => put({ time: event.target.value })} />}
      </Field>
      <div role="group" aria-labelledby={knowsId} className="flex flex-col gap-1.5">
        <span id={knowsId} className="text-13 font-semibold">Who knows this?</span>
        <WhoKnows cast={open.cast} knownTo={draft.knownTo} onChange={(knownTo) => put({ knownTo })} />
        {wrong('knownTo') !== undefined && <p role="alert" className="text-13 text-danger">{wrong('knownTo')}</p>}
      </div>
      {draft.json === null ? (
        <>
          {draft.fields.map(([name, value], nth) => (
            <Field key={name} label={name.charAt(0).toUpperCase() + name.slice(1)} optional>
              {(control) => <Input {...control} value={value} maxLength={4_000} onChange={(event) => put({ fields: draft.fields.with(nth, [name, event.target.value]) })} />}
            </Field>
          ))}
          <Brings draft={draft} cast={open.cast} error={wrong('props')} onChange={(brings) => put({ brings })} />
        </>
      ) : (
        <Field label="Details, as raw text" hint="Each stands as &quot;name&quot;: &quot;words&quot; and is told to whoever knows. gains, learns and feels say what it brings." error={badJson ?? wrong('props')}>
          {(control) => <Textarea {...control} className="chat-plan-json" dir="ltr" spellCheck={false} rows={6} value={draft.json ?? ''} onChange={(event) => put({ json: event.target.value })} />}
        </Field>
      )}
      {elsewhere !== undefined && <p role="alert" className="text-13 text-danger">{elsewhere}</p>}
      <div className="flex flex-wrap gap-1">
        <Small strong onClick={keep} disabled={make.running}>
          {make.running ? 'Planning\u2026' : 'Plan it'}
        </Small>
        <Small onClick={() => onChange(null)} disabled={make.running}>
          Leave it
        </Small>
        {draft.json === null ? <Small onClick={() => put(inJson(draft, open.cast))}>Details as raw text</Small> : <Small onClick={backToForm}>Details as a form</Small>}
      </div>
    </form>
  );
}

/** The field that a refusal is about. */
function at(problem: Problem | undefined): string | undefined {
  const path = problem?.fields[0]?.split('.');
  return path?.find((step) => ['title', 'kind', 'plannedFor', 'props', 'knownTo'].includes(step));
}
