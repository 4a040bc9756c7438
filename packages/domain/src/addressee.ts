// No schema stands here: the page takes this to show, while one writes, who would be spoken to.

/** A bot that may be spoken to. */
export interface Listener {
  readonly botId: string;
  readonly name: string;
}

/** Who is meant to answer, and by what it was told. `sure` is false where words alone do not tell: then a model may be asked. */
export interface Choice {
  readonly botId: string | undefined;
  readonly by: 'name' | 'last';
  readonly sure: boolean;
}

/** "you two", "everyone": several are spoken to, and any of them may answer. */
const SEVERAL = /\b(?:you (?:two|both|all|guys)|both of you|all of you|everyone|everybody|each of you|the (?:two|pair) of you)\b/i;

/**
 * TN-3, the part that needs no model: the bot that the message names, by `@name` or in its words; else the first of
 * `before` that is there; else the first listener. Unsure where it names several, or speaks to several.
 */
export function chooseSpeaker(text: string, listeners: readonly Listener[], before: readonly (string | null | undefined)[]): Choice {
  const found = listeners
    .map((listener) => ({ botId: listener.botId, ...placeOfNames(text, callsOf(listener, listeners)) }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => Number(b.called) - Number(a.called) || a.at - b.at);
  const [named, second] = found;
  // One who is called ("Mara, ...") is meant, whoever else is spoken of.
  if (named !== undefined) return { botId: named.botId, by: 'name', sure: second === undefined || (named.called && !second.called) };
  const sure = listeners.length < 2 || !SEVERAL.test(text);
  const last = before.find((botId) => listeners.some((listener) => listener.botId === botId));
  return { botId: last ?? listeners[0]?.botId, by: 'last', sure: sure && (last !== undefined || listeners.length < 2) };
}

/** What of a turn tells to whom the person speaks next. */
interface Told {
  readonly kind: string;
  readonly speakerId: string | null;
  readonly addresseeId: string | null;
}

/**
 * Whom the person spoke to last, as far as the head tells: the one that answered. One that broke in (`parent` is then a
 * reply too) was not spoken to, unless it turned to the person.
 */
export function spokenToLast(head: Told | undefined, parent: Told | undefined, personaId: string | null): readonly (string | null)[] {
  if (head === undefined) return [];
  const brokeIn = head.kind === 'assistant' && parent?.kind === 'assistant';
  if (brokeIn && head.addresseeId !== personaId) return [parent.speakerId, head.speakerId];
  return [head.speakerId, head.addresseeId];
}

/** What a bot may be called: its whole name, and its first name where it is no other's. */
function callsOf({ name }: Listener, listeners: readonly Listener[]): readonly string[] {
  const first = firstName(name);
  const shared = listeners.filter((listener) => firstName(listener.name) === first).length > 1;
  return first === undefined || shared || first === name ? [name] : [name, first];
}

/** The word by which somebody of two names or more is called: no article, and no title. */
function firstName(name: string): string | undefined {
  return name.split(/\s+/).find((word) => /^\p{Lu}[\p{L}'\u2019-]+$/u.test(word) && !TITLES.test(word));
}

/** What stands before a name and is none. */
export const TITLES = /^(?:the|an?|mr|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|lady|lord|dame|master|mistress|madam|captain|capt|sergeant|sgt|lieutenant|lt|major|colonel|general|commander|king|queen|prince|princess|count|countess|duke|duchess|baron|baroness|father|mother|brother|sister|saint|st|aunt|uncle|old|young|little|big)\.?$/i;

function placeOfNames(text: string, names: readonly string[]): { at: number; called: boolean } {
  const places = names.map((name) => placeOfName(text, name));
  return places.find(({ called }) => called) ?? places.find(({ at }) => at !== -1) ?? { at: -1, called: false };
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
