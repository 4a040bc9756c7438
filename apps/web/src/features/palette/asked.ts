/** What can be laid over a page: the palette, or the list of keys. */
export type Overlay = 'palette' | 'keys';

const listeners = new Set<(overlay: Overlay) => void>();

/** Hears when one of them is asked for. Returns what ends it. */
export function onOverlayAsked(listener: (overlay: Overlay) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Lays one of them over the page. */
export function askForOverlay(overlay: Overlay): void {
  for (const listener of listeners) listener(overlay);
}

/** What a stroke of the keys asks for; undefined for one that is somebody else's. */
export function overlayFor(event: KeyboardEvent): Overlay | undefined {
  if (event.defaultPrevented || event.isComposing || event.altKey) return undefined;
  const held = event.ctrlKey || event.metaKey;
  if (held && !event.shiftKey && event.key.toLowerCase() === 'k') return 'palette';
  if (held && event.key === '/') return 'keys';
  // Where one writes, a question mark is one.
  return event.key === '?' && !held && !writesIn(event.target) ? 'keys' : undefined;
}

function writesIn(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
