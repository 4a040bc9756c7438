import type { BrowserContext, Page } from '@playwright/test';

/** A tab whose ears can be stopped: while plugged, nothing that the server tells reaches it; then all of it does. */
export async function deafTab(context: BrowserContext): Promise<{ page: Page; plug(): void; unplug(): void }> {
  const page = await context.newPage();
  let plugged = false;
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (plugged) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  return {
    page,
    plug() {
      plugged = true;
    },
    unplug() {
      plugged = false;
      for (const tell of held.splice(0)) tell();
    },
  };
}
