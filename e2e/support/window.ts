import type { Page } from '@playwright/test';

/**
 * Another page in the same browser, in a window of its own. A second tab in one window would hide the first, which is drawn
 * once a second from then on, and a click there waits for two of these pictures.
 */
export async function newWindow(beside: Page): Promise<Page> {
  const context = beside.context();
  const tab = await context.newCDPSession(beside);
  const { targetInfo } = await tab.send('Target.getTargetInfo');
  const browser = await context.browser()?.newBrowserCDPSession();
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    browser?.send('Target.createTarget', { url: 'about:blank', newWindow: true, browserContextId: targetInfo.browserContextId ?? '' }),
  ]);
  await Promise.all([tab.detach(), browser?.detach()]);
  return opened;
}
