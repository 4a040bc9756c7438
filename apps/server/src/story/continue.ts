import { DomainError } from '@offstage/domain';
import { regenerate } from '@offstage/domain/commands/reply';
import { playable } from '@offstage/domain/commands/send';
import type { Playable } from '@offstage/domain/commands/send';
import { wordsOf } from '@offstage/domain/words';
import type { Prompt } from '../prompt/assemble.ts';
import { chooseModel } from './choosing.ts';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { asidePrompt } from './meanwhile/prompt.ts';
import { isAside } from './meanwhile/standing.ts';
import { promptFor } from './promptFor.ts';
import { readStanding } from './standing.ts';

export interface ContinueInput {
  readonly commandId: string;
  readonly chatId: string;
  /** The reply to go on with: the last one. */
  readonly head: string;
}

/**
 * TN-6: goes on with the last reply. The longer one stands beside it and begins with its words, so that both stay, and
 * what is learnt of it is learnt of the whole. Throws DomainError `stale_head`, `busy`, `invalid`, `too_long`, `not_found`.
 */
export function continueReply(kit: Kit, input: ContinueInput): Promise<{ replyTurnId: string }> {
  return unlessDone(kit, input.commandId, () => continueNow(kit, input));
}

async function continueNow(kit: Kit, input: ContinueInput): Promise<{ replyTurnId: string }> {
  const before = await readStanding(kit.store.read, input.chatId);
  const reply = before.head;
  const speaker = reply?.speakerId == null ? undefined : await kit.people.bot(reply.speakerId);
  const chosen = await chooseModel(kit, before.chat, speaker);
  const ready = reply?.turnId === input.head && reply.kind === 'assistant' && speaker !== undefined && wordsOf(reply).trim() !== '';
  const at = ready ? playable(before, input.head) : undefined;
  const prompt = at === undefined || speaker === undefined ? undefined : await promptToGoOn(kit, at, speaker.botId);

  const replyTurnId = kit.newId();
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await kit.store.execute(command, async (read) => {
    const state = await readStanding(read, input.chatId);
    playable(state, input.head);
    if (prompt === undefined) throw new DomainError('invalid', 'There are no words here to go on from. Try again instead.', ['head']);
    const events = regenerate({
      state,
      expectedHead: input.head,
      reply: state.head,
      message: undefined,
      text: undefined,
      nudge: undefined,
      model: chosen.model,
      userTurnId: replyTurnId,
      replyTurnId,
      hung: await read.ofTurn(input.head),
    });
    return { events, answer: { replyTurnId } };
  });

  if (!commit.replayed && prompt !== undefined && reply !== undefined && speaker !== undefined) {
    const names = await kit.people.names(reply.witnesses.filter((id) => id !== speaker.botId)).catch(() => new Map<string, string>());
    kit.writer.write({ chatId: input.chatId, turnId: replyTurnId, speaker, others: [...names.values()], chosen, begun: wordsOf(reply), prompt: () => prompt });
  }
  return commit.answer;
}

/** What was played aside is gone on with there. */
async function promptToGoOn(kit: Kit, at: Playable, speakerId: string): Promise<Prompt> {
  const { chat, head } = at;
  if (await isAside(kit.store.read, head)) return asidePrompt(kit, chat.chatId, { speakerId, addresseeId: head.addresseeId, continuing: true });
  return promptFor(kit, { at, speakerId, addresseeId: head.addresseeId, message: undefined, continuing: true });
}
