import { useState } from 'react';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';

interface ProviderRowProps {
  readonly provider: Answers['settings']['get']['providers'][number];
  readonly onChange: () => void;
}

/** One connected provider. */
export function ProviderRow({ provider, onChange }: ProviderRowProps) {
  const { id, name, baseUrl, hasKey } = provider;
  const [asking, setAsking] = useState(false);
  const remove = useCommand(
    (which: string, commandId) => server.settings.removeProvider.mutate({ commandId, id: which }),
    () => {
      setAsking(false);
      void queryClient.invalidateQueries({ queryKey: trpc.settings.pathKey() });
    },
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-48">
        <h3 className="text-15 font-semibold">{name}</h3>
        <p className="text-13 wrap-anywhere text-dim">
          {baseUrl} · {hasKey ? 'with a key' : 'without a key'}
        </p>
      </div>
      <div className="flex gap-1">
        <Button tone="quiet" aria-label={`Remove ${name}`} onClick={() => setAsking(true)}>
          Remove
        </Button>
        <Button aria-label={`Change ${name}`} onClick={onChange}>
          Change
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Remove ${name}?`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button tone="danger" disabled={remove.running} onClick={() => remove.run(id)}>
              Remove
            </Button>
          </>
        }
      >
        <p>{hasKey ? 'Its address and key are forgotten.' : 'Its address is forgotten.'} Where one of its models was chosen, the rehearsal model answers until you choose another.</p>
        {remove.problem !== undefined && (
          <div className="mt-3">
            <Banner tone="problem">{remove.problem.message}</Banner>
          </div>
        )}
      </Dialog>
    </li>
  );
}
