import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import type { Shelf } from '#lib/offers.ts';
import { pageOffers } from '#lib/offers.ts';
import { dismiss, onToasts, toasts } from '#lib/toast.ts';
import { trpc } from '#lib/trpc.ts';
import { askForOverlay } from './asked.ts';

/** Chats that stand there before anything is sought. */
const LATEST = 5;

/** Everything that can be gone to or done from where one is, on its shelves. */
export function useShelves(): readonly Shelf[] {
  const [, navigate] = useLocation();
  const { data: chats = [] } = useQuery(trpc.chats.list.queryOptions());
  const { data: bots = [] } = useQuery(trpc.bots.list.queryOptions());
  const standing = useSyncExternalStore(onToasts, toasts);
  const [here, setHere] = useState<readonly Shelf[]>([]);
  useEffect(() => {
    let gone = false;
    void pageOffers().then((shelves) => gone || setHere(shelves));
    return () => {
      gone = true;
    };
  }, []);
  const to = (href: string) => () => navigate(href);

  return [
    {
      title: 'Just now',
      // The last thing that happened first.
      offers: standing.toReversed().flatMap(({ id, message, action }) => {
        if (action === null) return [];
        const run = (): void => {
          dismiss(id);
          action.run();
        };
        return [{ id, name: `${action.label}: ${message}`, run }];
      }),
    },
    ...here,
    {
      title: 'Chats',
      first: LATEST,
      offers: chats.map(({ chatId, title, bot }) => ({ id: chatId, name: title, also: `chat story ${bot?.name ?? ''}`, beside: bot?.name ?? '', run: to(`/chats/${chatId}`) })),
    },
    {
      title: 'Bots',
      first: 0,
      offers: bots.flatMap(({ botId, name, tags }) => [
        { id: `play ${botId}`, name: `Play with ${name}`, also: `bot begin new story ${tags.join(' ')}`, run: to(`/bots/${botId}/begin`) },
        { id: `change ${botId}`, name: `Change ${name}`, also: `bot edit ${tags.join(' ')}`, run: to(`/bots/${botId}`) },
      ]),
    },
    {
      title: 'Pages',
      offers: [
        ...PAGES.map(([name, href, also]) => ({ id: href, name, also, run: to(href) })),
        { id: 'keys', name: 'All keys', also: 'keyboard shortcuts help', beside: '?', run: () => askForOverlay('keys') },
      ],
    },
  ];
}

const PAGES = [
  ['Chats', '/', 'stories home'],
  ['Bots', '/bots', 'characters library'],
  ['Write a bot', '/bots/new', 'new character'],
  ['Import a card', '/bots/import', 'character png json charx'],
  ['Settings', '/settings', 'models providers keys personas you look theme dark light diagnostics'],
  ['Copies of your library', '/settings/backups', 'backups restore'],
] as const;
