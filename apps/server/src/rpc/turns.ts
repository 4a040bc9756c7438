import { z } from 'zod';
import { command, procedure, router, wireId } from './trpc.ts';

/** What is read at all; the story's own limit is lower, and says so kindly. */
const READ_MOST = 2_000_000;

/** Playing. */
export const turnsRouter = router({
  send: procedure
    .meta({ description: 'Writes your turn and starts the reply. Refused, with nothing written, when the story has gone on or a reply is being written.' })
    .input(command.extend({ chatId: wireId, head: wireId, text: z.string().max(READ_MOST, 'This is far too long to send.') }))
    .mutation(({ ctx, input }) => ctx.story.send(input)),

  stop: procedure
    .meta({ description: 'Ends the reply that is being written; its words are kept.' })
    .input(z.object({ chatId: wireId }))
    .mutation(async ({ ctx, input }) => ({ stopped: await ctx.story.stop(input.chatId) })),

  retry: procedure
    .meta({ description: 'Writes a new reply in place of the last one, which stays as an alternate.' })
    .input(command.extend({ chatId: wireId, head: wireId }))
    .mutation(({ ctx, input }) => ctx.story.retry(input)),
});
