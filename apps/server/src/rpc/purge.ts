import { z } from 'zod';
import { previewPurge, purge, purgeTarget } from '../story/purge.ts';
import { command, procedure, router } from './trpc.ts';

/** Deleting for good (TL-12). */
export const purgeRouter = router({
  preview: procedure
    .meta({ description: 'What deleting a chat, a bot or branches for good would take with it, and the name to type; nothing is changed.' })
    .input(z.object({ target: purgeTarget }))
    .query(({ ctx, input }) => previewPurge(ctx, input.target)),

  run: procedure
    .meta({ description: 'Deletes a chat, a bot or branches for good, after the name was typed. The library is put in order afterwards: in a long one that takes a moment, and nothing else is answered meanwhile.' })
    .input(command.extend({ target: purgeTarget, name: z.string().max(500) }))
    .mutation(async ({ ctx, input }) => {
      // A copy that is being made would hold what goes.
      await ctx.library.works.cancel();
      return purge({ ...ctx, writer: ctx.story.writer }, input);
    }),
});
