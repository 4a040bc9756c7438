import { command, procedure, router, wireId } from './trpc.ts';

/** Scenes by hand. */
export const scenesRouter = router({
  close: procedure
    .meta({ description: 'Ends the scene and opens the next in the same place; while a reply is written, after it. `closed` is false where nothing had happened yet.' })
    .input(command.extend({ chatId: wireId }))
    .mutation(({ ctx, input }) => ctx.story.closeScene(input)),
});
