import { z } from 'zod';
import { addSamples, listSamples } from '../library/samples.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** The bots that Offstage brings along. */
export const samplesRouter = router({
  list: procedure.meta({ description: 'The sample cast: original bots shipped with Offstage.' }).query(() => listSamples()),

  add: procedure
    .meta({ description: 'Puts sample bots into the library; one that is there already is left as it is.' })
    .input(command.extend({ sampleIds: z.array(wireId).min(1, 'Choose at least one.').max(20) }))
    .mutation(({ ctx, input }) => addSamples(ctx.store, commandOf(ctx, input.commandId), input.sampleIds)),
});
