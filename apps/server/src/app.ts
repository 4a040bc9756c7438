import websocket from '@fastify/websocket';
import type { Limits } from '@offstage/model';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { dirname, join } from 'node:path';
import Fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { serveCopies } from './keeping/download.ts';
import { Library } from './keeping/library.ts';
import type { LibraryOptions } from './keeping/library.ts';
import { Places } from './live/places.ts';
import type { Pipe } from './live/subscriber.ts';
import { isReachable } from './ops/address.ts';
import { boundBodies, takeJsonAlone } from './ops/bodies.ts';
import { openConfig } from './ops/configFile.ts';
import type { ConfigFile } from './ops/configFile.ts';
import { lockTheDoor } from './ops/door.ts';
import { serveFiles } from './ops/files.ts';
import { guardAgainstForeignPages } from './ops/guard.ts';
import { setSafetyHeaders } from './ops/headers.ts';
import { serveHealth } from './ops/health.ts';
import { holdLibrary } from './ops/hold.ts';
import { loggerFor } from './ops/logging.ts';
import { serveMetrics } from './ops/metrics.ts';
import type { RehearsalPace } from './ops/models.ts';
import { keepPace } from './ops/pace.ts';
import { buildOf, servePages } from './ops/pages.ts';
import { libraryPathOf, migrationsFolder, pagesFolder } from './ops/paths.ts';
import { refuseAddress, refuseBytes } from './ops/refusals.ts';
import { keepSocketsInBounds } from './ops/sockets.ts';
import { configProblem, libraryProblem } from './ops/startError.ts';
import { keepOwnTemplatesIn } from './prompt/templates.ts';
import { createClaims } from './rpc/claims.ts';
import type { Door } from './rpc/context.ts';
import { problemOf } from './rpc/problem.ts';
import { appRouter } from './rpc/router.ts';
import type { AppRouter } from './rpc/router.ts';
import { createServices } from './services.ts';
import type { Services } from './services.ts';

const MB = 1024 * 1024;
/** An imported card comes back whole when it is made a bot: the largest card, escaped as JSON. */
const REQUEST_LIMIT = 26 * MB;
/** What a page says over its WebSocket is small: subscriptions. */
const SOCKET_LIMIT = 128 * 1024;
/** Questions that go together in one request; a page asks a dozen. */
const BATCH_MOST = 50;
/** How long a request may take to arrive, in ms: the largest card over a slow network. */
const ARRIVAL_MS = 120_000;
/** Connections at once beside the tabs' own: room for what browsers keep open. */
const CONNECTIONS_BESIDE = 800;
/** How long a closing WebSocket has to say goodbye, in ms. */
const GOODBYE_MS = 300;

/** How to build a server. */
export interface AppOptions {
  readonly configPath: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly pages?: string;
  readonly rehearsal?: RehearsalPace;
  /** Limits of model calls other than the usual ones. */
  readonly limits?: Partial<Limits>;
  readonly logLevel?: string;
  /** Where log lines go; standard error unless told otherwise. */
  readonly writeLog?: (line: string) => void;
  readonly now?: () => string;
  readonly newId?: () => string;
  /** Other ways of watching over the library, for tests. */
  readonly keeping?: Partial<Pick<LibraryOptions, 'openStore' | 'migrationsFolder' | 'watchEveryMs' | 'inspectAfterMs'>>;
}

