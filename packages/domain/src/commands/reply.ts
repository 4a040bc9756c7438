import type { LogEvent, NewEvent, Payload } from '../catalogue.ts';
import { inChat, inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { Addressed } from '../events/turn.ts';
import type { TurnRow } from '../projections/turns.ts';
import { cleanText } from '../words.ts';
import type { Standing } from './send.ts';
import { messageOf, playable } from './send.ts';
import { endSkip } from './skip.ts';

export type ReplyEnd = Payload<'assistant_turn'>;

/**
 * Ends a reply, or a skip, with as much as came (TN-5). The digests that its prompt carried are consumed with it, so that the
 * next prompt, which may be made at once, carries none twice (MW-4); one that brought no word leaves them. Throws DomainError
 * `already_done` for a reply that has ended.
 */
export function endReply(turn: TurnRow | undefined, end: ReplyEnd, digestIds: readonly string[] = []): NewEvent[] {
  if (turn === undefined) throw new DomainError('not_found', 'This reply is no longer there.', ['turnId']);
  if (turn.status !== 'streaming') throw new DomainError('already_done', 'This reply has already ended.', ['turnId']);
  if (turn.kind === 'skip') return [endSkip(turn, end)];
  const text = cleanText(end.text).trim();
  return [
    inTurn(turn.chatId, turn.turnId, 'assistant_turn', { ...end, text }),
    ...(text === '' ? [] : digestIds.map((digestId) => inTurn(turn.chatId, turn.turnId, 'digest_consumed', { digestId }))),
  ];
}

/** Kinds by which a hand corrects the story: they are carried to the reply that takes another's place. */
const BY_HAND: ReadonlySet<string> = new Set([
  'activity_set', 'clock_set', 'weather_set', 'container_changed', 'guest_set', 'scene_present_changed', 'group_described',
  'edge_edited', 'memory_written', 'memory_edited', 'memory_scored',
  'memory_held', 'memory_pinned', 'memory_unpinned', 'memory_deleted', 'story_event_planned', 'story_event_edited', 'story_event_moved', 'story_event_put_back',
  'thread_edited', 'thread_closed', 'thread_put_back', 'item_acquired', 'item_lost', 'item_edited', 'item_put_back', 'meanwhile_steered',
]);

export interface Regenerate {
  readonly state: Standing;
  /** Where the person saw the chat stand. */
  readonly expectedHead: string;
  /** The reply to replace, and the turn that it answers. */
  readonly reply: TurnRow | undefined;
  readonly message: TurnRow | undefined;
  /** What the message says instead; undefined leaves it. */
  readonly text: string | undefined;
  /** Who answers those other words, and how that was decided; undefined leaves it to the one who answered. */
  readonly answering?: { readonly speakerId: string; readonly addressed: Addressed | undefined } | undefined;
  readonly nudge: string | undefined;
  readonly model: string;
  readonly userTurnId: string;
  readonly replyTurnId: string;
  /** What hangs from the reply that is replaced. */
  readonly hung: readonly LogEvent[];
}

/**
 * TL-6: the story goes back to what a reply answered, and a new reply starts beside it, which stays as an alternate.
 * With other words for the message, a message of its own stands beside the old one. In the middle of the story this
 * branches there. What hands corrected at the old reply is carried to the new one. Throws as `playable`, and `invalid`
 * where the turn is no reply, or answers nothing whose words could be changed.
 */
export function regenerate(input: Regenerate): NewEvent[] {
  const { reply, message } = input;
  const { chat, head } = playable(input.state, input.expectedHead);
  if (reply === undefined || reply.chatId !== chat.chatId) throw new DomainError('not_found', 'That reply is not in this chat.', ['turnId']);
  if (reply.kind !== 'assistant' || reply.parentId === null) throw new DomainError('invalid', 'There is no reply here to try again.', ['turnId']);
  const { speakerId, addresseeId, sceneId, witnesses, clock } = reply;
  // The new reply stands where the old one stood: whoever witnessed that one witnesses this.
  const replyStart = {
    speakerId, addresseeId, sceneId, witnesses, clock, model: input.model,
    ...(input.nudge !== undefined && { nudge: input.nudge }),
    ...(isAside(input.hung) && { meanwhile: true as const }),
  };
  const to = (turnId: string): NewEvent[] =>
    turnId === head.turnId ? [] : [inChat(chat.chatId, 'head_moved', { to: turnId, from: head.turnId, reason: 'regenerate' })];
  const carried = carriedFrom(input.hung, reply, input.replyTurnId);

  if (input.text === undefined) {
    const started = { ...replyStart, parentId: reply.parentId, depth: reply.depth };
    return [...to(reply.parentId), inTurn(chat.chatId, input.replyTurnId, 'assistant_turn_started', started), ...carried];
  }
  if (message === undefined || message.kind !== 'user' || message.parentId === null) {
    throw new DomainError('invalid', 'This reply answers no message of yours.', ['text']);
  }
  const words = messageOf(input.text);
  const { speakerId: you, parentId, depth } = message;
  const { answering } = input;
  return [
    ...to(parentId),
    inTurn(chat.chatId, input.userTurnId, 'user_turn', {
      parentId, depth, speakerId: you, addresseeId: answering?.speakerId ?? message.addresseeId, sceneId: message.sceneId, witnesses: message.witnesses, clock: message.clock, text: words,
      ...(answering?.addressed !== undefined && { addressed: answering.addressed }),
    }),
    inTurn(chat.chatId, input.replyTurnId, 'assistant_turn_started', { ...replyStart, ...(answering !== undefined && { speakerId: answering.speakerId }), parentId: input.userTurnId, depth: depth + 1 }),
    ...carried,
  ];
}

/** Whether a turn was one of a meanwhile scene. */
function isAside(hung: readonly LogEvent[]): boolean {
  return hung.some((event) => event.kind === 'assistant_turn_started' && event.payload.meanwhile === true);
}

/** What hands did at a turn, to hang from another one. Memories that came and went with the turn itself are not among it. */
function carriedFrom(hung: readonly LogEvent[], { chatId, sceneId }: TurnRow, turnId: string): NewEvent[] {
  // A scene that the old reply had opened is open no longer: whoever came into it came into the one before.
  const opened = new Set(hung.flatMap((event) => (event.kind === 'scene_opened' ? event.payload.sceneId : [])));
  const own = new Set(hung.flatMap((event) => (event.kind === 'memory_written' && event.actor !== 'person' ? event.payload.memoryId : [])));
  const moved = new Set(hung.flatMap((event) => (event.kind === 'story_event_moved' && event.actor === 'person' ? event.commandId : [])));
  return hung.flatMap((event): NewEvent[] => {
    // What a plan promoted goes with the hand's word that it came to pass.
    const promoted = moved.has(event.commandId) && (event.kind === 'edge_update' || event.kind === 'edge_summarized');
    if (event.actor !== 'person' || !(promoted || BY_HAND.has(event.kind))) return [];
    if ('memoryId' in event.payload && own.has(event.payload.memoryId)) return [];
    if (event.kind === 'scene_present_changed' && sceneId !== null && opened.has(event.payload.sceneId)) {
      return [inTurn(chatId, turnId, event.kind, { ...event.payload, sceneId })];
    }
    // Kind and payload stay paired as they were.
    return [{ kind: event.kind, payload: event.payload, chatId, turnId } as NewEvent];
  });
}
