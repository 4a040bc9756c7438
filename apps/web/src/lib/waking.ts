/** How often the page sees that time goes on, in ms. */
const BEAT = 2_000;
/** A beat this late says that the machine slept. */
const LATE = 6_000;

/**
 * Calls `woken` when the page may have missed something: its timers stood still, as while a laptop sleeps, it came back
 * into view or out of the browser's store of pages, or the network is back. Returns the way to stop.
 */
export function onWaking(woken: () => void): () => void {
  let last = Date.now();
  const beat = setInterval(() => {
    const now = Date.now();
    // Out of view a browser lets timers beat once a minute: coming back into view is heard of by itself.
    if (now - last > LATE && document.visibilityState === 'visible') woken();
    last = now;
  }, BEAT);
  const onView = (): void => {
    if (document.visibilityState === 'visible') woken();
  };
  document.addEventListener('visibilitychange', onView);
  addEventListener('pageshow', woken);
  addEventListener('online', woken);
  return () => {
    clearInterval(beat);
    document.removeEventListener('visibilitychange', onView);
    removeEventListener('pageshow', woken);
    removeEventListener('online', woken);
  };
}
