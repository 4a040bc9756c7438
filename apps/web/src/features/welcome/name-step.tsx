import type { FormEvent } from 'react';
import { useState } from 'react';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input, Textarea } from '../../components/ui/input.tsx';
import { fieldOf } from '../../lib/problem.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';

interface Identity {
  readonly name: string;
  readonly pronouns: string;
  readonly persona: string;
}

/** Asks who writes. The name is the only thing needed. It hangs from the top, so that nothing moves when it grows. */
export function NameStep({ onDone }: { readonly onDone: (name: string) => void }) {
  const [identity, setIdentity] = useState<Identity>({ name: '', pronouns: '', persona: '' });
  const [empty, setEmpty] = useState(false);
  const make = useCommand(
    (input: Identity, commandId) => server.personas.author.mutate({ commandId, identity: input }),
    (_answer, input) => {
      onDone(input.name.trim());
      void queryClient.invalidateQueries({ queryKey: trpc.personas.list.queryKey() });
    },
  );
  const at = make.problem === undefined ? undefined : fieldOf(make.problem);
  const set = (part: Partial<Identity>): void => {
    setIdentity((before) => ({ ...before, ...part }));
    setEmpty(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (identity.name.trim() === '') setEmpty(true);
    else make.run(identity);
  };
  return (
    <form onSubmit={submit} className="mx-auto mt-[14vh] mb-auto flex w-full max-w-[26rem] flex-col gap-7" noValidate>
      <div className="flex flex-col gap-3">
        <h1 className="font-prose text-34">Welcome to Offstage</h1>
        <p className="font-prose text-17 text-dim">Stories with people who remember you, feel differently about each other, and go on living when you leave the stage.</p>
      </div>
      {/* With room kept for what may be said beneath: the button stays under the pointer. */}
      <Field label="What shall they call you?" className="-mb-5 min-h-26 mid:min-h-24" error={empty ? 'A name is all it takes. Any will do.' : at === 'name' ? make.problem?.message : undefined}>
        {(control) => <Input {...control} value={identity.name} onChange={(event) => set({ name: event.target.value })} autoFocus maxLength={120} required />}
      </Field>
      <Disclosure summary="Say more about yourself, if you like">
          <Field label="Pronouns" optional error={at === 'pronouns' ? make.problem?.message : undefined}>
            {(control) => <Input {...control} value={identity.pronouns} onChange={(event) => set({ pronouns: event.target.value })} maxLength={60} />}
          </Field>
          <Field label="A line about you" optional hint="What anyone would see or know who meets you." error={at === 'persona' ? make.problem?.message : undefined}>
            {(control) => <Textarea {...control} value={identity.persona} onChange={(event) => set({ persona: event.target.value })} rows={2} maxLength={20_000} />}
          </Field>
      </Disclosure>
      {make.problem !== undefined && at === undefined && <Banner tone="problem">{make.problem.message}</Banner>}
      <Button type="submit" tone="primary" disabled={make.running} className="self-start px-6">
        Continue
      </Button>
    </form>
  );
}
