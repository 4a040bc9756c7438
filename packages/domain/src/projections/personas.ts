import { z } from 'zod';
import { projection } from '../projection.ts';
import { id, personaIdentity } from '../shapes.ts';

/** WD-1: the people who write. */
export const personaRow = z.object({ personaId: id, ...personaIdentity.shape, removed: z.boolean() });
export type PersonaRow = z.infer<typeof personaRow>;

export const personas = projection<PersonaRow>({
  name: 'personas',
  class: 'timeline',
  version: 1,
  row: personaRow,
  on: {
    persona_authored: {
      keys: (e) => [e.payload.personaId],
      evolve: (_row, e) => ({ personaId: e.payload.personaId, ...e.payload.identity, removed: false }),
    },
    persona_removed: {
      keys: (e) => [e.payload.personaId],
      evolve: (row) => row && { ...row, removed: true },
    },
  },
});
