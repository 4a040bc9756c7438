import { DomainError } from '@offstage/domain';
import type { FastifyInstance } from 'fastify';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Library } from './library.ts';

/** Hands out copies as files, to be kept elsewhere. */
export function serveCopies(app: FastifyInstance, library: Library): void {
  app.get<{ Params: { name: string } }>('/api/copies/:name', async (request, reply) => {
    try {
      const { name } = request.params;
      const path = library.backups.pathOf(name);
      const { size } = await stat(path);
      return await reply
        .headers({
          'content-type': 'application/vnd.sqlite3',
          'content-length': size,
          // The name is one of ours: letters, digits, - and . in the end; the rest came from the library's own.
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
          'cache-control': 'no-store',
        })
        .send(createReadStream(path));
    } catch (problem) {
      if (problem instanceof DomainError || (problem as NodeJS.ErrnoException).code === 'ENOENT') return reply.code(404).send({ message: 'This copy is no longer there.' });
      throw problem;
    }
  });
}
