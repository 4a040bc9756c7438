import type { NewEvent, Payload } from '../catalogue.ts';
import { inChat, inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { ChatRow } from '../projections/chats.ts';
import type { TurnRow } from '../projections/turns.ts';
import { wordsOf, cleanText, MESSAGE_MAX } from '../words.ts';

export type MoveReason = Payload<'head_moved'>['reason'];

export interface Move {
  readonly chat: ChatRow | undefined;
  readonly head: TurnRow | undefined;
  /** Where to go. */
  readonly target: TurnRow | undefined;
  /** True where the target is on the way from the beginning to where the chat stands. */
  readonly onPath: boolean;
  readonly reason: MoveReason;
}

/**
 * TL-3: stands a chat at another turn. Nothing where it stands there already. Throws DomainError `not_found` for a turn
 * that is not of this chat, `busy` while a reply streams at either end, `invalid` for a rewind to what is not behind.
 */
export function moveHead({ chat, head, target, onPath, reason }: Move): NewEvent[] {
  if (chat === undefined || head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  if (target === undefined || target.chatId !== chat.chatId) throw new DomainError('not_found', 'That turn is not in this chat.', ['to']);
  if (target.status === 'streaming') throw new DomainError('busy', 'That reply is still being written.', ['to']);
  if (target.turnId === head.turnId) return [];
  if (reason === 'rewind' && !onPath) {
    throw new DomainError('invalid', 'That turn is on another branch. Switch to the branch instead of rewinding.', ['to']);
  }
  if (head.status === 'streaming') throw new DomainError('busy', 'A reply is still being written. Wait for it, or stop it.', ['to']);
  return [inChat(chat.chatId, 'head_moved', { to: target.turnId, from: head.turnId, reason })];
}

/** TL-9: names the branch that ends in a turn; an empty name takes it away. Throws DomainError `not_found`. */
export function nameBranch(chat: ChatRow | undefined, tip: TurnRow | undefined, name: string | null): NewEvent[] {
  if (chat === undefined || tip === undefined || tip.chatId !== chat.chatId) {
    throw new DomainError('not_found', 'That branch is not in this chat.', ['tipId']);
  }
  return [inChat(chat.chatId, 'branch_named', { tipId: tip.turnId, name })];
}

/** TL-8: puts other words in place of a turn's; what was there is kept. Nothing where they are the same. */
export function editTurn(turn: TurnRow | undefined, text: string): NewEvent[] {
  const words = cleanText(text).trim();
  const there = editable(turn);
  if (words === '') throw new DomainError('invalid', 'A turn needs some words. Hide it if it should not be read.', ['text']);
  if (words.length > MESSAGE_MAX * 2) throw new DomainError('too_long', `That is longer than ${(MESSAGE_MAX * 2).toLocaleString('en')} characters.`, ['text']);
  return words === wordsOf(there) ? [] : [inTurn(there.chatId, there.turnId, 'turn_edited', { text: words, prior: wordsOf(there) })];
}

/** TL-8: hides a turn from prompts, or shows it to them again. Nothing where it is so. */
export function hideTurn(turn: TurnRow | undefined, hidden: boolean): NewEvent[] {
  const there = editable(turn);
  return there.hidden === hidden ? [] : [inTurn(there.chatId, there.turnId, 'turn_hidden', { hidden })];
}

function editable(turn: TurnRow | undefined): TurnRow {
  if (turn === undefined) throw new DomainError('not_found', 'This turn is no longer there.', ['turnId']);
  if (turn.status === 'streaming') throw new DomainError('busy', 'This reply is still being written.', ['turnId']);
  return turn;
}
