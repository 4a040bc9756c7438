import { z } from 'zod';
import { promptsOfTurn } from '../story/inspect.ts';
import { procedure, router, wireId } from './trpc.ts';

/** What models were asked (PR-4). */
export const promptsRouter = router({
  ofTurn: procedure
    .meta({ description: 'The model calls behind a reply: what its prompt was made of and what was left out, what was sent, and what was noted down afterwards.' })
    .input(z.object({ chatId: wireId, turnId: wireId }))
    .query(async ({ ctx, input }) => {
      // A call that has just ended may still be on its way to where it is kept.
      await ctx.calls.settled();
      return promptsOfTurn(ctx.store, input);
    }),
});
