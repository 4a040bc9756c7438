import { z } from 'zod';
import { given, projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-12: objects that an entity has acquired or lost. */
export const itemRow = z.object({
  itemId: id,
  chatId: id,
  entityId: id,
  name: z.string(),
  note: z.string(),
  lost: z.boolean(),
});
export type ItemRow = z.infer<typeof itemRow>;

export const inventory = projection<ItemRow>({
  name: 'inventory',
  class: 'story',
  version: 2,
  row: itemRow,
  on: {
    item_acquired: {
      keys: (e) => [e.payload.itemId],
      evolve: (_row, e) => (e.chatId === null ? undefined : { chatId: e.chatId, ...e.payload, lost: false }),
    },
    item_lost: {
      keys: (e) => [e.payload.itemId],
      evolve: (row, e) => row && { ...row, lost: true, note: e.payload.note },
    },
    item_edited: {
      keys: (e) => [e.payload.itemId],
      evolve: (row, e) => row && { ...row, ...given(e.payload.changes) },
    },
    item_put_back: {
      keys: (e) => [e.payload.itemId],
      evolve: (row, e) => (row === undefined || !e.payload.there ? undefined : { ...row, lost: false }),
    },
  },
});
