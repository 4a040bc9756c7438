import { wordsOf } from '@offstage/domain/words';
import { Button } from '#components/ui/button.tsx';
import { Textarea } from '#components/ui/input.tsx';
import { newId } from '#lib/ids.ts';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { useHeld } from '#lib/use-held.ts';
import type { Turn } from '../model/transcript.ts';
import { Work } from './work.tsx';

interface EditPanelProps {
  readonly turn: Turn;
  readonly onClose: () => void;
}

/** Other words in place of a turn's (TL-8). The original is kept. */
export function EditPanel({ turn, onClose }: EditPanelProps) {
  const words = wordsOf(turn);
  const [held, setHeld] = useHeld(`edit.${turn.turnId}`);
  const text = held ?? words;
  const keep = useCommand(
    // The story may have told of the change before this is answered: what was there before goes along.
    (change: { readonly next: string; readonly prior: string }, commandId: string) => server.turns.edit.mutate({ commandId, turnId: turn.turnId, text: change.next }),
    (_nothing, { next, prior }) => {
      setHeld(null);
      if (next.trim() !== prior) toast('The turn says it otherwise now.', { label: 'Undo', run: () => putBack(turn.turnId, prior) }, `words ${turn.turnId}`);
      onClose();
    },
  );
  const leave = (): void => {
    setHeld(null);
    onClose();
  };
  return (
    <Work label="Edit" onClose={leave}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          keep.run({ next: text, prior: words });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        <Textarea aria-label="The words of this turn" aria-invalid={keep.problem !== undefined || undefined} rows={3} className="chat-work-prose" value={text} onChange={(event) => setHeld(event.target.value)} />
        {keep.problem !== undefined && <p role="alert">{keep.problem.message}</p>}
        <div className="chat-work-buttons">
          <Button type="submit" tone="primary" disabled={keep.running || text.trim() === ''}>
            Keep
          </Button>
          <Button tone="quiet" onClick={leave}>
            Leave it
          </Button>
        </div>
      </form>
    </Work>
  );
}

function putBack(turnId: string, text: string): void {
  server.turns.edit.mutate({ commandId: newId(), turnId, text }).catch((error: unknown) => toast(problemOf(error).message));
}
