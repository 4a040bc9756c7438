import { useEffect, useRef, useState } from 'react';
import { Small } from '#components/ui/editable.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import type { CastMember } from '../model/state.ts';

interface CloseSceneProps {
  readonly chatId: string;
  /** The bots who are there, and will tell of it. */
  readonly bots: readonly CastMember[];
}

/** Ends the scene by hand, having said what that does (SC-2). */
export function CloseScene({ chatId, bots }: CloseSceneProps) {
  const [asking, setAsking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const begun = useRef(false);
  useEffect(() => {
    // The button that was pressed has gone: the focus goes to what stands in its place.
    if (begun.current) place.current?.querySelector('button')?.focus();
    begun.current = true;
  }, [asking]);
  const close = useCommand(
    (_nothing: null, commandId: string) => server.scenes.close.mutate({ commandId, chatId }),
    ({ closed }) => {
      setAsking(false);
      toast(closed ? 'The scene is closed, and the next has begun.' : 'Nothing has happened in this scene yet, so it stays open.');
    },
  );
  if (!asking) {
    return (
      <div ref={place} className="chat-close">
        <Small onClick={() => setAsking(true)}>Close this scene</Small>
      </div>
    );
  }
  const names = bots.map((bot) => bot.name);
  const who = names.length === 1 ? (names[0] ?? '') : 'Each of the others here';
  return (
    <div
      ref={place}
      className="chat-close"
      role="group"
      aria-label="Close this scene"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <p>{names.length === 0 ? '' : `${who} keeps an account of it, and the small memories fold into that. `}The next scene begins in the same place, at the same hour.</p>
      {close.problem !== undefined && <p role="alert">{close.problem.message}</p>}
      {close.running ? (
        <Waiting>Closing the scene, once the reply has ended</Waiting>
      ) : (
        <div className="flex flex-wrap gap-1 px-2.5">
          <Small strong onClick={() => close.run(null)}>
            Close it
          </Small>
          <Small onClick={() => setAsking(false)}>Not yet</Small>
        </div>
      )}
    </div>
  );
}
