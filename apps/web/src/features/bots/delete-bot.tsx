import { useState } from 'react';
import { useLocation } from 'wouter';
import { DeleteForGood } from '../../components/delete-for-good.tsx';
import { Button } from '../../components/ui/button.tsx';

/** Deletes a bot for good, with its chats. */
export function DeleteBot({ botId, name }: { readonly botId: string; readonly name: string }) {
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  return (
    <div>
      <Button tone="quiet" className="max-w-full text-start wrap-anywhere" onClick={() => setAsking(true)}>
        Delete {name} for good
      </Button>
      <DeleteForGood goes={{ what: 'bot', botId }} open={asking} onClose={() => setAsking(false)} onDone={() => navigate('/bots')} />
    </div>
  );
}
