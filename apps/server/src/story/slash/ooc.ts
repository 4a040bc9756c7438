import { writeRemark } from '@offstage/domain/commands/send';
import { readStanding } from '../standing.ts';
import type { SlashAction } from './action.ts';

/** `/ooc WORDS`: a remark between those who write (TN-1). It stands in the story for them, and no bot reads or answers it. */
export const ooc: SlashAction = async (kit, input, rest) => {
  const [open, shut] = kit.config.current.chat.ooc;
  const userTurnId = kit.newId();
  const commit = await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => ({
    events: writeRemark(await readStanding(read, input.chatId), { head: input.head, text: `${open}${rest}${shut}`, userTurnId }),
    answer: { userTurnId, replyTurnId: userTurnId, said: null },
  }));
  return commit.answer;
};
