import { useCallback, useEffect, useState } from 'react';
import { keep, recall } from '../../lib/storage.ts';
import type { BotDraft } from './draft.ts';
import { readDraft, sameDraft } from './draft.ts';

interface DraftKeeper {
  readonly draft: BotDraft;
  readonly set: (part: Partial<BotDraft>) => void;
  /** True while the form says something else than what is saved. */
  readonly changed: boolean;
  /** True when what is seen was left unsaved at an earlier visit. */
  readonly returned: boolean;
  /** Goes back to what is saved. */
  readonly discard: () => void;
  /** Forgets what was kept, since it has been saved. */
  readonly saved: () => void;
}

/** A form whose unsaved changes are kept in this browser, and said before the page is left. */
export function useBotDraft(botId: string | null, stored: BotDraft): DraftKeeper {
  const name = `draft.bot.${botId ?? 'new'}`;
  const [start] = useState(() => readDraft(recall(name)));
  const [draft, setDraft] = useState(start ?? stored);
  const [returned, setReturned] = useState(start !== undefined && !sameDraft(start, stored));
  const changed = !sameDraft(draft, stored);

  const put = useCallback(
    (next: BotDraft) => {
      setDraft(next);
      keep(name, sameDraft(next, stored) ? undefined : JSON.stringify(next));
    },
    [name, stored],
  );

  useEffect(() => {
    if (!changed) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [changed]);

  return {
    draft,
    set: (part) => put({ ...draft, ...part }),
    changed,
    returned: returned && changed,
    discard: () => {
      put(stored);
      setReturned(false);
    },
    saved: () => keep(name, undefined),
  };
}
