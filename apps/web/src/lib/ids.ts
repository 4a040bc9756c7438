/** A fresh id, as `crypto.randomUUID` makes it; that one is missing where a page comes over plain HTTP from another machine. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Names this tab to the server for as long as the page stands. */
export const tabId = newId();
