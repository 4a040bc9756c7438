import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Serves the built pages; any address that is none of the server's own leads to the app, which knows its routes. */
export function servePages(app: FastifyInstance, folder: string): void {
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    app.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        // Names under assets/ carry a hash of what they hold.
        const lasting = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const wantsPage = request.method === 'GET' && !/^\/(?:trpc|api|files|assets)\b/.test(path) && !/\.\w+$/.test(path);
    if (!wantsPage) return reply.code(404).send({ message: 'There is nothing here.' });
    if (!built) return reply.code(503).type('text/plain').send('The pages are not built yet. Start Offstage with: npm start\n');
    return reply.sendFile('index.html');
  });
}

/** Which build of the pages is served, as it is written in them; null where none is. */
export function buildOf(folder: string): string | null {
  const page = join(folder, 'index.html');
  return existsSync(page) ? (/<meta name="offstage-build" content="(\w+)"/.exec(readFileSync(page, 'utf8'))?.[1] ?? null) : null;
}
