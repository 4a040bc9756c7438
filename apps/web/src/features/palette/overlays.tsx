import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { later } from '#lib/later.ts';
import type { Overlay } from './asked.ts';
import { onOverlayAsked, overlayFor } from './asked.ts';

// Few want them at once: they are fetched when they are asked for.
const Palette = later(async () => (await import('./palette.tsx')).Palette);
const Keys = later(async () => (await import('./keys.tsx')).Keys);

/** What the keys lay over any page: Ctrl or Command with K the palette, a question mark the list of keys (UI-5). */
export function Overlays() {
  const [shown, setShown] = useState<Overlay | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const next = useRef<(() => void) | null>(null);

  const show = useCallback((overlay: Overlay | null) => {
    const { activeElement } = document;
    // The palette may give way to the list of keys: focus goes back to what stood before both.
    if (overlay !== null && activeElement instanceof HTMLElement && activeElement.closest('[role=dialog]') === null) opener.current = activeElement;
    setShown(overlay);
  }, []);
  const leave = useCallback(
    (then?: () => void) => {
      next.current = then ?? null;
      show(null);
    },
    [show],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const overlay = overlayFor(event);
      if (overlay === undefined) return;
      event.preventDefault();
      if (overlay === shown) leave();
      // A question that stands has to be answered first.
      else if (shown !== null || document.querySelector('[role=dialog]') === null) show(overlay);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [leave, show, shown]);
  useEffect(() => onOverlayAsked(show), [show]);

  useEffect(() => {
    if (shown !== null) return;
    // First the focus is where it was; what was chosen may then take it elsewhere.
    if (opener.current?.isConnected === true) opener.current.focus({ preventScroll: true });
    opener.current = null;
    const then = next.current;
    next.current = null;
    then?.();
  }, [shown]);

  return (
    <Suspense fallback={null}>
      {shown === 'palette' && <Palette onLeave={leave} />}
      {shown === 'keys' && <Keys onLeave={leave} />}
    </Suspense>
  );
}
