import { z } from 'zod';
import { kind } from '../event.ts';
import { botIdentity, id, personaIdentity } from '../shapes.ts';
import { line, text } from '../text.ts';

/** What all chats share: the people who write, the bots, continuities, lore, and resets. */
export const libraryEvents = {
  persona_authored: kind({
    meaning: 'A persona of the person writing was made or rewritten.',
    version: 1,
    belongs: 'library',
    payload: z.object({ personaId: id, identity: personaIdentity }),
  }),
  persona_removed: kind({
    meaning: 'A persona is no longer offered; chats that use it keep it.',
    version: 1,
    belongs: 'library',
    payload: z.object({ personaId: id }),
  }),
  bot_authored: kind({
    meaning: 'A bot was made or re-authored: this is who it is from now on.',
    version: 1,
    belongs: 'library',
    payload: z.object({ botId: id, identity: botIdentity }),
  }),
  bot_removed: kind({
    meaning: 'A bot is no longer offered; chats in which it stands keep it.',
    version: 1,
    belongs: 'library',
    payload: z.object({ botId: id }),
  }),
  bot_reset: kind({
    meaning: "A bot's memories and edges up to a point in the log are taken back.",
    version: 1,
    belongs: 'library',
    payload: z.object({ botId: id, upTo: z.number().int().min(0) }),
  }),
  bot_reset_undone: kind({
    meaning: 'A reset is lifted: what it took back is in force again.',
    version: 1,
    belongs: 'library',
    payload: z.object({ botId: id, upTo: z.number().int().min(0) }),
  }),
  continuity_created: kind({
    meaning: 'A continuity was opened: what chats in it share, no other chat knows.',
    version: 1,
    belongs: 'library',
    payload: z.object({ continuityId: id, name: line(200), shared: z.boolean() }),
  }),
  lore_written: kind({
    meaning: 'A knowledge entry was added or rewritten.',
    version: 1,
    belongs: 'library',
    payload: z.object({
      loreId: id,
      botId: id.nullable(),
      chatId: id.nullable(),
      name: text(300),
      keys: z.array(text(500)).max(200),
      secondaryKeys: z.array(text(500)).max(200),
      content: text(100_000),
      enabled: z.boolean(),
      constant: z.boolean(),
      order: z.number(),
    }),
  }),
  lore_removed: kind({
    meaning: 'A knowledge entry was removed.',
    version: 1,
    belongs: 'library',
    payload: z.object({ loreId: id }),
  }),
};
