import { setGuestByHand } from '../story/guests.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** Who comes into a chat beside its host (GU-1). */
export const guestsRouter = router({
  set: procedure
    .meta({ description: 'Brings a bot into a chat as its guest, or with null lets the guest go; who is present follows at once, or, while a reply is written, after it.' })
    .input(command.extend({ chatId: wireId, botId: wireId.nullable() }))
    .mutation(({ ctx, input }) => setGuestByHand({ store: ctx.store, writer: ctx.story.writer }, commandOf(ctx, input.commandId), input)),
});
