import { DomainError } from '@offstage/domain';
import { CardError, readCard } from '@offstage/interop';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sampleAvatar } from '../library/samples.ts';
import type { Library } from '../keeping/library.ts';
import { FILE_POLICY } from './headers.ts';
import { pictureOf } from './images.ts';

const MB = 1024 * 1024;
/** A card of the largest size that is read, and a little, so that one just over it is refused with its size. */
const CARD_LIMIT = 21 * MB;
const IMAGE_LIMIT = 8 * MB;
/** Browsers give up on pictures beyond this. */
const MAX_SIDE = 8_192;

const CARD_STATUS: Readonly<Record<CardError['code'], number>> = { too_large: 413, not_a_card: 422, damaged: 422, no_name: 422 };

/** Takes in cards and pictures as raw bytes, and serves pictures (IO-1, OP-7, OP-8). */
export function serveFiles(app: FastifyInstance, library: Library): void {

  app.register(async (scope) => {
    // Bodies are bytes here, whatever they are called.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler(async (error: Error & { code?: string; statusCode?: number }, request, reply) => {
      if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
        return reply.code(413).send({ message: `This file is too large; it may be at most ${limitIn(request.url)} MB.` });
      }
      return refuse(reply, error);
    });

    scope.post<{ Querystring: { name?: string }; Body: unknown }>('/api/cards', { bodyLimit: CARD_LIMIT }, (request) =>
      library.use(true, ({ store, uploads }) => uploads.run(async () => {
        const card = readCard(bytesOf(request.body), String(request.query.name ?? '').slice(0, 300));
        // A picture that no browser would show is worth less than the card without it.
        const avatar = card.picture !== null && isTaken(card.picture.bytes) ? await store.putFile(card.picture) : null;
        const { identity, lore, notes, spec } = card;
        return { identity: { ...identity, avatar }, lore, avatar, notes, spec };
      })),
    );

    scope.post<{ Body: unknown }>('/api/images', { bodyLimit: IMAGE_LIMIT }, (request) =>
      library.use(true, ({ store, uploads }) => uploads.run(async () => {
        const bytes = bytesOf(request.body);
        const picture = pictureOf(bytes);
        if (picture === undefined) throw new DomainError('invalid', 'This is no picture that can be shown. Choose a PNG, JPEG, WebP or GIF.');
        if (!isTaken(bytes)) {
          throw new DomainError('too_long', `This picture is ${picture.width} by ${picture.height} pixels; ${MAX_SIDE} each way is the most.`);
        }
        return { fileId: await store.putFile({ mime: picture.mime, bytes }) };
      })),
    );
  });

  app.get<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
    const { id } = request.params;
    const file = (await sampleAvatar(id)) ?? (/^[\w-]{1,80}$/.test(id) ? await library.use(false, ({ store }) => store.file(id)) : undefined);
    if (file === undefined) return reply.code(404).send({ message: 'This file is not there.' });
    return reply
      .headers({
        'content-type': file.mime,
        // The name is the hash of what it holds, so it never changes.
        'cache-control': 'private, max-age=31536000, immutable',
        'content-security-policy': FILE_POLICY,
      })
      .send(Buffer.from(file.bytes));
  });
}

function bytesOf(body: unknown): Uint8Array {
  return Buffer.isBuffer(body) ? body : new Uint8Array();
}

function isTaken(bytes: Uint8Array): boolean {
  const picture = pictureOf(bytes);
  return picture !== undefined && picture.width <= MAX_SIDE && picture.height <= MAX_SIDE && picture.width * picture.height > 0;
}

function limitIn(url: string): number {
  return url.startsWith('/api/images') ? IMAGE_LIMIT / MB : 20;
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof CardError) return reply.code(CARD_STATUS[error.code]).send({ message: error.message });
  if (error instanceof DomainError) {
    const status = { too_long: 413, limit_reached: 429 }[error.code as string] ?? 422;
    return reply.code(status).send({ message: error.message });
  }
  throw error;
}
