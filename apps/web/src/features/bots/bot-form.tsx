import type { FormEvent } from 'react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { fieldOf } from '../../lib/problem.ts';
import { toast } from '../../lib/toast.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';
import { BotFields } from './bot-fields.tsx';
import type { BotDraft } from './draft.ts';
import { identityOf } from './draft.ts';
import { useBotDraft } from './use-bot-draft.ts';

interface BotFormProps {
  readonly botId: string | null;
  /** The bot as it is saved. */
  readonly stored: BotDraft;
}

/** Everything that makes a bot (WD-2). What is typed is kept until it is saved or discarded. */
export function BotForm({ botId, stored }: BotFormProps) {
  const [, navigate] = useLocation();
  const { draft, set, changed, returned, discard, saved } = useBotDraft(botId, stored);
  const [nameless, setNameless] = useState(false);
  const save = useCommand(
    (input: BotDraft, commandId) =>
      server.bots.author.mutate({ commandId, ...(botId !== null && { botId }), identity: identityOf(input) }),
    (answer, input) => {
      saved();
      void queryClient.invalidateQueries({ queryKey: trpc.bots.pathKey() });
      toast(`${input.name.trim()} is saved.`);
      if (botId === null) navigate(`/bots/${encodeURIComponent(answer.botId)}/begin`);
    },
  );
  const field = save.problem && fieldOf(save.problem);
  const errors = {
    ...(save.problem !== undefined && field !== undefined && { [field]: save.problem.message }),
    ...(nameless && { name: 'They need a name.' }),
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const empty = draft.name.trim() === '';
    setNameless(empty);
    if (empty) document.getElementsByName('name')[0]?.focus();
    else save.run(draft);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-10">
      {returned && (
        <Banner action={<Button tone="quiet" onClick={discard}>Discard them</Button>}>Your unsaved changes from last time are back.</Banner>
      )}
      <BotFields
        draft={draft}
        errors={errors}
        onChange={(part) => {
          set(part);
          if (part.name !== undefined) setNameless(false);
        }}
      />
      {save.problem !== undefined && field === undefined && <Banner tone="problem">{save.problem.message}</Banner>}
      <div className="sticky bottom-0 -mx-5 flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-ground px-5 py-3 mid:-mx-8 mid:px-8">
        <Button type="submit" tone="primary" disabled={save.running || (botId !== null && !changed)}>
          {botId === null ? 'Save and play' : 'Save'}
        </Button>
        {changed && (
          <>
            <Button tone="quiet" onClick={discard}>
              Discard
            </Button>
            <span role="status" className="text-13 text-dim">
              Not saved yet. It is kept in this browser.
            </span>
          </>
        )}
      </div>
    </form>
  );
}
