import { useCallback, useEffect, useRef, useState } from 'react';
import { chatServer } from './api.ts';

/** Other tabs are told that one types here, but not at every key. */
const TELL_EVERY = 2_500;

/** How long a tab that was heard typing is taken to type still. */
const STILL = 4_000;

/** Tells the other tabs that words are typed here. */
export function useTellTyping(chatId: string): () => void {
  const told = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (now - told.current < TELL_EVERY) return;
    told.current = now;
    // Nothing depends on it: a word that is lost is a word that is lost.
    chatServer.typing(chatId).catch(() => undefined);
  }, [chatId]);
}

/** True while somebody was typing in another tab a moment ago. */
export function useTypedElsewhere(at: number | null): boolean {
  const [ended, setEnded] = useState<number | null>(null);
  useEffect(() => {
    if (at === null) return undefined;
    const timer = setTimeout(() => setEnded(at), STILL);
    return () => clearTimeout(timer);
  }, [at]);
  return at !== null && at !== ended;
}
