import { z } from 'zod';
import { groupKey } from '../members.ts';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-9: how three who share a scene are together. Those three know of it, and nobody else. */
export const groupNodeRow = z.object({ chatId: id, summary: z.string(), mood: z.string(), knownTo: z.array(id) });
export type GroupNodeRow = z.infer<typeof groupNodeRow>;

export const groupNodes = projection<GroupNodeRow>({
  name: 'groupNodes',
  class: 'story',
  version: 2,
  row: groupNodeRow,
  on: {
    group_described: {
      keys: (e) => (e.chatId === null ? [] : [groupKey(e.chatId, e.payload.knownTo)]),
      evolve: (_row, { chatId, payload: { summary, mood, knownTo } }) => (chatId === null ? undefined : { chatId, summary, mood, knownTo }),
    },
  },
});
