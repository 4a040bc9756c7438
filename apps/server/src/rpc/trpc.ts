import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import type { Door } from './context.ts';
import { LibraryClosed } from '../keeping/closed.ts';
import type { Services } from '../services.ts';
import { asTransportError, problemOf } from './problem.ts';

/** What every procedure says about itself, for whoever reads the list of them (OP-9). */
interface Meta {
  readonly description: string;
}

const commandId = z.object({ commandId: z.string().max(80) });

const t = initTRPC
  .context<Door>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error }) {
      const offstage = problemOf(error);
      // The default shape carries a stack while developing; no page needs it.
      const { code, httpStatus, path } = shape.data;
      return { code: shape.code, message: offstage.message, data: { code, httpStatus, path, offstage } };
    },
  });

/** What a procedure throws is turned into a plain sentence, and logged where nobody expected it. */
const plainly = t.middleware(async ({ ctx, path, type, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { code } = problemOf(result.error);
  if (code === 'storage') ctx.library.fault(result.error.cause);
  // A library that is not open was logged when it was closed.
  if (code === 'unexpected' || (code === 'storage' && !(result.error.cause instanceof LibraryClosed))) {
    ctx.log.error({ err: result.error.cause ?? result.error, procedure: path, type }, 'a request failed');
  }
  throw asTransportError(result.error);
});

/** A mutation's id is its own: never another procedure's. */
const underItsId = t.middleware(async ({ ctx, path, type, getRawInput, next }) => {
  if (type !== 'mutation') return next();
  const given = commandId.safeParse(await getRawInput());
  // What is no id is refused by the procedure's own input.
  return given.success ? ctx.claims.run(given.data.commandId, path, next) : next();
});

/** Goes in to the library, which is not closed meanwhile; what is live lets go of it by itself. */
const inside = t.middleware(({ ctx, type, getRawInput, next }) => {
  if (type === 'subscription') return next({ ctx: { ...ctx.library.services, ...ctx } });
  // What was done before writes nothing, and is answered (TL-14).
  const writes = async ({ store }: Services): Promise<boolean> => {
    const given = commandId.safeParse(await getRawInput());
    return !given.success || (await store.answered(given.data.commandId)) === undefined;
  };
  return ctx.library.use(type === 'mutation' && writes, (services) => next({ ctx: { ...services, ...ctx } }));
});

/** What is answered also while the library is not open. */
export const door = t.procedure.use(plainly).use(underItsId);

/** Every other procedure starts from this. */
export const procedure = t.procedure.use(plainly).use(inside).use(underItsId);

export const router = t.router;

/** Ids as they come over the wire. */
export const wireId = z.string().min(1, 'This may not be empty.').max(80).regex(/^[\w.:-]+$/, 'An id holds letters, digits and . : _ - only.');

/**
 * What every mutation carries: the client's own id for it (TL-14). One with a colon would be of a command of the engine's own, which
 * names it after what it is about: the end of a reply would then seem to be written already.
 */
export const command = z.object({ commandId: wireId.regex(/^[^:]*$/, 'The id of a request holds no colon.') });
