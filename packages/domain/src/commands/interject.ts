import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import type { Addressed } from '../events/turn.ts';
import { presentIn } from '../presence.ts';
import type { TurnRow } from '../projections/turns.ts';
import { cleanText } from '../words.ts';
import type { Standing } from './send.ts';

/** Characters of a reason that are kept. */
const REASON_MOST = 300;

/** Whether the bot that was not spoken to breaks in after a reply. */
export interface InterjectionDecision {
  readonly botId: string;
  readonly speaks: boolean;
  /** To whom it then speaks; null for nobody in particular. */
  readonly addresseeId: string | null;
  readonly reason: string;
  /** After a skip: it answers the words that were said with it, and how it was decided that this one does. */
  readonly answers?: true;
  readonly addressed?: Addressed | undefined;
}

/** TN-10: what was decided hangs from the reply. Where the bot is to speak, its turn is owed from here on (TN-9). */
export function decideInterjection(reply: Pick<TurnRow, 'chatId' | 'turnId'>, { addressed, ...decision }: InterjectionDecision): NewEvent[] {
  const reason = cleanText(decision.reason).replaceAll(/\s+/g, ' ').trim().slice(0, REASON_MOST).toWellFormed();
  return [inTurn(reply.chatId, reply.turnId, 'interjection_decided', { ...decision, reason, ...(addressed !== undefined && { addressed }) })];
}

export interface Interject {
  readonly replyId: string;
  readonly botId: string;
  readonly addresseeId: string | null;
  /** It answers words that were said with a skip, which may have led into another scene. */
  readonly answers: boolean;
  /** Null where nobody could write it: then the moment has passed. */
  readonly model: string | null;
  readonly turnId: string;
}

/**
 * TN-10: the bot that breaks in, or answers after a skip, begins its turn under the reply, and nothing is owed for that any more. Its moment has
 * passed, and nothing else happens, where the story has gone on meanwhile, the scene is another, or the bot has left.
 */
export function interject({ chat, head, stage, scene }: Standing, { replyId, botId, addresseeId, answers, model, turnId }: Interject): NewEvent[] {
  if (chat === undefined || head === undefined) return [];
  const settled = (interjectionId: string | null): NewEvent => inTurn(chat.chatId, replyId, 'interjection_settled', { botId, interjectionId });
  const present = presentIn(scene, { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null });
  const stands = head.turnId === replyId && head.status === 'whole' && (scene === undefined || (!scene.closed && (answers || scene.sceneId === head.sceneId)));
  if (!stands || model === null || !present.includes(botId)) return [settled(null)];
  return [
    settled(turnId),
    inTurn(chat.chatId, turnId, 'assistant_turn_started', {
      parentId: head.turnId,
      depth: head.depth + 1,
      speakerId: botId,
      addresseeId: addresseeId !== null && present.includes(addresseeId) ? addresseeId : head.speakerId,
      sceneId: scene?.sceneId ?? null,
      witnesses: [...present],
      clock: stage?.clock ?? null,
      model,
    }),
  ];
}
