/**
 * Puts text on the clipboard. Where a page comes over plain HTTP from another machine browsers keep the clipboard back, and take it only from
 * what is selected. Rejects where neither is allowed.
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const hand = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', hand, { once: true });
  // An old way, and the only one over plain HTTP.
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', hand);
  if (!copied) throw new Error('The browser did not allow copying.');
}
