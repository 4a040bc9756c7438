import { DomainError } from '@offstage/domain';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { tellAgain } from './skip/skip.ts';
import { regenerate } from './turn.ts';
import type { RegenerateInput } from './turn.ts';

/** TL-6: another reply in place of one, or another telling of a skip. Throws as what it does. */
export function again(kit: Kit, input: RegenerateInput): Promise<{ userTurnId: string | null; replyTurnId: string }> {
  return unlessDone(kit, input.commandId, () => againNow(kit, input));
}

async function againNow(kit: Kit, input: RegenerateInput): Promise<{ userTurnId: string | null; replyTurnId: string }> {
  const turnId = input.turnId ?? input.head;
  const turn = await kit.store.read.row('turns', turnId);
  if (turn?.kind !== 'skip') return regenerate(kit, input);
  if (input.text !== undefined) throw new DomainError('invalid', 'A skip answers no words that could be changed. Rewind, and skip anew.', ['text']);
  const { commandId, chatId, head, nudge } = input;
  return tellAgain(kit, { commandId, chatId, head, turnId, nudge: nudge?.trim() });
}
