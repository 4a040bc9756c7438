import type { FastifyInstance, FastifyRequest } from 'fastify';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * OP-6: there is no login, so only pages of this very server may speak to it. A foreign Host is a name that was made to
 * point here (DNS rebinding); a foreign Origin or a cross-site fetch is another page at work in the browser. Refused
 * alike by HTTP and when a WebSocket opens, since both pass here first.
 */
export function guardAgainstForeignPages(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const reason = foreign(request, portOf(app));
    if (reason === undefined) return;
    request.log.warn({ host: request.headers.host, origin: request.headers.origin, reason }, 'a foreign request was refused');
    await reply.code(403).send({ message: 'Offstage answers only its own pages. Open it at http://127.0.0.1 with its port.' });
  });
}

/** Why a request is not one of our own; undefined when it is. `port` is undefined while nothing listens. */
function foreign(request: FastifyRequest, port: number | undefined): string | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !isOurs(host, port)) return 'host';
  if (origin !== undefined && !(origin.startsWith('http://') && isOurs(origin.slice('http://'.length), port))) return 'origin';
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') {
    // Following a link from elsewhere to a page of ours is no attack; anything else asked from elsewhere is.
    const isLink = request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
    if (!isLink || !['GET', 'HEAD'].includes(request.method) || /^\/(?:trpc|api)\b/.test(request.url)) return 'site';
  }
  return undefined;
}

function isOurs(authority: string, port: number | undefined): boolean {
  const [, name = '', digits = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority.toLowerCase()) ?? [];
  return NAMES.includes(name) && (port === undefined || Number(digits) === port);
}

function portOf(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}
