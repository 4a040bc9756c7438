import { meanwhileMode } from '@offstage/domain/events/meanwhile';
import { MEANWHILE_TURNS_MOST } from '@offstage/domain/meanwhileTurns';
import { z } from 'zod';
import { command, procedure, router, wireId } from './trpc.ts';

const outOfRange = `The two can take 1 to ${MEANWHILE_TURNS_MOST} turns.`;
const turns = z.number(outOfRange).int(outOfRange).min(1, outOfRange).max(MEANWHILE_TURNS_MOST, outOfRange);
const nudge = z.string().max(1_000, 'A nudge is one line: at most 1,000 characters.');

/** Host and guest by themselves, beside the scene that is open (MW-1). */
export const meanwhileRouter = router({
  begin: procedure
    .meta({ description: 'Leaves host and guest by themselves for some turns (6 where none are named); the scene that you are in stays open.' })
    .input(
      command.extend({
        chatId: wireId,
        turns: turns.optional(),
        mode: meanwhileMode.optional(),
        nudge: nudge.optional(),
        place: z.string().max(200, 'A name of a place has at most 200 characters.').optional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.story.meanwhile.begin(input)),

  steer: procedure
    .meta({ description: 'Pauses the two, lets them go on for some turns, or nudges their next one; what is left out stays. A nudge, and who speaks, can be undone by the id that it answers.' })
    .input(command.extend({ chatId: wireId, running: z.boolean().optional(), turns: turns.optional(), mode: meanwhileMode.optional(), nudge: nudge.optional() }))
    .mutation(({ ctx, input }) => ctx.story.meanwhile.steer(input)),

  end: procedure
    .meta({ description: 'Ends it, after the turn that is being written. Both remember it, and you are told what went on. `ended` is false where nobody was by themselves.' })
    .input(command.extend({ chatId: wireId }))
    .mutation(({ ctx, input }) => ctx.story.meanwhile.end(input)),
});
