import { useState } from 'react';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { newId } from '../../lib/ids.ts';
import { problemOf } from '../../lib/problem.ts';
import { toast } from '../../lib/toast.ts';
import { server } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';

/** Takes back all that a bot remembers and feels, once its name was typed (TL-10). */
export function ResetBot({ botId, name }: { readonly botId: string; readonly name: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const reset = useCommand(
    (text: string, commandId: string) => server.bots.reset.mutate({ commandId, botId, name: text }),
    ({ upTo, chats }) => {
      setTyped(null);
      const back = chats === 0 ? '' : chats === 1 ? ' One chat stands at its beginning.' : ` ${chats} chats stand at their beginnings.`;
      toast(`${name} remembers nothing of what was played.${back}`, { label: 'Undo', run: () => lift(botId, name, upTo) });
    },
  );
  const close = (): void => {
    setTyped(null);
    reset.forget();
  };
  const problem = reset.problem;
  return (
    <div>
      <Button tone="quiet" className="max-w-full text-start wrap-anywhere" onClick={() => setTyped('')}>
        Reset {name}
      </Button>
      <Dialog
        open={typed !== null}
        onClose={close}
        title={`Reset ${name}?`}
        actions={
          <>
            <Button className="max-w-full wrap-anywhere" onClick={close}>
              Leave {name} as they are
            </Button>
            <Button tone="danger" disabled={reset.running || (typed ?? '').trim() === ''} onClick={() => reset.run(typed ?? '')}>
              Reset
            </Button>
          </>
        }
      >
        <p>
          {name} goes back to the beginning: what they remember and feel is taken back everywhere, also where they were a guest, and the chats they host stand at their first words again. Who they are stays. What was
          played stays too, in the timeline of each chat.
        </p>
        <form
          className="mt-4 text-ink"
          onSubmit={(event) => {
            event.preventDefault();
            if ((typed ?? '').trim() !== '') reset.run(typed ?? '');
          }}
        >
          <Field label={`Type their name to confirm: ${name}`} error={problem?.fields[0] === 'name' ? problem.message : undefined}>
            {(control) => <Input {...control} value={typed ?? ''} onChange={(event) => setTyped(event.target.value)} />}
          </Field>
        </form>
        {problem !== undefined && problem.fields[0] !== 'name' && (
          <div className="mt-3">
            <Banner tone="problem">{problem.message}</Banner>
          </div>
        )}
      </Dialog>
    </div>
  );
}

function lift(botId: string, name: string, upTo: number): void {
  server.bots.undoReset.mutate({ commandId: newId(), botId, upTo }).then(
    () => toast(`${name} remembers again.`),
    (error: unknown) => toast(problemOf(error).message),
  );
}
