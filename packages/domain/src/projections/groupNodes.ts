import { z } from 'zod';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-9: how three who share a scene are together. */
export const groupNodeRow = z.object({ chatId: id, summary: z.string(), mood: z.string(), knownTo: z.array(id) });
export type GroupNodeRow = z.infer<typeof groupNodeRow>;

export const groupNodes = projection<GroupNodeRow>({
  name: 'groupNodes',
  class: 'story',
  version: 1,
  row: groupNodeRow,
  on: {
    group_described: {
      keys: (e) => (e.chatId === null ? [] : [e.chatId]),
      evolve: (_row, e) => (e.chatId === null ? undefined : { chatId: e.chatId, ...e.payload }),
    },
  },
});
