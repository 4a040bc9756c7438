import { hueOf } from '@offstage/domain/hue';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ProblemBanner } from '#components/problem-banner.tsx';
import { SearchField } from '#components/search-field.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Small } from '#components/ui/editable.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { holdsAll, wordsOf } from '#lib/seek.ts';
import type { Answers } from '#lib/trpc.ts';
import { queryClient, server, trpc } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';

type Guest = Pick<Answers['bots']['list'][number], 'botId' | 'name' | 'avatar'>;

/** With fewer than this nobody need search. */
const SEARCHED_FROM = 7;

interface GuestPickerProps {
  /** The host, who is here already. */
  readonly here: string | null;
  readonly onChoose: (bot: Guest) => void;
  readonly onClose: () => void;
}

/** Everybody who could come in, by face and name: the library first, then the sample cast that is not in it yet. */
export function GuestPicker({ here, onChoose, onClose }: GuestPickerProps) {
  const bots = useQuery(trpc.bots.list.queryOptions());
  const samples = useQuery(trpc.samples.list.queryOptions());
  const add = useCommand(
    (sample: Guest & { sampleId: string }, commandId) => server.samples.add.mutate({ commandId, sampleIds: [sample.sampleId] }),
    (_answer, sample) => {
      void queryClient.invalidateQueries({ queryKey: trpc.bots.list.queryKey() });
      onChoose(sample);
    },
  );
  const [sought, setSought] = useState('');
  const place = useRef<HTMLDivElement>(null);
  // Without the samples there are still one's own.
  const loaded = bots.data !== undefined && !samples.isPending;
  useEffect(() => {
    // Whoever opened the list by keyboard stands in it.
    if (loaded) place.current?.querySelector<HTMLElement>('input, li button, button')?.focus();
  }, [loaded]);
  const others = (bots.data ?? []).filter(({ botId }) => botId !== here);
  const known = (bots.data ?? []).map(({ botId }) => botId);
  const wings = (samples.data ?? []).map((sample) => ({ ...sample, botId: `sample-${sample.sampleId}` })).filter(({ botId }) => !known.includes(botId));
  const words = wordsOf(sought);
  const shown = others.filter(({ name, tags }) => holdsAll(words, name, ...tags));
  const waiting = wings.filter(({ name }) => holdsAll(words, name));
  return (
    <div ref={place} role="group" aria-label="Who comes in" className="chat-guest-picker">
      <h3>Who comes in?</h3>
      {bots.error !== null && <ProblemBanner error={bots.error} onRetry={() => void bots.refetch()} />}
      {!loaded && bots.error === null && <Waiting>Looking who is about</Waiting>}
      {others.length >= SEARCHED_FROM && <SearchField label="Search your bots" value={sought} onChange={setSought} />}
      {loaded && others.length + wings.length === 0 && <p className="chat-none">Nobody else is in your library yet. Write or import a second bot, and it can join you here.</p>}
      {words.length > 0 && shown.length + waiting.length === 0 && <p role="status" className="chat-none">Nobody fits “{sought}”.</p>}
      <Faces guests={shown} onChoose={onChoose} />
      {loaded && waiting.length > 0 && (
        <>
          <h4 className="chat-none">Waiting in the wings</h4>
          <Faces guests={waiting} onChoose={(sample) => !add.running && add.run(sample)} />
        </>
      )}
      {add.problem !== undefined && <p role="alert">{add.problem.message}</p>}
      <Small onClick={onClose}>Nobody for now</Small>
    </div>
  );
}

function Faces<One extends Guest>({ guests, onChoose }: { readonly guests: readonly One[]; readonly onChoose: (guest: One) => void }) {
  if (guests.length === 0) return null;
  return (
    <ul>
      {guests.map((guest) => (
        <li key={guest.botId}>
          <button type="button" onClick={() => onChoose(guest)}>
            <Avatar name={guest.name} file={guest.avatar} hue={hueOf(guest.botId)} size={28} />
            <bdi>{guest.name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}
