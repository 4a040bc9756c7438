import { instant } from '@offstage/domain/shapes';
import { z } from 'zod';
import { command, procedure, router, wireId } from './trpc.ts';

const at = command.extend({ chatId: wireId, head: wireId });

/** Skipping ahead (SC-4, SC-5). */
export const skipsRouter = router({
  begin: procedure
    .meta({ description: 'Skips ahead, to when the words say or to an exact moment. A leap to another time first asks whether anything in between is worth telling; both ids are then the turn at which the chat stands.' })
    .input(at.extend({ when: z.union([z.object({ words: z.string().trim().min(1, 'Say where to skip to.').max(4_000) }), z.object({ moment: instant })]) }))
    .mutation(({ ctx, input }) => ctx.story.skip(input)),

  answer: procedure
    .meta({ description: 'Answers whether anything in between is worth telling, and skips; an empty answer moves the clock alone.' })
    .input(at.extend({ notable: z.string().max(40_000, 'This is far too long.') }))
    .mutation(({ ctx, input }) => ctx.story.answerSkip(input)),

  cancel: procedure
    .meta({ description: 'Takes the question back and skips nothing; answers the words of the message that asked for it.' })
    .input(command.extend({ chatId: wireId }))
    .mutation(({ ctx, input }) => ctx.story.cancelSkip(input)),
});
