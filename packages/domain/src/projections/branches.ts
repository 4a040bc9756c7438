import { z } from 'zod';
import { keyOf, projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** TL-9: names of branches, by the turn in which each ends. */
export const branchRow = z.object({ chatId: id, tipId: id, name: z.string() });
export type BranchRow = z.infer<typeof branchRow>;

export const branches = projection<BranchRow>({
  name: 'branches',
  class: 'timeline',
  version: 1,
  row: branchRow,
  on: {
    branch_named: {
      keys: (e) => (e.chatId === null ? [] : [keyOf(e.chatId, e.payload.tipId)]),
      evolve: (_row, e) =>
        e.payload.name === null || e.chatId === null
          ? undefined
          : { chatId: e.chatId, tipId: e.payload.tipId, name: e.payload.name },
    },
  },
});
