import { setGuest } from '@offstage/domain/commands/guest';
import { DomainError } from '@offstage/domain';
import { endingOf } from '../story/meanwhile/acts.ts';
import { readMeanwhile } from '../story/meanwhile/standing.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** Who comes into a chat beside its host (GU-1). */
export const guestsRouter = router({
  set: procedure
    .meta({ description: 'Brings a bot into a chat as its guest, or with null lets the guest go; who is present follows at once.' })
    .input(command.extend({ chatId: wireId, botId: wireId.nullable() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.execute(commandOf(ctx, input.commandId), async (read) => {
        const bot = input.botId === null ? undefined : await read.row('bots', input.botId);
        if (input.botId !== null && (bot === undefined || bot.removed)) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
        const at = await readMeanwhile(read, input.chatId);
        const events = setGuest(at, input.botId);
        // Who goes is no longer by themselves with the host.
        return { events: events.length === 0 ? [] : [...(await endingOf(read, at)), ...events], answer: null };
      });
    }),
});
