import { diagnosticsOf } from '../ops/diagnostics.ts';
import { waitingLines } from '../ops/waitingCalls.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** How the server does (OP-9), and what waits for a model (MO-5). */
export const diagnosticsRouter = router({
  read: procedure
    .meta({ description: 'How things stand, as lines of text to read or to pass on: nothing in it is a key, a name or a word of a story.' })
    .query(async ({ ctx }) => ({ text: await diagnosticsOf(ctx.library, ctx) })),

  waiting: procedure
    .meta({ description: 'Model calls that wait for a place or until a time, the oldest first.' })
    .query(({ ctx }) => waitingLines(ctx)),

  takeOut: procedure
    .meta({ description: 'Takes a waiting call out of the line: a reply ends as when it is stopped, bookkeeping goes without. False when it waits no longer.' })
    .input(command.extend({ id: wireId }))
    .mutation(({ ctx, input }) => ctx.once(input.commandId, async () => ({ taken: ctx.gateway.cancel(input.id) }))),
});
