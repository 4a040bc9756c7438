import { LORE_MAX, loreInput } from '@offstage/domain/commands/authoring';
import { botIdentity } from '@offstage/domain/shapes';
import { z } from 'zod';
import { authorBot, listBots, readBot, removeBot } from '../library/bots.ts';
import { liftReset, reset } from '../story/reset.ts';
import { freeForm } from './bounded.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

// A card that the input leaves out is kept, one that is null is dropped: so nothing is filled in for it here.
const identity = botIdentity.extend({ card: freeForm({ depth: 70, parts: 500_000, characters: 24_000_000 }).nullable().optional() });

// Cards number their entries as they like; what is past counting orders nothing.
const entry = loreInput.extend({ order: z.number().min(-1e15).max(1e15).default(100) });

/** The characters. */
export const botsRouter = router({
  list: procedure
    .meta({ description: 'The bots on offer, by name, each with the beginning of its persona.' })
    .query(({ ctx }) => listBots(ctx.store)),

  get: procedure
    .meta({ description: 'One bot whole, with its knowledge entries.' })
    .input(z.object({ botId: wireId }))
    .query(({ ctx, input }) => readBot(ctx.store, input.botId)),

  author: procedure
    .meta({ description: 'Makes a bot; with an id, re-authors that one. Knowledge entries left out stay as they are.' })
    .input(command.extend({ botId: wireId.optional(), identity, lore: z.array(entry).max(LORE_MAX).optional() }))
    .mutation(({ ctx, input: { commandId, lore, ...input } }) =>
      authorBot(ctx.store, commandOf(ctx, commandId), { ...input, ...(lore !== undefined && { lore }) }, ctx.newId),
    ),

  remove: procedure
    .meta({ description: 'Takes a bot off the list; chats in which it stands keep it.' })
    .input(command.extend({ botId: wireId }))
    .mutation(({ ctx, input }) => removeBot(ctx.store, commandOf(ctx, input.commandId), input.botId)),

  reset: procedure
    .meta({ description: 'Takes back all that a bot remembers and feels, after its name was typed; its chats stand at their beginnings again.' })
    .input(command.extend({ botId: wireId, name: z.string().max(500) }))
    .mutation(({ ctx, input }) => reset({ ...ctx, writer: ctx.story.writer }, input)),

  undoReset: procedure
    .meta({ description: 'Lifts a reset: what it took back is there again.' })
    .input(command.extend({ botId: wireId, upTo: z.int().min(0) }))
    .mutation(({ ctx, input }) => liftReset({ ...ctx, writer: ctx.story.writer }, input)),
});
