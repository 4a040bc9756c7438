import { useLayoutEffect, useRef } from 'react';

/**
 * Where the link that was followed goes with its page, the focus is the new page's: the next Tab begins there (UI-7).
 * It stands behind the page, so that it hears of a new one when that is drawn, and not while it is fetched.
 */
export function Arrival({ path }: { readonly path: string }) {
  const left = useRef(path);
  useLayoutEffect(() => {
    if (left.current === path) return;
    left.current = path;
    // A page that knows better where to begin takes it from there.
    if (document.activeElement === document.body) document.getElementById('page')?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
