import { setAnchor, setWeather } from '@offstage/domain/commands/edits';
import { addMemory, deleteMemory, editMemory, pinMemory, scoreMemory, unpinMemory } from '@offstage/domain/commands/memoryEdits';
import { activity, edgeChanges, instant, place, significance } from '@offstage/domain/shapes';
import { text } from '@offstage/domain/text';
import { z } from 'zod';
import { edit, editActivity, editEdge, editGroup, editOneMemory, editPlace, pinsIn, undo } from '../story/edits.ts';
import { clockByHand } from '../story/plans.ts';
import { fewOf } from './bounded.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** What is read at all; a memory's own limit is lower, and says so kindly. */
const READ_MOST = 2_000_000;

const inChat = command.extend({ chatId: wireId });
const ofMemory = inChat.extend({ memoryId: wireId });
/** An activity as a hand may set it: with as many details, and as much time, as anybody would read. */
const activityByHand = activity.extend({
  action: activity.shape.action.unwrap().extend({ expectedMinutes: z.number().min(0).max(100_000_000).nullable() }).nullable(),
  status: fewOf(z.string().max(300), 50),
});
const memoryText = z.string().max(READ_MOST, 'This is far too long for a memory.');

/** Changes by hand to what stands behind the story (UI-4). Each can be undone by the id that it answers (ED-4). */
export const editsRouter = router({
  setClock: procedure
    .meta({ description: 'Sets the story\'s clock (SC-3); what was planned for more than a day before then expires.' })
    .input(inChat.extend({ clock: instant }))
    .mutation(({ ctx, input: { commandId, ...input } }) => clockByHand(ctx, commandOf(ctx, commandId), input)),

  setAnchor: procedure
    .meta({ description: 'Says what the clock means in the story; an empty text says nothing.' })
    .input(inChat.extend({ anchor: text(300) }))
    .mutation(({ ctx, input }) => edit(ctx, commandOf(ctx, input.commandId), input.chatId, (state) => setAnchor(state, input.anchor))),

  setWeather: procedure
    .meta({ description: 'Sets the weather (SC-8).' })
    .input(inChat.extend({ weather: text(300) }))
    .mutation(({ ctx, input }) => edit(ctx, commandOf(ctx, input.commandId), input.chatId, (state) => setWeather(state, input.weather))),

  setPlace: procedure
    .meta({ description: 'Changes a place of the story (WD-4).' })
    .input(inChat.extend({ containerId: wireId, changes: place.omit({ parentId: true }).extend({ name: text(200) }).partial() }))
    .mutation(({ ctx, input: { commandId, ...input } }) => editPlace(ctx, commandOf(ctx, commandId), input)),

  setActivity: procedure
    .meta({ description: 'Changes what somebody does, where and how (WD-5).' })
    .input(inChat.extend({ entityId: wireId, changes: activityByHand.partial() }))
    .mutation(({ ctx, input: { commandId, ...input } }) => editActivity(ctx, commandOf(ctx, commandId), input)),

  setEdge: procedure
    .meta({ description: 'Sets how one stands to another (ED-4).' })
    .input(inChat.extend({ source: wireId, target: wireId, changes: edgeChanges }))
    .mutation(({ ctx, input: { commandId, ...input } }) => editEdge(ctx, commandOf(ctx, commandId), input)),

  setGroup: procedure
    .meta({ description: 'Sets how the three who are here are together (WD-9).' })
    .input(inChat.extend({ changes: z.object({ summary: text(4_000), mood: text(300) }).partial() }))
    .mutation(({ ctx, input: { commandId, ...input } }) => editGroup(ctx, commandOf(ctx, commandId), input)),

  addMemory: procedure
    .meta({ description: 'Gives a bot a memory written by hand (ME-9).' })
    .input(inChat.extend({ ownerId: wireId, text: memoryText, significance }))
    .mutation(({ ctx, input: { commandId, chatId, ...input } }) =>
      edit(ctx, commandOf(ctx, commandId), chatId, async (state, read) =>
        addMemory(state, await pinsIn(read, state, input.ownerId), { memoryId: ctx.newId(), ...input }),
      ),
    ),

  editMemory: procedure
    .meta({ description: 'Changes the words of a memory.' })
    .input(ofMemory.extend({ text: memoryText }))
    .mutation(({ ctx, input }) => editOneMemory(ctx, commandOf(ctx, input.commandId), input, (state, at) => editMemory(state, at, input.text))),

  scoreMemory: procedure
    .meta({ description: 'Says how much a memory matters, 0 to 3; 3 pins it (ME-4).' })
    .input(ofMemory.extend({ significance }))
    .mutation(({ ctx, input }) => editOneMemory(ctx, commandOf(ctx, input.commandId), input, (state, at) => scoreMemory(state, at, input.significance))),

  pinMemory: procedure
    .meta({ description: 'Pins a memory. Over the cap an automatic pin gives way; where there is none, it is refused (ME-4).' })
    .input(ofMemory)
    .mutation(({ ctx, input }) => editOneMemory(ctx, commandOf(ctx, input.commandId), input, pinMemory)),

  unpinMemory: procedure
    .meta({ description: 'Takes the pin off a memory.' })
    .input(ofMemory)
    .mutation(({ ctx, input }) => editOneMemory(ctx, commandOf(ctx, input.commandId), input, unpinMemory)),

  deleteMemory: procedure
    .meta({ description: 'Deletes a memory; undone, it is back as it was.' })
    .input(ofMemory)
    .mutation(({ ctx, input }) => editOneMemory(ctx, commandOf(ctx, input.commandId), input, deleteMemory)),

  undo: procedure
    .meta({ description: 'Takes back one of these edits, by the id that it answered. Refused where the value has been changed again since.' })
    .input(inChat.extend({ of: wireId }))
    .mutation(({ ctx, input: { commandId, ...input } }) => undo(ctx, commandOf(ctx, commandId), input)),
});
