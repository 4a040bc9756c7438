import { UserPlus } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { later } from '#lib/later.ts';
import { Small } from '#components/ui/editable.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { newId } from '#lib/ids.ts';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import type { CastMember, ChatOpen } from '../model/state.ts';

// Who could come is looked at now and then, and fetched when it is.
const GuestPicker = later(async () => (await import('./guest-picker.tsx')).GuestPicker);

/** Makes somebody the guest of a chat, or nobody, and says so; what it says offers to take that back. */
function useGuest(chatId: string) {
  return useCommand(
    ({ botId }: { botId: string | null; said: string; before: string | null }, commandId: string) => server.guests.set.mutate({ commandId, chatId, botId }),
    (_answer, { said, before }) => {
      const kind = `guest ${chatId}`;
      const back = (): void => {
        server.guests.set.mutate({ commandId: newId(), chatId, botId: before }).then(
          () => toast('Put back as it was.', undefined, kind),
          (error: unknown) => toast(problemOf(error).message),
        );
      };
      toast(said, { label: 'Undo', run: back }, kind);
    },
  );
}

/** Lets the guest go; one who is speaking ends the sentence first. */
export function LetGo({ chatId, guest }: { readonly chatId: string; readonly guest: CastMember }) {
  const change = useGuest(chatId);
  const { name, entityId } = guest;
  if (change.running) return <Waiting>{`${name} leaves, once the reply has ended`}</Waiting>;
  return (
    <div className="chat-guest">
      <Small onClick={() => change.run({ botId: null, said: `${name} leaves.`, before: entityId })}>Let {name} go</Small>
      {change.problem !== undefined && <p role="alert">{change.problem.message}</p>}
    </div>
  );
}

/** Brings a guest in: somebody of the library who is not here yet (GU-1). */
export function BringIn({ chatId, open }: { readonly chatId: string; readonly open: ChatOpen }) {
  const [choosing, setChoosing] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const change = useGuest(chatId);
  const close = (): void => {
    setChoosing(false);
    // The list has gone: the focus goes back to what opened it, once that is there again.
    requestAnimationFrame(() => place.current?.querySelector('button')?.focus());
  };
  return (
    <div
      ref={place}
      className="chat-guest"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !choosing) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      {change.problem !== undefined && <p role="alert">{change.problem.message}</p>}
      {change.running ? (
        <Waiting>Bringing them in, once the reply has ended</Waiting>
      ) : choosing ? (
        <Suspense fallback={<Waiting>Looking who is about</Waiting>}>
          <GuestPicker
            here={open.chat.hostId}
            onChoose={(bot) => {
              setChoosing(false);
              change.run({ botId: bot.botId, said: `${bot.name} joins you.`, before: null });
            }}
            onClose={close}
          />
        </Suspense>
      ) : (
        <Small onClick={() => setChoosing(true)}>
          <UserPlus aria-hidden="true" className="size-3.5" /> Bring in a guest
        </Small>
      )}
    </div>
  );
}
