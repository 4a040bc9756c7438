import { z } from 'zod';
import { projection } from '../projection.ts';
import { botIdentity, id } from '../shapes.ts';

/** WD-2: the characters. */
export const botRow = z.object({
  botId: id,
  ...botIdentity.shape,
  authoredAt: z.string(),
  removed: z.boolean(),
  /** Resets in force: events that the bot owns are taken back up to each of these places in the log (TL-10). */
  resets: z.array(z.number().int()),
});
export type BotRow = z.infer<typeof botRow>;

export const bots = projection<BotRow>({
  name: 'bots',
  class: 'timeline',
  version: 1,
  row: botRow,
  on: {
    bot_authored: {
      keys: (e) => [e.payload.botId],
      evolve: (row, e) => ({
        botId: e.payload.botId,
        ...e.payload.identity,
        authoredAt: e.at,
        removed: false,
        resets: row?.resets ?? [],
      }),
    },
    bot_removed: {
      keys: (e) => [e.payload.botId],
      evolve: (row) => row && { ...row, removed: true },
    },
    bot_reset: {
      keys: (e) => [e.payload.botId],
      evolve: (row, e) => row && { ...row, resets: [...row.resets, e.payload.upTo] },
    },
    bot_reset_undone: {
      keys: (e) => [e.payload.botId],
      evolve: (row, e) => row && { ...row, resets: row.resets.filter((upTo) => upTo !== e.payload.upTo) },
    },
  },
});
