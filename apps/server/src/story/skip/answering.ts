import type { NewEvent } from '@offstage/domain';
import { decideInterjection } from '@offstage/domain/commands/interject';
import { speaksToo } from '@offstage/domain/intent';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import { chooseAddressee } from '../addressee.ts';
import type { Kit } from '../kit.ts';
import type { PassContext } from '../passes/pass.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'people' | 'config' | 'log'>;

/** Ends of a skip after which nobody answers: it was stopped, or no model is there to answer. */
const UNTOLD: ReadonlySet<string | null> = new Set(['aborted', 'lost', 'crash', 'written']);

/**
 * TN-3: a message that skips time may speak as well. Once it is told how time went by, the one who was spoken to answers:
 * the turn is owed from here on, like that of one who breaks in (TN-9). Empty where nobody was spoken to.
 */
export async function answerAfterSkip(kit: Tools, { chat, message, reply, skip, stage, scene, again }: PassContext): Promise<readonly NewEvent[]> {
  if (skip === undefined || message === undefined || again || UNTOLD.has(reply.finishReason)) return [];
  const markers = { ooc: kit.config.current.chat.ooc };
  const told = storyText(wordsOf(message), markers);
  if (!speaksToo(told, markers)) return [];
  const there = await Promise.all(reply.witnesses.map((id) => kit.people.bot(id)));
  if (there.every((bot) => bot === undefined)) return [];
  const { speaker, addressed } = await chooseAddressee(kit, { chat, head: reply, stage, scene, present: reply.witnesses }, told, undefined);
  const reason = addressed?.reason ?? `${speaker.name} was spoken to.`;
  return decideInterjection(reply, { botId: speaker.botId, speaks: true, addresseeId: chat.personaId, reason, answers: true, addressed });
}