/** A server that is built and does not listen yet. */
export interface App {
  readonly http: FastifyInstance;
  readonly library: Library;
  /** What works on the library while it is open. Throws LibraryClosed while it is not. */
  readonly services: Services;
  readonly config: ConfigFile;
  /** Stops taking requests, ends streams keeping their words, closes the library. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the settings and the library and builds the server over them. Over a damaged library it builds one that offers its
 * copies. Throws StartError when either cannot be opened.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const env = options.env ?? {};
  const now = options.now ?? (() => new Date().toISOString());
  const config = await openConfig(options.configPath, now).catch((problem: unknown) => {
    throw configProblem(problem, options.configPath);
  });
  const http = Fastify({
    logger: loggerFor({
      level: options.logLevel ?? 'info',
      write: options.writeLog ?? ((line) => process.stderr.write(line)),
      secrets: () => [...config.current.providers.flatMap(({ api_key }) => api_key ?? []), ...(config.current.owner.passphrase === undefined ? [] : [config.current.owner.passphrase])],
    }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: REQUEST_LIMIT,
    requestTimeout: ARRIVAL_MS,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: true,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseBytes,
  });

  keepOwnTemplatesIn(join(dirname(options.configPath), 'prompts'));
  const libraryPath = libraryPathOf(env, options.configPath, config.current.database.path);
  const letGo = await holdLibrary(libraryPath);
  const library = new Library({
    path: libraryPath,
    migrationsFolder,
    durability: config.current.database.durability,
    config,
    log: http.log,
    now,
    build: (store) =>
      createServices({
        store,
        config,
        log: http.log,
        now,
        ...(options.rehearsal && { rehearsal: options.rehearsal }),
        ...(options.limits && { limits: options.limits }),
        ...(options.newId && { newId: options.newId }),
      }),
    ...options.keeping,
  });
  await library.open().catch(async (problem: unknown) => {
    http.log.error({ err: problem }, 'the library could not be opened');
    await letGo();
    throw libraryProblem(problem, libraryPath);
  });
  for (const { line, message } of config.problems) http.log.warn({ file: config.name, line }, message);

  http.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    // What was asked for wrongly is the asker's; anything else is ours, and its words are for the log alone.
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    const message = status === 413 ? 'This is too large to be taken in at once.' : status < 500 ? 'This request could not be read.' : problemOf(error).message;
    return reply.code(status).send({ message });
  });
  // First of all: it marks requests that open a WebSocket, so that one refused below is hung up.
  await acceptSockets(http, () => config.current.server.most_tabs);
  setSafetyHeaders(http);
  // Decided once, by what the server was started with: a setting that changes later does not open the door.
  const reachable = isReachable(env, config.current);
  guardAgainstForeignPages(http, reachable ? { names: () => config.current.server.names } : undefined);
  keepPace(http);
  keepSocketsInBounds(http);
  if (reachable) lockTheDoor(http, config);
  boundBodies(http);
  http.server.maxConnections = config.current.server.most_tabs + CONNECTIONS_BESIDE;
  const pages = options.pages ?? pagesFolder;
  await serveProcedures(http, { library, config, locked: reachable, build: buildOf(pages) });
  serveFiles(http, library);
  serveCopies(http, library);
  serveHealth(http, library);
  serveMetrics(http, library, () => http.websocketServer.clients.size);
  servePages(http, pages);
  await http.ready();
  library.watch();

  let closing: Promise<void> | undefined;
  return {
    http,
    library,
    get services() {
      return library.services;
    },
    config,
    close() {
      closing ??= (async () => {
        const quiet = library.quiet();
        await http.close();
        await quiet;
        await library.close();
        await letGo();
      })();
      return closing;
    },
  };
}

/** Lets routes be reached by WebSocket, so many at once, and hangs up on those that are open when the server stops. */
async function acceptSockets(http: FastifyInstance, most: () => number): Promise<void> {
  await http.register(websocket, {
    options: { maxPayload: SOCKET_LIMIT },
    preClose(done) {
      const { clients } = http.websocketServer;
      for (const client of clients) client.close(1001, 'Offstage is stopping.');
      setTimeout(() => {
        for (const client of clients) client.terminate();
      }, GOODBYE_MS);
      done();
    },
  });
  http.addHook('onRequest', async (request, reply) => {
    if (!request.ws || http.websocketServer.clients.size < most()) return;
    request.log.warn({ open: most() }, 'a page too many was refused');
    await reply.code(503).send({ message: 'Offstage is open in too many tabs. Close some, and this one catches up by itself.' });
  });
}

/** The procedures under /trpc: by HTTP, and by WebSocket for what is live. */
async function serveProcedures(http: FastifyInstance, door: Omit<Door, 'log' | 'claims' | 'pipe' | 'places'>): Promise<void> {
  const claims = createClaims();
  const places = new Places();
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    createContext: ({ res }) => ({ ...door, log: http.log, claims, places, pipe: pipeOf(res) }),
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    maxBatchSize: BATCH_MOST,
  };
  await http.register(async (scope) => {
    takeJsonAlone(scope);
    await scope.register(fastifyTRPCPlugin, { prefix: '/trpc', useWSS: true, trpcOptions });
  });
}

/** The WebSocket behind a request; the adapter hands over a reply or a socket, typed as a reply. */
function pipeOf(response: object): Pipe | null {
  return 'bufferedAmount' in response && 'terminate' in response ? (response as WebSocket) : null;
}
