import { useEffect, useState, useSyncExternalStore } from 'react';
import { server } from '../../lib/trpc.ts';
import type { Changes } from './model/changes.ts';
import { ChangeBook } from './model/changes.ts';
import type { ChatSession } from './model/session.ts';

/** What the replies of a chat have changed, kept while this page shows it. */
export function useChangeBook(session: ChatSession): ChangeBook {
  const [book] = useState(
    () =>
      new ChangeBook(session, (chatId, turnIds, signal) =>
        server.explain.turns.query({ chatId, ...(turnIds !== undefined && { turnIds: [...turnIds] }) }, { signal }),
      ),
  );
  useEffect(() => book.begin(), [book]);
  return book;
}

/** What is known of what replies have changed, live. */
export function useChanges(book: ChangeBook): Changes {
  return useSyncExternalStore(book.subscribe, book.snapshot);
}
