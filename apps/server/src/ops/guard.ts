import type { FastifyInstance, FastifyRequest } from 'fastify';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** What else the server may be called where others can reach it (OP-6): names from the settings, with a port or for any. */
export interface Elsewhere {
  names(): readonly string[];
}

/**
 * OP-6: only pages of this very server may speak to it. A foreign Host is a name that was made to point here (DNS
 * rebinding); a foreign Origin or a cross-site fetch is another page at work in the browser. Refused alike by HTTP and
 * when a WebSocket opens, since both pass here first. `elsewhere` where the server is reached from other machines.
 */
export function guardAgainstForeignPages(app: FastifyInstance, elsewhere?: Elsewhere): void {
  app.addHook('onRequest', async (request, reply) => {
    const port = portOf(app);
    const reason = foreign(request, (authority) => isOurs(authority, port) || (elsewhere !== undefined && isElsewhere(authority, port, request, elsewhere)));
    if (reason === undefined) return;
    request.log.warn({ host: request.headers.host, origin: request.headers.origin, reason }, 'a foreign request was refused');
    const message =
      elsewhere === undefined
        ? 'Offstage answers only its own pages. Open it at http://127.0.0.1 with its port.'
        : 'Offstage answers only its own pages. Open it at the address of its machine, or add this name to names under [server] in its settings file.';
    await reply.code(403).send({ message });
  });
}

/** Why a request is not one of our own; undefined when it is. */
function foreign(request: FastifyRequest, isOurName: (authority: string) => boolean): string | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !isOurName(host)) return 'host';
  if (origin !== undefined && !isOriginOf(origin, host, isOurName)) return 'origin';
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') {
    // Following a link from elsewhere to a page of ours is no attack; anything else asked from elsewhere is.
    const isLink = request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
    if (!isLink || !['GET', 'HEAD'].includes(request.method) || /^\/(?:trpc|api)\b/.test(request.url)) return 'site';
  }
  return undefined;
}

/** On this machine any of its three names will do; from elsewhere a page speaks to the name that it came from. */
function isOriginOf(origin: string, host: string, isOurName: (authority: string) => boolean): boolean {
  const [, scheme = '', authority = ''] = /^(https?):\/\/(.+)$/.exec(origin.toLowerCase()) ?? [];
  if (authority === host.toLowerCase()) return scheme === 'http' || !isLoopback(authority);
  return scheme === 'http' && isLoopback(authority) && isLoopback(host) && isOurName(authority);
}

function isLoopback(authority: string): boolean {
  return NAMES.includes(split(authority).name);
}

function isOurs(authority: string, port: number | undefined): boolean {
  const { name, digits } = split(authority);
  return NAMES.includes(name) && (port === undefined || Number(digits) === port);
}

/** The very address that the request came in by, which no foreign name can pass for; or a name from the settings. */
function isElsewhere(authority: string, port: number | undefined, request: FastifyRequest, elsewhere: Elsewhere): boolean {
  const { name, digits } = split(authority);
  const local = (request.socket.localAddress ?? '').replace(/^::ffff:/, '').toLowerCase();
  if (local !== '' && name === (local.includes(':') ? `[${local}]` : local)) return port === undefined || Number(digits) === port;
  return elsewhere.names().some((known) => known === name || known === authority.toLowerCase());
}

function split(authority: string): { readonly name: string; readonly digits: string } {
  const [, name = '', digits = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority.toLowerCase()) ?? [];
  return { name, digits };
}

function portOf(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}
