import { DomainError, keyOf } from '@offstage/domain';
import { interject as decide } from '@offstage/domain/commands/interject';
import type { Kit } from './kit.ts';
import { readStanding, standingNow } from './standing.ts';
import { promptFor } from './promptFor.ts';
import { chooseModel } from './choosing.ts';

/**
 * TN-10: plays the turn of the bot that was decided to break in after a reply, or to answer what was said with a skip. One commit starts it and says that it is
 * owed no more, so a crash neither loses nor doubles it (TN-9); where the story has gone on, its moment has passed.
 */
export async function interjectAfter(kit: Kit, replyId: string, signal: AbortSignal): Promise<void> {
  const { read } = kit.store;
  const key = keyOf('interjection', replyId);
  const decision = (await read.ofTurn(replyId)).findLast(({ kind }) => kind === 'interjection_decided');
  const owed = await read.row('owed', key);
  if (owed === undefined || decision?.kind !== 'interjection_decided') return;
  const { botId, addresseeId, answers = false } = decision.payload;
  const { chatId } = owed;
  const [speaker, chat] = await Promise.all([kit.people.bot(botId), read.row('chats', chatId)]);
  const chosen = speaker === undefined ? undefined : await chooseModel(kit, chat, speaker);
  const turnId = kit.newId();
  // It stays owed, and is played at the next start.
  if (signal.aborted) return;
  try {
    const commit = await kit.store.execute({ id: `${replyId}:interjection:${owed.sinceSeq}`, actor: 'engine', at: kit.now() }, async (now) => {
      if ((await now.row('owed', key)) === undefined) throw new DomainError('already_done', 'Nothing is owed here.', ['turnId']);
      const events = decide(await readStanding(now, chatId), { replyId, botId, addresseeId, answers, model: chosen?.model ?? null, turnId });
      return { events, answer: { begun: events.some(({ kind }) => kind === 'assistant_turn_started') } };
    });
    if (commit.replayed || !commit.answer.begun || speaker === undefined || chosen === undefined) return;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'already_done') return;
    throw error;
  }
  const turn = await read.row('turns', turnId);
  const names = await kit.people.names((turn?.witnesses ?? []).filter((id) => id !== botId)).catch(() => new Map<string, string>());
  kit.writer.write({
    chatId,
    turnId,
    speaker,
    others: [...names.values()],
    chosen,
    // It is made by the writer: whatever fails from here on is the end of the turn, and said under it.
    prompt: async () => promptFor(kit, { at: await standingNow(kit.store.read, chatId), speakerId: botId, addresseeId: turn?.addresseeId ?? null, message: undefined, interjecting: !answers }),
  });
}
