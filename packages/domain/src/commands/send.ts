import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { Addressed } from '../events/turn.ts';
import { presentIn } from '../presence.ts';
import type { ChatRow } from '../projections/chats.ts';
import type { SceneRow } from '../projections/scenes.ts';
import type { StageRow } from '../projections/stages.ts';
import type { TurnRow } from '../projections/turns.ts';
import { MESSAGE_MAX, cleanText } from '../words.ts';

/** What deciding on a turn has to know: where the chat stands and who is there. */
export interface Standing {
  readonly chat: ChatRow | undefined;
  readonly head: TurnRow | undefined;
  readonly stage: StageRow | undefined;
  readonly scene: SceneRow | undefined;
}

/** A standing in which something can be played. */
export interface Playable {
  readonly chat: ChatRow;
  readonly head: TurnRow;
  readonly stage: StageRow | undefined;
  readonly scene: SceneRow | undefined;
  readonly present: readonly string[];
}

/**
 * Checks that a turn can be played on top of `expectedHead` (TL-14). Throws DomainError `not_found` where there is no
 * such chat, `stale_head` where the story has gone on, `busy` while a reply streams.
 */
export function playable(state: Standing, expectedHead: string): Playable {
  const { chat, head, stage, scene } = state;
  if (chat === undefined || head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  if (head.status === 'streaming') {
    throw new DomainError('busy', 'A reply is still being written. Wait for it, or stop it.', ['head']);
  }
  if (head.turnId !== expectedHead) {
    throw new DomainError('stale_head', 'The story went on elsewhere since you began to write. Your words are kept.', ['head']);
  }
  const cast = { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null };
  return { chat, head, stage, scene, present: presentIn(scene, cast) };
}

/** The message as it is kept. Throws DomainError `invalid` for an empty one, `too_long` past MESSAGE_MAX. */
export function messageOf(raw: string): string {
  const message = cleanText(raw).trim();
  // Spaces and format characters alone, however wide, draw nothing.
  if (!/[^\s\p{Cf}]/u.test(message)) throw new DomainError('invalid', 'There is nothing to send yet.', ['text']);
  if (message.length > MESSAGE_MAX) {
    const [long, most] = [message.length, MESSAGE_MAX].map((count) => count.toLocaleString('en'));
    throw new DomainError('too_long', `Your message is ${long} characters long; ${most} fit. Send it in parts.`, ['text']);
  }
  return message;
}

export interface Send {
  /** The turn that the message was written against. */
  readonly head: string;
  readonly text: string;
  /** The bot that answers. */
  readonly speakerId: string;
  /** How it was decided that this one answers, where another could have. */
  readonly addressed?: Addressed | undefined;
  readonly model: string;
  readonly userTurnId: string;
  readonly replyTurnId: string;
}

/** TN-4: your turn, and the start of the reply. Witnesses are fixed here: everyone present (ME-1). */
export function sendMessage(state: Standing, input: Send): NewEvent[] {
  const text = messageOf(input.text);
  const { chat, head, stage, scene, present } = playable(state, input.head);
  const clock = stage?.clock ?? null;
  const common = { sceneId: scene?.sceneId ?? null, witnesses: [...present] };
  return [
    inTurn(chat.chatId, input.userTurnId, 'user_turn', {
      ...common,
      clock,
      parentId: head.turnId,
      depth: head.depth + 1,
      speakerId: chat.personaId,
      addresseeId: input.speakerId,
      text,
      ...(input.addressed !== undefined && { addressed: input.addressed }),
    }),
    inTurn(chat.chatId, input.replyTurnId, 'assistant_turn_started', {
      ...common,
      clock,
      parentId: input.userTurnId,
      depth: head.depth + 2,
      speakerId: input.speakerId,
      addresseeId: chat.personaId,
      model: input.model,
    }),
  ];
}

/** How a turn of the person's begins that follows the head and speaks to nobody: all present witness it. */
export function ownTurn({ chat, head, stage, scene, present }: Playable) {
  return {
    parentId: head.turnId,
    depth: head.depth + 1,
    speakerId: chat.personaId,
    addresseeId: null,
    sceneId: scene?.sceneId ?? null,
    witnesses: [...present],
    clock: stage?.clock ?? null,
  };
}

/** TN-1: a remark between those who write: a turn of yours that nobody in the story answers. Throws as `playable` and `messageOf`. */
export function writeRemark(state: Standing, input: Pick<Send, 'head' | 'text' | 'userTurnId'>): NewEvent[] {
  const text = messageOf(input.text);
  const at = playable(state, input.head);
  return [inTurn(at.chat.chatId, input.userTurnId, 'user_turn', { ...ownTurn(at), text })];
}
