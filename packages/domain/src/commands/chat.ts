import type { NewEvent } from '../catalogue.ts';
import { inChat } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { ChatRow } from '../projections/chats.ts';

/** Renames a chat; nothing happens when it has that title already. Throws DomainError `not_found`. */
export function renameChat(chat: ChatRow | undefined, title: string): NewEvent[] {
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  return chat.title === title ? [] : [inChat(chat.chatId, 'chat_titled', { title })];
}
