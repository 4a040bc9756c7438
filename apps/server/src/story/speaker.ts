import type { Row } from '@offstage/domain';

/** A bot that may be spoken to. */
export interface Listener {
  readonly botId: string;
  readonly name: string;
}

/** Who is meant to answer. `sure` is false where words alone do not tell: then a model may be asked. */
export interface Choice {
  readonly botId: string | undefined;
  readonly sure: boolean;
}

/** "you two", "everyone": several are spoken to, and any of them may answer. */
const SEVERAL = /\b(?:you (?:two|both|all|guys)|both of you|all of you|everyone|everybody|each of you|the (?:two|pair) of you)\b/i;

/**
 * TN-3, the part that needs no model: the bot that the message names, by `@name` or in its words; else the one that
 * spoke last; else the host. Unsure where it names several, or speaks to several. Nobody when no bot is there.
 */
export function chooseSpeaker(
  text: string,
  listeners: readonly Listener[],
  chat: Pick<Row<'chats'>, 'hostId'>,
  head: Pick<Row<'turns'>, 'speakerId' | 'addresseeId'>,
): Choice {
  const found = listeners
    .map(({ botId, name }) => ({ botId, ...placeOfName(text, name) }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => Number(b.called) - Number(a.called) || a.at - b.at);
  const [named, second] = found;
  // One who is called ("Mara, ...") is meant, whoever else is spoken of.
  if (named !== undefined) return { botId: named.botId, sure: second === undefined || (named.called && !second.called) };
  const sure = listeners.length < 2 || !SEVERAL.test(text);
  for (const botId of [head.speakerId, head.addresseeId, chat.hostId]) {
    if (listeners.some((listener) => listener.botId === botId)) return { botId: botId ?? undefined, sure };
  }
  return { botId: listeners[0]?.botId, sure: listeners.length < 2 };
}

/** Where a name stands as a word of its own, -1 for nowhere; `called` where it stands as one calls somebody. */
function placeOfName(text: string, name: string): { at: number; called: boolean } {
  const low = text.toLowerCase();
  const wanted = name.toLowerCase();
  const word = (at: number): boolean => at >= 0 && at < text.length && /[\p{L}\p{N}]/u.test(text.charAt(at));
  let first = -1;
  for (let at = low.indexOf(wanted); at !== -1; at = low.indexOf(wanted, at + 1)) {
    if (word(at - 1) || word(at + wanted.length)) continue;
    if (first === -1) first = at;
    const mentioned = text.charAt(at - 1) === '@';
    const opens = /(?:^|[.!?"\u201C*]\s*)$/.test(text.slice(0, at)) && /^\s*[,!?:]/.test(text.slice(at + wanted.length));
    const closes = /,\s*$/.test(text.slice(0, at)) && /^\s*[.!?"\u201D]*(?:$|[.!?])/.test(text.slice(at + wanted.length));
    if (mentioned || opens || closes) return { at, called: true };
  }
  return { at: first, called: false };
}
