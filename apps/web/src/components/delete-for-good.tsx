import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from '../lib/toast.ts';
import type { Answers } from '../lib/trpc.ts';
import { queryClient, server, trpc } from '../lib/trpc.ts';
import { useCommand } from '../lib/use-command.ts';
import { DeleteProgress, useDeletionStep } from './delete-progress.tsx';
import { done, isTyped, titles, whatGoes } from './delete-words.ts';
import { ProblemBanner } from './problem-banner.tsx';
import { Banner } from './ui/banner.tsx';
import { Button } from './ui/button.tsx';
import { Choice } from './ui/choice.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Field } from './ui/field.tsx';
import { Input } from './ui/input.tsx';
import { Waiting } from './ui/waiting.tsx';

/** What is to go. Of branches: the one that a turn is on, or with null all that the story does not stand on. */
export type Goes =
  | { readonly what: 'chat'; readonly chatId: string }
  | { readonly what: 'bot'; readonly botId: string }
  | { readonly what: 'branches'; readonly chatId: string; readonly tipId: string | null };

interface DeleteForGoodProps {
  readonly goes: Goes;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Asks for the name of what is to be deleted for good, says what goes with it, and deletes it (TL-12). */
export function DeleteForGood({ goes, open, onClose, onDone }: DeleteForGoodProps) {
  const [typed, setTyped] = useState('');
  const [together, setTogether] = useState(false);
  const target = goes.what === 'bot' ? { ...goes, together } : goes;
  const preview = useQuery(trpc.purge.preview.queryOptions({ target }, { enabled: open, staleTime: 0, gcTime: 0, placeholderData: (before) => before }));
  const close = (): void => {
    if (deletion.running) return;
    setTyped('');
    deletion.forget();
    onClose();
  };
  const [asked, setAsked] = useState<string | null>(null);
  const deletion = useCommand(
    (name: string, commandId) => {
      setAsked(commandId);
      return server.purge.run.mutate({ commandId, target, name });
    },
    (answer) => {
      toast(done(preview.data?.name ?? '', answer));
      for (const list of [trpc.chats.list, trpc.bots.list]) void queryClient.invalidateQueries({ queryKey: list.queryKey() });
      setTyped('');
      onClose();
      onDone?.();
    },
  );
  const step = useDeletionStep(deletion.running ? asked : null);
  const stop = (): void => {
    // Where it is too late, what was asked for is done, and says so.
    if (asked !== null) server.purge.stop.mutate({ of: asked }).catch(() => undefined);
  };
  const ready = preview.data !== undefined && isTyped(typed, preview.data.name) && !deletion.running;
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Delete for good?"
      actions={
        <>
          <Button onClick={deletion.running ? stop : close} disabled={deletion.running && step?.at === 'writing'}>
            {deletion.running ? 'Stop' : 'Keep it'}
          </Button>
          <Button tone="danger" type="submit" form={FORM} disabled={!ready}>
            Delete for good
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) deletion.run(typed);
        }}
      >
        {preview.data === undefined ? (
          preview.error === null ? <Waiting>Looking what would go</Waiting> : <ProblemBanner error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <>
            <Going goes={goes} preview={preview.data} together={together} />
            {goes.what === 'bot' && preview.data.elsewhere.length > 0 && (
              <Choice
                legend={`What ${preview.data.name} said as a guest in ${titles(preview.data.elsewhere)}`}
                value={together ? 'goes' : 'stays'}
                onChange={(value) => setTogether(value === 'goes')}
                options={[
                  { value: 'stays', label: 'Stays', hint: 'The words stay, under the name alone.' },
                  { value: 'goes', label: 'Goes too', hint: 'Those chats are deleted with it.' },
                ]}
              />
            )}
            <Field label={`Type “${preview.data.name}” to confirm`}>
              {(control) => <Input {...control} value={typed} disabled={deletion.running} onChange={(event) => setTyped(event.target.value)} />}
            </Field>
          </>
        )}
        {deletion.running && <DeleteProgress step={step} />}
        {deletion.problem !== undefined && <Banner tone="problem">{deletion.problem.message}</Banner>}
      </form>
    </Dialog>
  );
}

/** One dialog is open at a time. */
const FORM = 'delete-for-good';

function Going({ goes, preview, together }: { readonly goes: Goes; readonly preview: Answers['purge']['preview']; readonly together: boolean }) {
  const counted = whatGoes(preview, goes.what === 'bot');
  return (
    <p className="wrap-anywhere">
      {goes.what === 'chat' && <>The whole chat goes: {counted}.</>}
      {goes.what === 'branches' && <>{counted} go, with all that came of them. The story you stand in stays as it is.</>}
      {goes.what === 'bot' && (
        <>
          {preview.name} goes, with {counted}, and all that {preview.name} felt{together ? '' : ' and remembered'}.
        </>
      )}{' '}
      No undo brings it back, and no trace of it stays in your library. Copies of the library made before still have it.
    </p>
  );
}
