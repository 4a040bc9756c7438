import { z } from 'zod';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-13: knowledge entries of a bot, a chat or the whole library. */
export const loreRow = z.object({
  loreId: id,
  botId: id.nullable(),
  chatId: id.nullable(),
  name: z.string(),
  keys: z.array(z.string()),
  secondaryKeys: z.array(z.string()),
  content: z.string(),
  enabled: z.boolean(),
  constant: z.boolean(),
  order: z.number(),
});
export type LoreRow = z.infer<typeof loreRow>;

export const lore = projection<LoreRow>({
  name: 'lore',
  class: 'timeline',
  version: 1,
  row: loreRow,
  on: {
    lore_written: { keys: (e) => [e.payload.loreId], evolve: (_row, e) => e.payload },
    lore_removed: { keys: (e) => [e.payload.loreId], evolve: () => undefined },
  },
});
