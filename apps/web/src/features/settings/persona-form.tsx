import type { FormEvent } from 'react';
import { useState } from 'react';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input, Textarea } from '../../components/ui/input.tsx';
import { fieldOf } from '../../lib/problem.ts';
import { toast } from '../../lib/toast.ts';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';

interface PersonaFormProps {
  /** Null makes a new one. */
  readonly persona: Answers['personas']['list'][number] | null;
  readonly onClose: () => void;
}

/** A persona of yours: made, changed, taken off the list. */
export function PersonaForm({ persona, onClose }: PersonaFormProps) {
  const [name, setName] = useState(persona?.name ?? '');
  const [pronouns, setPronouns] = useState(persona?.pronouns ?? '');
  const [about, setAbout] = useState(persona?.persona ?? '');
  const done = (message: string): void => {
    void queryClient.invalidateQueries({ queryKey: trpc.personas.list.queryKey() });
    toast(message);
    onClose();
  };
  const save = useCommand(
    (_: null, commandId) =>
      server.personas.author.mutate({ commandId, ...(persona !== null && { personaId: persona.personaId }), identity: { name, pronouns, persona: about } }),
    () => done(`${name.trim()} is saved.`),
  );
  const remove = useCommand(
    (personaId: string, commandId) => server.personas.remove.mutate({ commandId, personaId }),
    () => done(`${name.trim()} is off the list. Chats that use them keep them.`),
  );
  const problem = save.problem ?? remove.problem;
  const at = problem && fieldOf(problem);
  const errorAt = (field: string): string | undefined => (at === field ? problem?.message : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.run(null);
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Who you are" className="my-2 flex flex-col gap-5 rounded-box border border-line bg-raised p-5">
      <div className="grid gap-5 mid:grid-cols-[2fr_1fr]">
        <Field label="Name" error={errorAt('name')}>
          {(control) => <Input {...control} required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="Pronouns" optional error={errorAt('pronouns')}>
          {(control) => <Input {...control} maxLength={60} value={pronouns} onChange={(event) => setPronouns(event.target.value)} />}
        </Field>
      </div>
      <Field label="About you" optional hint="What anyone would see or know who meets you." error={errorAt('persona')}>
        {(control) => <Textarea {...control} rows={3} maxLength={20_000} value={about} onChange={(event) => setAbout(event.target.value)} />}
      </Field>
      {problem !== undefined && at === undefined && <Banner tone="problem">{problem.message}</Banner>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" disabled={save.running || name.trim() === ''}>
          Save
        </Button>
        <Button tone="quiet" onClick={onClose}>
          Cancel
        </Button>
        {persona !== null && (
          <Button tone="quiet" className="ml-auto" disabled={remove.running} onClick={() => remove.run(persona.personaId)}>
            Take off the list
          </Button>
        )}
      </div>
    </form>
  );
}
