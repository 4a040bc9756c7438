import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from './model/drafts.ts';
import { keepDraft, readDraft } from './model/drafts.ts';

/** What is typed is kept this long after the last key, in ms; anything that ends the page keeps it at once. */
const KEEP_AFTER = 250;

/** This browser's storage; null where it is shut off. */
function browserStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What is kept of a draft at this moment. */
export function keptDraft(chatId: string): Draft {
  return readDraft(browserStore(), chatId);
}

/** What changes a draft; the same object for as long as the chat is open. */
export interface DraftHands {
  setText(text: string): void;
  /** Text and what waits for an answer together, kept at once. */
  put(draft: Draft): void;
  /** Keeps at once what was typed and is not kept yet. */
  keepTyped(): void;
  /** The draft as it is at this moment. */
  now(): Draft;
}

export interface DraftKeeper extends Draft {
  /** True when the browser has no room left to keep what is typed. */
  readonly unkept: boolean;
  readonly hands: DraftHands;
}

/** The draft of a chat: what is typed survives a reload, a crash and a lost connection (LV-5). */
export function useDraft(chatId: string): DraftKeeper {
  const [draft, setDraft] = useState<Draft>(() => keptDraft(chatId));
  const [unkept, setUnkept] = useState(false);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  /** The words were written here, and not only found. */
  const own = useRef(false);

  const keep = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setUnkept(!keepDraft(browserStore(), chatId, latest.current));
  }, [chatId]);

  const put = useCallback(
    (next: Draft) => {
      latest.current = next;
      own.current = true;
      setDraft(next);
      keep();
    },
    [keep],
  );
  const setText = useCallback(
    (text: string) => {
      latest.current = { ...latest.current, text };
      own.current = true;
      setDraft(latest.current);
      timer.current ??= setTimeout(keep, KEEP_AFTER);
    },
    [keep],
  );

  const keepTyped = useCallback(() => {
    if (timer.current !== null) keep();
  }, [keep]);

  useEffect(() => {
    const now = (): void => {
      // Another tab of this chat may have sent its own since, and cleared what both keep in one place; what it has typed since stays.
      const cleared = own.current && latest.current.text !== '' && keptDraft(chatId).text === '';
      if (timer.current !== null || cleared) keep();
    };
    addEventListener('pagehide', now);
    document.addEventListener('visibilitychange', now);
    return () => {
      now();
      removeEventListener('pagehide', now);
      document.removeEventListener('visibilitychange', now);
    };
  }, [keep, chatId]);

  const hands = useMemo(() => ({ setText, put, keepTyped, now: () => latest.current }), [setText, put, keepTyped]);
  return { ...draft, unkept, hands };
}
