import { z } from 'zod';
import { previewPurge, purge, purgeTarget } from '../story/purge.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** Deleting for good (TL-12). */
export const purgeRouter = router({
  preview: procedure
    .meta({ description: 'What deleting a chat, a bot or branches for good would take with it, and the name to type; nothing is changed.' })
    .input(z.object({ target: purgeTarget }))
    .query(({ ctx, input }) => previewPurge(ctx, input.target)),

  run: procedure
    .meta({ description: 'Deletes a chat, a bot or branches for good, after the name was typed. The library is put in order afterwards: in a long one that takes a moment, in which all can be read and nothing be written.' })
    .input(command.extend({ target: purgeTarget, name: z.string().max(500) }))
    .mutation(async ({ ctx, input }) => {
      const run = () => ctx.purges.run(input.commandId, (told) => purge({ ...ctx, writer: ctx.story.writer }, input, told));
      // One that comes twice deletes nothing, and stops no copy.
      return (await ctx.store.answered(input.commandId)) === undefined ? ctx.library.works.apart(run) : run();
    }),

  progress: procedure
    .meta({ description: 'How far a deletion for good is, by the id of its command; null before it has begun and when it is over.' })
    .input(z.object({ of: wireId }))
    .query(({ ctx, input }) => ctx.purges.stepOf(input.of)),

  stop: procedure
    .meta({ description: 'Gives up a deletion for good as long as nothing has gone; false where it is too late.' })
    .input(z.object({ of: wireId }))
    .mutation(({ ctx, input }) => ({ stopped: ctx.purges.stop(input.of) })),
});
