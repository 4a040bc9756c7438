import { useEffect, useState, useSyncExternalStore } from 'react';
import { tabId } from '../../lib/ids.ts';
import { chatServer } from './api.ts';
import type { SessionView } from './model/session.ts';
import { ChatSession } from './model/session.ts';
import type { Streaming } from './model/words.ts';
import { WordsStore, pageFrame } from './model/words.ts';

const CLOSED: SessionView = { state: null, connection: 'connecting', problem: null, typedElsewhereAt: null };
const deaf = (): (() => void) => () => undefined;

/** The session of a chat while this page shows it; null for the moment before it begins. */
export function useSession(chatId: string): ChatSession | null {
  const [session, setSession] = useState<ChatSession | null>(null);
  useEffect(() => {
    const next = new ChatSession(chatId, chatServer, tabId, new WordsStore(pageFrame));
    setSession(next);
    void next.start();
    return () => {
      setSession(null);
      next.dispose();
    };
  }, [chatId]);
  return session;
}

/** What a session knows, live. */
export function useSessionView(session: ChatSession | null): SessionView {
  return useSyncExternalStore(session?.subscribe ?? deaf, () => session?.snapshot() ?? CLOSED);
}

/** The turn that streams, if one does. Changes only when a reply begins or has been shown whole. */
export function useStreamingTurn(session: ChatSession | null): string | null {
  return useSyncExternalStore(session?.words.subscribe ?? deaf, () => session?.words.turnId() ?? null);
}

/** The words in sight of the reply that streams: changes once an animation frame at most. */
export function useStreaming(session: ChatSession): Streaming | null {
  return useSyncExternalStore(session.words.subscribe, session.words.snapshot);
}
