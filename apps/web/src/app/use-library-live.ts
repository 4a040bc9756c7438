import type { Frame } from '@offstage/domain';
import type { QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { tabId } from '../lib/ids.ts';
import { queryClient, server, trpc } from '../lib/trpc.ts';
import { staleLists } from './stale-lists.ts';

/** Lists are read again at most this often, in ms, however fast the story runs. */
const PAUSE = 400;

/**
 * Listens to what happens in the library, in whichever tab, and reads again the lists that it touches (LV-1).
 * Answers whether the server is there.
 */
export function useLibraryLive(): 'live' | 'away' {
  const [connection, setConnection] = useState<'live' | 'away'>('live');
  useEffect(() => {
    const due = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      for (const queryKey of due.values()) void queryClient.invalidateQueries({ queryKey });
      due.clear();
    };
    const hear = (frame: Frame): void => {
      for (const list of staleLists(frame)) due.set(list, trpc[list].list.queryKey());
      if (due.size > 0) timer ??= setTimeout(flush, PAUSE);
    };
    const subscription = server.live.subscribe(
      { chatId: null, tabId },
      {
        // Durable frames come wrapped with the place to return to; the client sends that by itself.
        onData: (data) => hear('data' in data ? data.data : data),
        onConnectionStateChange: ({ state }) => setConnection(state === 'pending' ? 'live' : 'away'),
        onError: () => setConnection('away'),
      },
    );
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, []);
  return connection;
}
