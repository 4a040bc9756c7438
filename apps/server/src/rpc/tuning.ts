import { tuneChat } from '@offstage/domain/commands/tuning';
import { tuning } from '@offstage/domain/shapes';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** What one chat sets for itself (PR-7). */
export const tuningRouter = router({
  set: procedure
    .meta({ description: "Gives a chat an author's note, sampler settings or passes of its own; null follows the settings, what is left out stays." })
    .input(command.extend({ chatId: wireId }).extend(tuning.partial().shape))
    .mutation(async ({ ctx, input: { chatId, commandId, ...change } }) => {
      await ctx.store.execute(commandOf(ctx, commandId), async (read) => ({
        events: tuneChat(await read.row('chats', chatId), change),
        answer: null,
      }));
    }),
});
