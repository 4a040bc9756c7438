import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../../apps/server/src/rpc/router.ts';

/** The server's procedures as a page calls them: by HTTP, and what is live by one WebSocket. */
export interface Client {
  readonly api: TRPCClient<AppRouter>;
  close(): Promise<void>;
}

/** Speaks to the server at an address such as http://127.0.0.1:8000. Connects with the first call. */
export function connect(url: string): Client {
  const socket = createWSClient({ url: `${url.replace(/^http/, 'ws')}/trpc`, lazy: { enabled: true, closeMs: 0 } });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: wsLink({ client: socket }),
        false: httpBatchLink({ url: `${url}/trpc` }),
      }),
    ],
  });
  return { api, close: () => socket.close() };
}
