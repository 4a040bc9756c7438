import type { Row } from '@offstage/domain';
import type { People } from './people.ts';

/**
 * TL-12: true for a bot that was deleted and is in a chat no longer: of it nothing is kept that comes late, or it would remember
 * anew.
 */
export async function isGone(people: People, chat: Row<'chats'>, stage: Row<'stages'> | undefined, id: string): Promise<boolean> {
  return id !== chat.hostId && id !== stage?.guestId && (await people.bot(id))?.removed === true;
}
