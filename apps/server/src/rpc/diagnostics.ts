import { diagnosticsOf } from '../ops/diagnostics.ts';
import { procedure, router } from './trpc.ts';

/** How the server does (OP-9). */
export const diagnosticsRouter = router({
  read: procedure
    .meta({ description: 'How things stand, as lines of text to read or to pass on: nothing in it is a key, a name or a word of a story.' })
    .query(async ({ ctx }) => ({ text: await diagnosticsOf(ctx.library, ctx) })),
});
