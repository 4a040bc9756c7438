import { useState } from 'react';
import { useLocation } from 'wouter';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { toast } from '../../lib/toast.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';

/** Takes a bot off the list, after saying what that means. */
export function RemoveBot({ botId, name }: { readonly botId: string; readonly name: string }) {
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const remove = useCommand(
    (id: string, commandId) => server.bots.remove.mutate({ commandId, botId: id }),
    () => {
      void queryClient.invalidateQueries({ queryKey: trpc.bots.list.queryKey() });
      toast(`${name} is off the list.`);
      navigate('/bots');
    },
  );
  return (
    <div>
      <Button tone="quiet" className="max-w-full text-start wrap-anywhere" onClick={() => setAsking(true)}>
        Remove {name}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Remove ${name}?`}
        actions={
          <>
            <Button className="max-w-full wrap-anywhere" onClick={() => setAsking(false)}>
              Keep {name}
            </Button>
            <Button tone="danger" disabled={remove.running} onClick={() => remove.run(botId)}>
              Remove
            </Button>
          </>
        }
      >
        <p>{name} leaves your list of bots, and no new story can begin. The chats you have stay as they are, and can be played on.</p>
        {remove.problem !== undefined && (
          <div className="mt-3">
            <Banner tone="problem">{remove.problem.message}</Banner>
          </div>
        )}
      </Dialog>
    </div>
  );
}
