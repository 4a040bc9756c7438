import { z } from 'zod';
import { procedure, router, wireId } from './trpc.ts';

/** Reading a kickoff before a chat begins. */
export const kickoffRouter = router({
  read: procedure
    .meta({ description: 'Reads a bot\'s kickoff prose into a draft to correct. Where the model fails, a plain draft with a note.' })
    .input(z.object({ botId: wireId, personaId: wireId }))
    .query(({ ctx, input, signal }) => ctx.story.readKickoff(input, signal ?? new AbortController().signal)),
});
