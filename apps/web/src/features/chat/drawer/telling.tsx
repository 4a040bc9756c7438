import { Progress } from '#components/ui/progress.tsx';
import { Small } from '#components/ui/editable.tsx';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import type { TellingNow } from '../model/state.ts';

interface TellingProps {
  readonly telling: TellingNow;
  /** The server knows of none: what this page has heard is out of date. */
  readonly onOver: () => void;
}

/** How much of a scene that has closed is told, and the way to be done with it (UI-10). The story goes on meanwhile. */
export function Telling({ telling: { chatId, done, total }, onOver }: TellingProps) {
  const stop = useCommand(
    (_nothing: null) => server.scenes.stopTelling.mutate({ chatId }),
    ({ stopped }) => {
      if (stopped) toast('Stopped. What was told by then is kept, and the small memories stay as they are.');
      else onOver();
    },
  );
  return (
    <div role="group" aria-label="The last scene" className="chat-telling">
      <Progress done={done} total={total}>
        The last scene is being put into words
      </Progress>
      {stop.problem !== undefined && <p role="alert">{stop.problem.message}</p>}
      <Small strong disabled={stop.running} onClick={() => stop.run(null)}>
        Stop
      </Small>
    </div>
  );
}
