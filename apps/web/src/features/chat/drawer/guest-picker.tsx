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
import { trpc } from '#lib/trpc.ts';

type Bot = Answers['bots']['list'][number];

/** With fewer than this nobody need search. */
const SEARCHED_FROM = 7;

interface GuestPickerProps {
  /** The host, who is here already. */
  readonly here: string | null;
  readonly onChoose: (bot: Bot) => void;
  readonly onClose: () => void;
}

/** Everybody of the library who could come in, by face and name. */
export function GuestPicker({ here, onChoose, onClose }: GuestPickerProps) {
  const bots = useQuery(trpc.bots.list.queryOptions());
  const [sought, setSought] = useState('');
  const place = useRef<HTMLDivElement>(null);
  const loaded = bots.data !== undefined;
  useEffect(() => {
    // Whoever opened the list by keyboard stands in it.
    if (loaded) place.current?.querySelector<HTMLElement>('input, li button, button')?.focus();
  }, [loaded]);
  const others = (bots.data ?? []).filter(({ botId }) => botId !== here);
  const words = wordsOf(sought);
  const shown = others.filter(({ name, tags }) => holdsAll(words, name, ...tags));
  return (
    <div ref={place} role="group" aria-label="Who comes in" className="chat-guest-picker">
      {bots.error !== null && <ProblemBanner error={bots.error} onRetry={() => void bots.refetch()} />}
      {bots.isPending && <Waiting>Looking who is about</Waiting>}
      {others.length >= SEARCHED_FROM && <SearchField label="Search your bots" value={sought} onChange={setSought} />}
      {loaded && others.length === 0 && <p className="chat-none">Nobody else is in your library yet. Write or import a second bot, and it can join you here.</p>}
      {words.length > 0 && shown.length === 0 && <p role="status" className="chat-none">Nobody fits “{sought}”.</p>}
      <ul>
        {shown.map((bot) => (
          <li key={bot.botId}>
            <button type="button" onClick={() => onChoose(bot)}>
              <Avatar name={bot.name} file={bot.avatar} hue={hueOf(bot.botId)} size={28} />
              <bdi>{bot.name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <Small onClick={onClose}>Nobody for now</Small>
    </div>
  );
}
