import { line } from '@offstage/domain/text';
import { z } from 'zod';
import { hereOf } from '../story/here.ts';
import { alternates, drawerAt, move, previewBranch, rename, treePicture } from '../story/timeline.ts';
import { undoingOf } from '../story/undoing.ts';
import { command, procedure, router, wireId } from './trpc.ts';

const chat = z.object({ chatId: wireId });

/** Going back, trying another way, and what lies beside (TL). */
export const timelineRouter = router({
  undoing: procedure
    .meta({ description: 'What rewinding to a turn would undo, counted and in words; nothing is changed.' })
    .input(chat.extend({ to: wireId }))
    .query(({ ctx, input }) => undoingOf(ctx, input)),

  move: procedure
    .meta({ description: 'Stands a chat at another turn: rewind, undo, another reply (with the state it led to), another branch. A reply being written is stopped first.' })
    .input(command.extend({ chatId: wireId, to: wireId, reason: z.enum(['rewind', 'undo', 'swipe', 'branch']) }))
    .mutation(({ ctx, input }) => move({ ...ctx, writer: ctx.story.writer }, input)),

  alternates: procedure
    .meta({ description: 'For each turn that has others beside it: all of them, the earliest first.' })
    .input(chat.extend({ turnIds: z.array(wireId).max(200) }))
    .query(({ ctx, input }) => alternates(ctx, input.turnIds)),

  tree: procedure
    .meta({ description: 'The tree of a chat: every turn with its first words, the names of branches, the scenes.' })
    .input(chat)
    .query(({ ctx, input }) => treePicture(ctx, input.chatId)),

  here: procedure
    .meta({ description: 'Which branch a chat stands on: its name, or the first words in which it differs from those beside it.' })
    .input(chat)
    .query(({ ctx, input }) => hereOf(ctx, input.chatId)),

  branch: procedure
    .meta({ description: 'The last turns of a branch, from where it leaves the active path, to be read without going there.' })
    .input(chat.extend({ tipId: wireId }))
    .query(({ ctx, input }) => previewBranch(ctx, input)),

  name: procedure
    .meta({ description: 'Names the branch that ends in a turn; null takes the name away.' })
    .input(command.extend({ chatId: wireId, tipId: wireId, name: line(200).nullable() }))
    .mutation(({ ctx, input }) => rename(ctx, input)),

  at: procedure
    .meta({ description: 'What stood beside the transcript as of a turn of the active path.' })
    .input(chat.extend({ turnId: wireId }))
    .query(({ ctx, input }) => drawerAt(ctx, input.chatId, input.turnId)),
});
