import { changeThing, loseThing, addThing } from '@offstage/domain/commands/things';
import { closeThread, editThread } from '@offstage/domain/commands/threads';
import { instant } from '@offstage/domain/shapes';
import { text } from '@offstage/domain/text';
import { z } from 'zod';
import { edit } from '../story/edits.ts';
import { changePlan, makePlan, planPresets, stepPlan } from '../story/plans.ts';
import { freeForm } from './bounded.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

const inChat = command.extend({ chatId: wireId });
const ofPlan = inChat.extend({ storyEventId: wireId });
const ofThread = inChat.extend({ threadId: wireId });
const ofThing = inChat.extend({ itemId: wireId });

const plan = z.object({
  kind: text(100),
  title: text(300),
  props: freeForm({ depth: 16, parts: 2_000, characters: 100_000 }),
  plannedFor: instant.nullable(),
  knownTo: z.array(wireId).max(64),
});
const thing = z.object({ entityId: wireId, name: text(300), note: text(2_000) });

/** Plans, loose ends and things, by hand (EV-1, EV-5, WD-12). Each change can be undone through `edits.undo`. */
export const plotRouter = router({
  presets: procedure
    .meta({ description: 'The kinds of plans that are offered, with what each asks for.' })
    .query(() => planPresets()),

  plan: procedure
    .meta({ description: 'Plans something in the story. Refused where its time has passed there, or its details cannot be kept.' })
    .input(inChat.extend({ plan }))
    .mutation(({ ctx, input: { commandId, ...input } }) => makePlan(ctx, commandOf(ctx, commandId), input)),

  changePlan: procedure
    .meta({ description: 'Changes a plan that has not begun.' })
    .input(ofPlan.extend({ changes: plan.partial() }))
    .mutation(({ ctx, input: { commandId, ...input } }) => changePlan(ctx, commandOf(ctx, commandId), input)),

  stepPlan: procedure
    .meta({ description: 'Starts, completes or cancels a plan. Completing brings what its details promise: things, knowledge, another view of somebody.' })
    .input(ofPlan.extend({ step: z.enum(['start', 'complete', 'cancel']) }))
    .mutation(({ ctx, input: { commandId, ...input } }) => stepPlan(ctx, commandOf(ctx, commandId), input)),

  changeThread: procedure
    .meta({ description: 'Words a loose end anew.' })
    .input(ofThread.extend({ changes: z.object({ title: text(300), summary: text(4_000) }).partial() }))
    .mutation(({ ctx, input }) =>
      edit(ctx, commandOf(ctx, input.commandId), input.chatId, async (state, read) => editThread(state, await read.row('threads', input.threadId), input.changes)),
    ),

  closeThread: procedure
    .meta({ description: 'Ties up a loose end.' })
    .input(ofThread)
    .mutation(({ ctx, input }) =>
      edit(ctx, commandOf(ctx, input.commandId), input.chatId, async (state, read) => closeThread(state, await read.row('threads', input.threadId))),
    ),

  addThing: procedure
    .meta({ description: 'Gives somebody in the story a thing.' })
    .input(inChat.extend({ thing }))
    .mutation(({ ctx, input: { commandId, chatId, thing: wanted } }) =>
      edit(ctx, commandOf(ctx, commandId), chatId, async (state, read) =>
        addThing(state, { itemId: ctx.newId(), ...wanted }, await read.count('inventory', { chatId, entityId: wanted.entityId, lost: false })),
      ),
    ),

  changeThing: procedure
    .meta({ description: 'Words a thing anew, or gives it to somebody else.' })
    .input(ofThing.extend({ changes: thing.partial() }))
    .mutation(({ ctx, input: { commandId, chatId, itemId, changes } }) =>
      edit(ctx, commandOf(ctx, commandId), chatId, async (state, read) => {
        const has = changes.entityId === undefined ? 0 : await read.count('inventory', { chatId, entityId: changes.entityId, lost: false });
        return changeThing(state, await read.row('inventory', itemId), changes, has);
      }),
    ),

  loseThing: procedure
    .meta({ description: 'Takes a thing away.' })
    .input(ofThing)
    .mutation(({ ctx, input }) =>
      edit(ctx, commandOf(ctx, input.commandId), input.chatId, async (state, read) => loseThing(state, await read.row('inventory', input.itemId))),
    ),
});
