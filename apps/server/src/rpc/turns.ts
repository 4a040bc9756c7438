import { editTurn, hideTurn } from '@offstage/domain/commands/timeline';
import { z } from 'zod';
import { learnTurnAgain } from '../story/learnAgain.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** What is read at all; the story's own limit is lower, and says so kindly. */
const READ_MOST = 2_000_000;

/** Playing. */
export const turnsRouter = router({
  send: procedure
    .meta({ description: 'Writes your turn and starts the reply of the bot that it is meant for, or, with `to`, of the one you chose; or does what a /command says; where that makes no turn, both ids are the turn at which the chat stands. Refused, with nothing written, when the story has gone on or a reply is being written.' })
    .input(command.extend({ chatId: wireId, head: wireId, text: z.string().max(READ_MOST, 'This is far too long to send.'), to: wireId.optional() }))
    .mutation(({ ctx, input }) => ctx.story.send(input)),

  stop: procedure
    .meta({ description: 'Ends the reply that is being written; its words are kept.' })
    .input(z.object({ chatId: wireId }))
    .mutation(async ({ ctx, input }) => ({ stopped: await ctx.story.stop(input.chatId) })),

  regenerate: procedure
    .meta({ description: 'Writes a new reply in place of another, which stays as an alternate; with other words for the message, or a nudge, where given.' })
    .input(
      command.extend({
        chatId: wireId,
        head: wireId,
        turnId: wireId.optional(),
        text: z.string().max(READ_MOST, 'This is far too long to send.').optional(),
        nudge: z.string().max(1_000, 'A nudge is one line: at most 1,000 characters.').optional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.story.regenerate(input)),

  continue: procedure
    .meta({ description: 'Goes on with the last reply: the longer one stands beside it, and both stay.' })
    .input(command.extend({ chatId: wireId, head: wireId }))
    .mutation(({ ctx, input }) => ctx.story.continueReply(input)),

  impersonate: procedure
    .meta({ description: 'Drafts your next message, as it comes, for you to change and send. Nothing is written down.' })
    .input(z.object({ chatId: wireId }))
    .subscription(async function* ({ ctx, input, signal }) {
      yield* ctx.places.during(ctx.pipe, ctx.story.impersonate(input.chatId, signal ?? new AbortController().signal));
    }),

  edit: procedure
    .meta({ description: 'Puts other words in place of a turn\'s; the original is kept.' })
    .input(command.extend({ turnId: wireId, text: z.string().max(READ_MOST, 'This is far too long.') }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.execute(commandOf(ctx, input.commandId), async (read) => ({ events: editTurn(await read.row('turns', input.turnId), input.text), answer: null }));
    }),

  learnAgain: procedure
    .meta({ description: 'Looks anew for what a turn led to, in place of what was found before; for a turn whose words were edited. What a hand has changed since stays.' })
    .input(command.extend({ turnId: wireId }))
    .mutation(({ ctx, input }) => learnTurnAgain(ctx, input)),

  hide: procedure
    .meta({ description: 'Hides a turn from what bots are given to read, or shows it to them again.' })
    .input(command.extend({ turnId: wireId, hidden: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.store.execute(commandOf(ctx, input.commandId), async (read) => ({ events: hideTurn(await read.row('turns', input.turnId), input.hidden), answer: null }));
    }),
});
