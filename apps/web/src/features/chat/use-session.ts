import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { tabId } from '../../lib/ids.ts';
import { chatServer } from './api.ts';
import type { SessionView } from './model/session.ts';
import { ChatSession } from './model/session.ts';
import type { Streaming } from './model/words.ts';
import { WordsStore, pageFrame } from './model/words.ts';

/** The session of a chat while this page shows it; keep one component to a chat. */
export function useSession(chatId: string): ChatSession {
  const [session] = useState(() => new ChatSession(chatId, chatServer, tabId, new WordsStore(pageFrame)));
  // Before anything is painted: the story is what everybody waits for.
  useLayoutEffect(() => session.begin(), [session]);
  return session;
}

/** What a session knows, live. */
export function useSessionView(session: ChatSession): SessionView {
  return useSyncExternalStore(session.subscribe, session.snapshot);
}

/** The turn that streams, if one does. Changes only when a reply begins or has been shown whole. */
export function useStreamingTurn(session: ChatSession): string | null {
  return useSyncExternalStore(session.words.subscribe, session.words.turnId);
}

/** The words in sight of the reply that streams: changes once an animation frame at most. */
export function useStreaming(session: ChatSession): Streaming | null {
  return useSyncExternalStore(session.words.subscribe, session.words.snapshot);
}
