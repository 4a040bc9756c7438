import type { KickoffDraft } from '@offstage/domain/commands/kickoff';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Choice } from '../../components/ui/choice.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { keep } from '../../lib/storage.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';
import { FeelingFields } from './feeling-fields.tsx';
import { FirstWords } from './first-words.tsx';
import type { KickoffForm } from './form.ts';
import { draftFrom, formOf, sceneLine } from './form.ts';
import type { Bot, Persona } from './opening.tsx';
import { PeopleFields } from './people-fields.tsx';
import { PlaceFields } from './place-fields.tsx';

interface OpeningFormProps {
  readonly bot: Bot;
  readonly persona: Persona;
  readonly read: KickoffDraft;
  /** Why it is a plain opening, if it is. */
  readonly note: string | null;
}

type Continuity = 'shared' | 'own';

const CONTINUITIES: readonly { readonly value: Continuity; readonly label: string }[] = [
  { value: 'shared', label: 'Yes, what they were part of' },
  { value: 'own', label: 'No, a story of its own' },
];

/** The opening, every part of it to be changed, and the one button that begins. */
export function OpeningForm({ bot, persona, read, note }: OpeningFormProps) {
  const [, navigate] = useLocation();
  const [form, setForm] = useState(() => formOf(read));
  const [continuity, setContinuity] = useState<Continuity>('shared');
  const begin = useCommand(
    (draft: KickoffDraft, commandId) => server.chats.begin.mutate({ commandId, botId: bot.botId, personaId: persona.personaId, continuity, draft }),
    ({ chatId }) => {
      keep('persona', persona.personaId);
      void queryClient.invalidateQueries({ queryKey: trpc.chats.list.queryKey() });
      navigate(`/chats/${encodeURIComponent(chatId)}`);
    },
  );
  // Before there is any other chat there is nothing to know, and nothing to ask.
  const goesOn = (useQuery(trpc.chats.list.queryOptions()).data ?? []).length > 0;
  const set = (part: Partial<KickoffForm>): void => setForm((before) => ({ ...before, ...part }));
  const fields = begin.problem?.fields ?? [];
  const errorOf = (name: string): string | undefined => (fields.includes(`draft.${name}`) ? begin.problem?.message : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    begin.run(draftFrom(form, read));
  };
  return (
    <form onSubmit={submit} noValidate className="-mb-16 flex flex-col gap-8">
      <p className="flex items-center gap-4 font-prose text-15 text-dim before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        <span className="max-w-[80%] text-center text-balance">{sceneLine(form)}</span>
      </p>
      {note !== null && <Banner>{note}</Banner>}
      {form.prose.trim() !== '' && (
        <p className="font-prose text-17 whitespace-pre-line" dir="auto">
          {form.prose}
        </p>
      )}
      <FirstWords bot={bot} persona={persona} value={form.greeting} onChange={(greeting) => set({ greeting })} />
      <Disclosure summary="Place, time, and the two of you" open={note !== null || fields.length > 0}>
        <div className="flex flex-col gap-10">
          <PlaceFields form={form} errorOf={errorOf} onChange={set} />
          <PeopleFields form={form} botName={bot.name} personaName={persona.name} errorOf={errorOf} onChange={set} />
          <FeelingFields form={form} botName={bot.name} errorOf={errorOf} onChange={set} />
        </div>
      </Disclosure>
      {begin.problem !== undefined && <Banner tone="problem">{begin.problem.message}</Banner>}
      {/* On a phone only the button stays in sight, on wider pages the question with it. */}
      <div className="contents border-t border-line bg-ground mid:sticky mid:bottom-0 mid:-mx-8 mid:flex mid:items-end mid:gap-4 mid:px-8 mid:py-4">
        {goesOn && <Choice<Continuity> legend="Do they remember your other chats?" value={continuity} onChange={setContinuity} options={CONTINUITIES} />}
        <div className="sticky bottom-0 -mx-5 border-t border-line bg-ground px-5 py-3 mid:static mid:mx-0 mid:ml-auto mid:border-0 mid:p-0">
          <Button type="submit" tone="primary" disabled={begin.running} className="w-full px-8 mid:w-auto">
            Begin
          </Button>
        </div>
      </div>
    </form>
  );
}
