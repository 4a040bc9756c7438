import type { NewEvent, Payload } from '../catalogue.ts';
import { inChat, inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { TurnRow } from '../projections/turns.ts';
import { cleanText } from '../text.ts';
import type { Standing } from './send.ts';
import { playable } from './send.ts';

export type ReplyEnd = Payload<'assistant_turn'>;

/** Ends a reply with as much as came (TN-5). Throws DomainError `already_done` for a reply that has ended. */
export function endReply(turn: TurnRow | undefined, end: ReplyEnd): NewEvent[] {
  if (turn === undefined) throw new DomainError('not_found', 'This reply is no longer there.', ['turnId']);
  if (turn.status !== 'streaming') throw new DomainError('already_done', 'This reply has already ended.', ['turnId']);
  return [inTurn(turn.chatId, turn.turnId, 'assistant_turn', { ...end, text: cleanText(end.text).trim() })];
}

export interface Retry {
  /** The reply to replace: where the chat stood when it was asked for. */
  readonly head: string;
  readonly model: string;
  readonly replyTurnId: string;
}

/**
 * TL-6, the message unchanged: the story goes back to what the last reply answered, and a new reply starts beside the
 * old one, which stays as an alternate. Throws as `playable`, and `invalid` where the last turn is no reply.
 */
export function retryReply(state: Standing, input: Retry): NewEvent[] {
  const { chat, head } = playable(state, input.head);
  if (head.kind !== 'assistant' || head.parentId === null) {
    throw new DomainError('invalid', 'There is no reply here to try again.', ['head']);
  }
  return [
    inChat(chat.chatId, 'head_moved', { to: head.parentId, from: head.turnId, reason: 'regenerate' }),
    inTurn(chat.chatId, input.replyTurnId, 'assistant_turn_started', {
      parentId: head.parentId,
      depth: head.depth,
      speakerId: head.speakerId,
      addresseeId: head.addresseeId,
      // The new reply stands where the old one stood: whoever witnessed that one witnesses this.
      sceneId: head.sceneId,
      witnesses: head.witnesses,
      clock: head.clock,
      model: input.model,
    }),
  ];
}
