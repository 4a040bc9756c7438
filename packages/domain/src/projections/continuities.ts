import { z } from 'zod';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-14: what chats share. */
export const continuityRow = z.object({ continuityId: id, name: z.string(), shared: z.boolean() });
export type ContinuityRow = z.infer<typeof continuityRow>;

export const continuities = projection<ContinuityRow>({
  name: 'continuities',
  class: 'timeline',
  version: 1,
  row: continuityRow,
  on: {
    continuity_created: {
      keys: (e) => [e.payload.continuityId],
      evolve: (_row, e) => e.payload,
    },
  },
});
