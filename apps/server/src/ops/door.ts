import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../core.ts';
import { Attempts } from './attempts.ts';
import { createGate } from './gate.ts';
import { LOGIN_STYLE, loginPage } from './loginPage.ts';
import { isKept, PASSPHRASE_MOST } from './passphrase.ts';
import { SESSION_SECONDS, Sessions } from './sessions.ts';

const COOKIE = 'offstage';
/** How often sessions whose time is over are looked for, in ms. */
const SWEEP_MS = 60_000;
const FORM_LIMIT = 16 * 1024;
/** A page of ours, by its path alone: it stands in an address and in the login page, and leads to no other site. */
const PAGE = /^\/[a-z]{1,20}(?:\/[\w-]{1,80}){0,3}$/;

/** The settings, which may be changed by hand while the server runs. */
interface OwnSettings extends Settings {
  refresh(): Promise<void>;
}

/**
 * OP-6: where others can reach the server, nothing is answered without the passphrase but the page that asks for it and
 * whether the server is there. Every route, upload and WebSocket passes here, those added later too.
 */
export function lockTheDoor(app: FastifyInstance, config: OwnSettings): void {
  const sessions = new Sessions();
  const kept = (): string | undefined => config.current.owner.passphrase;
  const isIn = (request: FastifyRequest): boolean => sessions.uses(cookieOf(request.headers.cookie), kept(), Date.now());

  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path === '/login' || path === '/login.css' || isIn(request)) return;
    if (path === '/health') {
      await reply.header('cache-control', 'no-store').send({ status: 'ok' });
    } else if (request.method === 'GET' && !request.ws && opensPage(request)) {
      const page = pageOf(path);
      await reply.redirect(page === '/' ? '/login' : `/login?to=${page}`, 303);
    } else {
      await reply.code(401).header('connection', 'close').send({ message: 'Open Offstage with the passphrase first.' });
    }
  });
  app.websocketServer.on('connection', (socket, request) => sessions.tie(cookieOf(request.headers.cookie), socket));
  const sweeping = setInterval(() => sessions.sweep(kept(), Date.now()), SWEEP_MS).unref();
  app.addHook('onClose', async () => clearInterval(sweeping));
  app.register(async (scope) => serveLogin(scope, config, sessions, isIn));
}

function serveLogin(scope: FastifyInstance, config: OwnSettings, sessions: Sessions, isIn: (request: FastifyRequest) => boolean): void {
  const attempts = new Attempts();
  // Each try takes memory and a core for a moment.
  const gate = createGate({ atOnce: 2, waiting: 8 });
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  scope.get('/login.css', (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(LOGIN_STYLE));
  scope.get<{ Querystring: Record<string, unknown> }>('/login', (request, reply) => show(reply, loginPage({ to: pageOf(request.query['to']), signedIn: isIn(request) })));

  scope.post<{ Body: unknown; Querystring: Record<string, unknown> }>('/login', { bodyLimit: FORM_LIMIT }, async (request, reply) => {
    const to = pageOf(request.query['to']);
    // Not by the clock on the wall: set back a year it would leave the owner waiting as long.
    const wait = attempts.begin(request.ip, performance.now());
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      reply.code(429).header('retry-after', String(seconds));
      return show(reply, loginPage({ to, signedIn: false, problem: `Too many tries. Wait ${inWords(seconds)}, then try again.` }));
    }
    await config.refresh();
    const { passphrase: kept } = config.current.owner;
    const given = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('passphrase') ?? '';
    const right = kept !== undefined && given !== '' && given.length <= PASSPHRASE_MOST && (await gate.run(() => isKept(kept, given)).catch(() => false));
    if (!right) {
      request.log.warn({ address: request.ip }, 'a wrong passphrase was given');
      return show(reply.code(401), loginPage({ to, signedIn: false, problem: 'This is not the passphrase.' }));
    }
    attempts.succeeded(request.ip);
    // Whatever id the browser came with is void: the one that it leaves with was never anybody else's.
    sessions.end(cookieOf(request.headers.cookie));
    setCookie(request, reply, sessions.begin(kept, Date.now()), SESSION_SECONDS);
    return reply.redirect(to, 303);
  });

  scope.post('/logout', { bodyLimit: FORM_LIMIT }, async (request, reply) => {
    sessions.end(cookieOf(request.headers.cookie));
    setCookie(request, reply, '', 0);
    return reply.redirect('/login', 303);
  });
}

/** Whether a browser goes to a page. Over http browsers say so to the machine they run on alone; to another they only ask for HTML. */
function opensPage({ headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? headers.accept?.includes('text/html') === true : mode === 'navigate';
}

/** Where the passphrase leads to: the page that was asked for, or the first one. */
function pageOf(asked: unknown): string {
  return typeof asked === 'string' && PAGE.test(asked) ? asked : '/';
}

/** With a referrer policy of its own: under ours a form would send no origin, and be refused. */
function show(reply: FastifyReply, page: string): FastifyReply {
  return reply.headers({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' }).type('text/html; charset=utf-8').send(page);
}

/** Who says that they came by https and did not only keeps their own cookie from themselves. */
function setCookie(request: FastifyRequest, reply: FastifyReply, id: string, seconds: number): void {
  const secure = request.headers['x-forwarded-proto'] === 'https' || request.headers.origin?.startsWith('https:') === true;
  reply.header('set-cookie', `${COOKIE}=${id}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`);
}

function cookieOf(header: string | undefined): string | undefined {
  return header
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1];
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${Math.ceil(seconds / 60)} minutes`;
}
