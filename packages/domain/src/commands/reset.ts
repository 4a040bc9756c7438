import type { LogEvent, NewEvent } from '../catalogue.ts';
import { inChat, inLibrary } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { BotRow } from '../projections/bots.ts';
import { confirmName } from './typed.ts';

/** A chat that a bot hosts: where it stands, and where it began. */
export interface HostedChat {
  readonly chatId: string;
  readonly head: string;
  readonly beginning: string;
  readonly streaming: boolean;
}

export interface Reset {
  readonly bot: BotRow | undefined;
  /** The bot's name as it was typed to confirm. */
  readonly typed: string;
  /** The last place in the log. */
  readonly seq: number;
  readonly chats: readonly HostedChat[];
}

/**
 * TL-10: takes back all that a bot remembers and feels, wherever it was, and stands its own chats at their beginnings.
 * Throws DomainError `not_found`, `invalid` where the typed name is another, `busy` while it speaks.
 */
export function resetBot({ bot, typed, seq, chats }: Reset): NewEvent[] {
  if (bot === undefined) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
  confirmName(typed, bot.name);
  if (chats.some(({ streaming }) => streaming)) throw new DomainError('busy', `${bot.name} is still writing. Wait for it, or stop it.`, ['botId']);
  return [
    inLibrary('bot_reset', { botId: bot.botId, upTo: seq }),
    ...chats.filter(({ head, beginning }) => head !== beginning).map(({ chatId, head, beginning }) => inChat(chatId, 'head_moved', { to: beginning, from: head, reason: 'reset' })),
  ];
}

export interface UndoReset {
  readonly bot: BotRow | undefined;
  readonly upTo: number;
  /** What was written together with the reset. */
  readonly together: readonly LogEvent[];
  /** Where chats stand now. */
  readonly heads: ReadonlyMap<string, string>;
}

/**
 * TL-10: lifts a reset. A chat that has been played on since stays where it is: what it was before stands beside it.
 * Throws DomainError `not_found`, `already_done` where the reset is no longer in force.
 */
export function undoReset({ bot, upTo, together, heads }: UndoReset): NewEvent[] {
  if (bot === undefined) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
  if (!bot.resets.includes(upTo)) throw new DomainError('already_done', 'This has been undone already.', ['upTo']);
  const back = together.flatMap((event) =>
    event.kind === 'head_moved' && event.chatId !== null && heads.get(event.chatId) === event.payload.to
      ? [inChat(event.chatId, 'head_moved', { to: event.payload.from, from: event.payload.to, reason: 'undo' })]
      : [],
  );
  return [inLibrary('bot_reset_undone', { botId: bot.botId, upTo }), ...back];
}
