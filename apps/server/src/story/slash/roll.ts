import { readDice, rollDice } from '@offstage/domain/commands/roll';
import { readStanding } from '../standing.ts';
import type { SlashAction } from './action.ts';

/** `/roll 2d6+3`: dice, thrown here and put down as they fell, for all present to see. */
export const roll: SlashAction = async (kit, input, rest) => {
  const wanted = readDice(rest);
  const dice = Array.from({ length: wanted.count }, () => kit.throwDie(wanted.sides));
  const turnId = kit.newId();
  const commit = await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => ({
    events: rollDice(await readStanding(read, input.chatId), { head: input.head, wanted, dice, turnId }),
    answer: { userTurnId: turnId, replyTurnId: turnId, said: null },
  }));
  return commit.answer;
};
