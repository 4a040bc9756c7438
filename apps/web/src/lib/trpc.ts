import type { AppRouter } from '@offstage/server/router';
import { QueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCClient, createWSClient, httpBatchLink, httpLink, splitLink, wsLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { Ahead } from './ahead.ts';
import { Line } from './line.ts';
import { Patience } from './patience.ts';
import { problemOf } from './problem.ts';
import { leadIn, leadInWhereAsked } from './signed-out.ts';

/** What the server's procedures answer, by router and name. */
export type Answers = inferRouterOutputs<AppRouter>;

/** How long a connection that may be dead has to answer, in ms. */
const PROOF_MS = 2_000;

const patience = new Patience();

const socket = createWSClient({
  WebSocket: Line,
  url: () => patience.pause().then(() => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`),
  lazy: { enabled: true, closeMs: 1_000 },
  // The pauses between tries are made before each, where they can be cut short.
  retryDelayMs: () => 0,
  onOpen: () => patience.reached(),
  onClose: () => void leadInWhereAsked(),
  keepAlive: { enabled: true, intervalMs: 20_000, pongTimeoutMs: 8_000 },
});

/** The machine may have slept, or the network changed: tries again at once, and gives up a connection that does not answer soon (LV-5). */
export function checkConnection(): void {
  patience.hurry();
  const line = socket.connection?.ws;
  if (line instanceof Line) line.prove(PROOF_MS);
}

let leaving: (() => void)[] = [];

/** Calls back when the next command has been handed to the network: what is drawn meanwhile does not keep it waiting. */
export function onceOnItsWay(told: () => void): void {
  leaving.push(told);
}

const sendOff = (input: RequestInfo | URL, init?: object): Promise<Response> => {
  // tRPC's own type of it allows an `undefined` here and there that the browser's does not name.
  const answer = fetch(input, init as RequestInit | undefined);
  const all = leaving;
  leaving = [];
  for (const told of all) told();
  return answer.then(leadIn);
};

const ask = (input: RequestInfo | URL, init?: object): Promise<Response> => fetch(input, init as RequestInit | undefined).then(leadIn);

/**
 * The server, typed: queries and commands over HTTP, subscriptions over the tab's one WebSocket. Queries that are asked
 * together go together; a command waits for nothing, and neither does a chat that is opened.
 */
export const server = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: wsLink({ client: socket }),
      false: splitLink({
        condition: (operation) => operation.type === 'mutation',
        true: httpLink({ url: '/trpc', fetch: sendOff }),
        false: splitLink({
          condition: (operation) => operation.path === 'chats.open',
          true: httpLink({ url: '/trpc', fetch: ask }),
          false: httpBatchLink({ url: '/trpc', maxURLLength: 4_000, fetch: ask }),
        }),
      }),
    }),
  ],
});

/** Chats whose link is being pressed: they are asked for before the page that shows them begins. */
export const chatAhead = new Ahead((chatId) => server.chats.open.query({ chatId }));

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays one however often it is asked; only silence is worth another try.
      retry: (failures, error) => failures < 2 && problemOf(error).code === 'unreachable',
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});

/** Query and mutation options for every procedure, for React Query's hooks. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: server, queryClient });
