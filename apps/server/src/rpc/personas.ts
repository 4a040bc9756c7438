import { personaIdentity } from '@offstage/domain/shapes';
import { authorPersona, listPersonas, removePersona } from '../library/personas.ts';
import { commandOf } from './context.ts';
import { command, procedure, router, wireId } from './trpc.ts';

/** Who the person writes as. */
export const personasRouter = router({
  list: procedure
    .meta({ description: 'The personas on offer, by name.' })
    .query(({ ctx }) => listPersonas(ctx.store)),

  author: procedure
    .meta({ description: 'Makes a persona; with an id, rewrites that one.' })
    .input(command.extend({ personaId: wireId.optional(), identity: personaIdentity }))
    .mutation(({ ctx, input }) => authorPersona(ctx.store, commandOf(ctx, input.commandId), input, ctx.newId)),

  remove: procedure
    .meta({ description: 'Takes a persona off the list; chats that use it keep it.' })
    .input(command.extend({ personaId: wireId }))
    .mutation(({ ctx, input }) => removePersona(ctx.store, commandOf(ctx, input.commandId), input.personaId)),
});
