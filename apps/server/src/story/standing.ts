import { DomainError } from '@offstage/domain';
import type { Playable, Standing } from '@offstage/domain/commands/send';
import { presentIn } from '@offstage/domain/presence';
import type { Reads } from '@offstage/store';

/** Where a chat stands: what every decision about its next turn is made on. */
export async function readStanding(read: Reads, chatId: string): Promise<Standing> {
  const [chat, stage] = await Promise.all([read.row('chats', chatId), read.row('stages', chatId)]);
  const [head, scene] = await Promise.all([
    chat?.head == null ? undefined : read.row('turns', chat.head),
    stage?.sceneId == null ? undefined : read.row('scenes', stage.sceneId),
  ]);
  return { chat, head, stage, scene };
}

/** Where a chat stands, whoever is about to play in it. Throws DomainError `not_found`. */
export async function standingNow(read: Reads, chatId: string): Promise<Playable> {
  const { chat, head, stage, scene } = await readStanding(read, chatId);
  if (chat === undefined || head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  const cast = { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null };
  return { chat, head, stage, scene, present: presentIn(scene, cast) };
}
