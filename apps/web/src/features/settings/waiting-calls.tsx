import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { toast } from '../../lib/toast.ts';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Section } from './section.tsx';
import { PURPOSES, waitsFor } from './waiting-words.ts';

type Call = Answers['diagnostics']['waiting'][number];

/** How often the line is looked at while it is shown, in ms. */
const LOOK_EVERY = 1_000;

/** The model calls that have not been sent yet, each with a way out (MO-5). */
export function WaitingCalls() {
  const waiting = useQuery(trpc.diagnostics.waiting.queryOptions(undefined, { refetchInterval: LOOK_EVERY, staleTime: 0 }));
  const calls = waiting.data ?? [];
  return (
    <Section id="waiting" title="Waiting for a model" lead="What stands in line for a provider, or was asked to wait, until it is sent. Replies go first.">
      {calls.length === 0 ? (
        <p className="text-13 text-dim">Nothing waits.</p>
      ) : (
        <ul className="divide-y divide-line rounded-box border border-line bg-raised">
          {calls.map((call) => (
            <WaitingCall key={call.id} call={call} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function WaitingCall({ call }: { readonly call: Call }) {
  const { id, purpose, provider, model, weight, chat } = call;
  const now = useSeconds();
  const taking = useCommand(
    (_: null, commandId) => server.diagnostics.takeOut.mutate({ commandId, id }),
    ({ taken }) => {
      if (!taken) toast('It was sent already.');
      void queryClient.invalidateQueries({ queryKey: trpc.diagnostics.waiting.queryKey() });
    },
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56 wrap-anywhere">
        <p className="text-15">
          {PURPOSES[purpose]}
          {chat !== null && (
            <>
              {' '}
              in <Link href={`/chats/${chat.chatId}`} className="underline underline-offset-2"><bdi>{chat.title}</bdi></Link>
            </>
          )}
        </p>
        <p className="text-13 text-dim tabular-nums">
          {waitsFor(call, now)} {provider}, <bdi>{model}</bdi>
          {weight > 1 ? `, counts as ${weight}` : ''}.
        </p>
        {taking.problem !== undefined && <Banner tone="problem">{taking.problem.message}</Banner>}
      </div>
      <Button disabled={taking.running} aria-label={`Cancel: ${PURPOSES[purpose]}${chat === null ? '' : ` in ${chat.title}`}`} onClick={() => taking.run(null)}>
        Cancel
      </Button>
    </li>
  );
}

/** The time, ms since 1970, anew every second. */
function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
