import { useCallback, useState } from 'react';

/** What was being written in fields that have left the page, by name: a tab that is changed, a drawer that is closed, loses nothing. */
const held = new Map<string, string>();

/** Words that are being written under a name, while this page is open; null when none are. */
export function useHeld(name: string): readonly [string | null, (text: string | null) => void] {
  const [now, setNow] = useState<{ readonly name: string; readonly text: string | null }>(() => ({ name, text: held.get(name) ?? null }));
  const put = useCallback(
    (text: string | null) => {
      if (text === null) held.delete(name);
      else held.set(name, text);
      setNow({ name, text });
    },
    [name],
  );
  // A field that has come to stand for another thing shows what is written there.
  return [now.name === name ? now.text : (held.get(name) ?? null), put];
}
