import { MEANWHILE_TURNS_MOST } from '@offstage/domain/meanwhileTurns';
import { DomainError } from '@offstage/domain';
import { beginAside } from '../meanwhile/acts.ts';
import type { SlashAction } from './action.ts';
import { saidOnly } from './action.ts';

/** `/meanwhile 8 they talk about the lamp`: leaves host and guest by themselves (MW-1). */
export const meanwhile: SlashAction = async (kit, input, rest) => {
  const [, number, nudge = ''] = /^(?:(\d{1,9})(?:\s*turns?\b)?[\s,.:;-]*)?([\s\S]*)$/i.exec(rest) ?? [];
  const turns = number === undefined ? undefined : Number(number);
  if (turns !== undefined && (turns < 1 || turns > MEANWHILE_TURNS_MOST)) {
    throw new DomainError('invalid', `The two can take 1 to ${MEANWHILE_TURNS_MOST} turns.`, ['text']);
  }
  await beginAside(kit, { commandId: input.commandId, chatId: input.chatId, turns, nudge: nudge.slice(0, NUDGE_MOST) });
  return saidOnly(kit, input, 'The two are by themselves now. You can read along.');
};

/** Characters of a nudge that are taken. */
const NUDGE_MOST = 1_000;
