import type { Row } from '@offstage/domain';

/** A bot that may be spoken to. */
export interface Listener {
  readonly botId: string;
  readonly name: string;
}

/**
 * TN-3, the part that needs no model: the bot that the message names, by `@name` or in its words; else the one that
 * spoke last; else the host. Undefined when no bot is there.
 */
export function chooseSpeaker(
  text: string,
  listeners: readonly Listener[],
  chat: Pick<Row<'chats'>, 'hostId'>,
  head: Pick<Row<'turns'>, 'speakerId' | 'addresseeId'>,
): string | undefined {
  const named = listeners
    .map(({ botId, name }) => ({ botId, at: placeOfName(text, name) }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => a.at - b.at)[0];
  if (named !== undefined) return named.botId;
  for (const botId of [head.speakerId, head.addresseeId, chat.hostId]) {
    if (listeners.some((listener) => listener.botId === botId)) return botId ?? undefined;
  }
  return listeners[0]?.botId;
}

/** Where a name stands as a word of its own; -1 for nowhere. An @mention counts as standing first. */
function placeOfName(text: string, name: string): number {
  const low = text.toLowerCase();
  const wanted = name.toLowerCase();
  const word = (at: number): boolean => at >= 0 && at < text.length && /[\p{L}\p{N}]/u.test(text.charAt(at));
  for (let at = low.indexOf(wanted); at !== -1; at = low.indexOf(wanted, at + 1)) {
    if (!word(at - 1) && !word(at + wanted.length)) return text.charAt(at - 1) === '@' ? 0 : at + 1;
  }
  return -1;
}
