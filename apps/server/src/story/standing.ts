import type { Standing } from '@offstage/domain/commands/send';
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
