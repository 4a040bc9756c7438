import type { Page } from '@playwright/test';
import { newWindow } from './window.ts';

/**
 * A tab whose ears can be stopped: while plugged, nothing that the server tells over the connections it has by then
 * reaches it; unplugged, all of it does.
 */
export async function deafTab(beside: Page): Promise<{ page: Page; plug(): void; unplug(): void }> {
  const page = await newWindow(beside);
  const ears: { plugged: boolean }[] = [];
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const ear = { plugged: false };
    ears.push(ear);
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (ear.plugged) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  return {
    page,
    plug() {
      for (const ear of ears) ear.plugged = true;
    },
    unplug() {
      for (const ear of ears) ear.plugged = false;
      for (const tell of held.splice(0)) tell();
    },
  };
}
