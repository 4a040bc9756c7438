import { DomainError } from '@offstage/domain';
import type { Prompt } from '../../prompt/assemble.ts';
import type { Kit } from '../kit.ts';
import { promptFor } from '../promptFor.ts';
import type { PromptWanted } from '../promptFor.ts';
import { readMeanwhile } from './standing.ts';

/**
 * The prompt for a turn of the meanwhile scene that is open in a chat: only the two are there (MW-3). Throws DomainError
 * `not_found` where none is open, else as `promptFor`.
 */
export async function asidePrompt(kit: Kit, chatId: string, wanted: Omit<PromptWanted, 'at' | 'message'>): Promise<Prompt> {
  const { chat, head, stage, aside } = await readMeanwhile(kit.store.read, chatId);
  if (chat === undefined || head === undefined || aside === undefined) throw new DomainError('not_found', 'The two are not by themselves any more.', ['chatId']);
  return promptFor(kit, { ...wanted, at: { chat, head, stage, scene: aside, present: aside.present }, message: undefined });
}
