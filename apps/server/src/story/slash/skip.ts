import { skip as skipAhead } from '../skip/skip.ts';
import type { SlashAction } from './action.ts';

/** `/skip WHEN`: skips ahead (SC-4, SC-5). */
export const skip: SlashAction = (kit, { commandId, chatId, head }, rest) => skipAhead(kit, { commandId, chatId, head, when: { words: rest } });
