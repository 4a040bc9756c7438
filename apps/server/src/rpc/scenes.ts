import { z } from 'zod';
import { command, procedure, router, wireId } from './trpc.ts';

/** Scenes by hand. */
export const scenesRouter = router({
  close: procedure
    .meta({ description: 'Ends the scene and opens the next in the same place; while a reply is written, after it. `closed` is false where nothing had happened yet.' })
    .input(command.extend({ chatId: wireId }))
    .mutation(({ ctx, input }) => ctx.story.closeScene(input)),

  stopTelling: procedure
    .meta({ description: 'Is done with telling the scene that has closed last: what has been told by then is kept, and nothing stays owed. False where none is being told.' })
    .input(z.object({ chatId: wireId }))
    .mutation(({ ctx, input }) => ({ stopped: ctx.story.stopTelling(input.chatId) })),
});
