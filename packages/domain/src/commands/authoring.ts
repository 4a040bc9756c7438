import { z } from 'zod';
import type { NewEvent } from '../catalogue.ts';
import { inLibrary } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { BotRow } from '../projections/bots.ts';
import type { LoreRow } from '../projections/lore.ts';
import type { PersonaRow } from '../projections/personas.ts';
import { botIdentity, id, personaIdentity } from '../shapes.ts';
import type { BotIdentity, PersonaIdentity } from '../shapes.ts';
import { text } from '../text.ts';
import { sameJson } from '../same.ts';

/** A knowledge entry as its author gives it (WD-13); one with an id rewrites the entry of that id. */
export const loreInput = z.object({
  loreId: id.optional(),
  name: text(300).default(''),
  keys: z.array(text(500)).max(200).default([]),
  secondaryKeys: z.array(text(500)).max(200).default([]),
  content: text(100_000),
  enabled: z.boolean().default(true),
  constant: z.boolean().default(false),
  order: z.number().default(100),
});
export type LoreInput = z.input<typeof loreInput>;

/** A bot holds at most this many knowledge entries; the largest lorebooks in use have about a thousand. */
export const LORE_MAX = 2_000;

/** Fields that say who somebody is, as a form or a card gives them. */
export type BotIdentityInput = z.input<typeof botIdentity>;
export type PersonaIdentityInput = z.input<typeof personaIdentity>;

/** Makes a persona (WD-1). Throws ZodError naming the field that does not fit. */
export function makePersona(personaId: string, identity: PersonaIdentityInput): NewEvent[] {
  return [inLibrary('persona_authored', { personaId, identity })];
}

/** Rewrites a persona; nothing happens when nothing changed. Throws DomainError `not_found`. */
export function reauthorPersona(persona: PersonaRow | undefined, identity: PersonaIdentityInput): NewEvent[] {
  const before = standing(persona, 'persona');
  const after = personaIdentity.parse(identity);
  return sameFields<PersonaIdentity>(before, after) ? [] : makePersona(before.personaId, after);
}

/** Takes a persona off the list; removing it twice is one removal. Throws DomainError `not_found`. */
export function removePersona(persona: PersonaRow | undefined): NewEvent[] {
  if (persona === undefined) throw gone('persona');
  return persona.removed ? [] : [inLibrary('persona_removed', { personaId: persona.personaId })];
}

/** What a bot is made from. Ids of new knowledge entries come from `newId`. */
export interface Authoring {
  readonly identity: BotIdentityInput;
  /** All the bot's knowledge entries; left out, they stay as they are. */
  readonly lore?: readonly LoreInput[];
}

/** Makes a bot (WD-2). Throws ZodError naming the field that does not fit, DomainError `limit_reached` for its lore. */
export function makeBot(botId: string, input: Authoring, newId: () => string): NewEvent[] {
  return [inLibrary('bot_authored', { botId, identity: input.identity }), ...rewriteLore(botId, [], input.lore, newId)];
}

/**
 * Re-authors a bot: the only way its identity changes. What its card carried is kept unless the input names another.
 * Nothing happens when nothing changed. Throws DomainError `not_found` and `limit_reached`.
 */
export function reauthorBot(
  state: { readonly bot: BotRow | undefined; readonly lore: readonly LoreRow[] },
  input: Authoring,
  newId: () => string,
): NewEvent[] {
  const before = standing(state.bot, 'bot');
  const { card = before.card } = input.identity;
  const after = botIdentity.parse({ ...input.identity, card });
  return [
    ...(sameFields<BotIdentity>(before, after) ? [] : [inLibrary('bot_authored', { botId: before.botId, identity: after })]),
    ...rewriteLore(before.botId, state.lore, input.lore, newId),
  ];
}

/** Takes a bot off the list; its chats keep it, and removing it twice is one removal. Throws DomainError `not_found`. */
export function removeBot(bot: BotRow | undefined): NewEvent[] {
  if (bot === undefined) throw gone('bot');
  return bot.removed ? [] : [inLibrary('bot_removed', { botId: bot.botId })];
}

/** Puts the wanted entries in place of those there are; entries that stay as they are cost nothing. */
function rewriteLore(
  botId: string,
  before: readonly LoreRow[],
  wanted: readonly LoreInput[] | undefined,
  newId: () => string,
): NewEvent[] {
  if (wanted === undefined) return [];
  if (wanted.length > LORE_MAX) {
    const [many, most] = [wanted.length, LORE_MAX].map((count) => count.toLocaleString('en'));
    throw new DomainError('limit_reached', `That is ${many} knowledge entries; a bot can hold ${most}.`, ['lore']);
  }
  const known = new Map(before.map((row) => [row.loreId, row]));
  const kept = new Set<string>();
  const written = wanted.flatMap((raw) => {
    const { loreId: own, ...entry } = loreInput.parse(raw);
    // An id that is not the bot's own, or comes twice, would overwrite another entry: such an entry is a new one.
    const loreId = own !== undefined && known.has(own) && !kept.has(own) ? own : newId();
    kept.add(loreId);
    const row = { loreId, botId, chatId: null, ...entry };
    const old = known.get(loreId);
    return old !== undefined && sameFields(old, row) ? [] : [inLibrary('lore_written', row)];
  });
  const removed = before.filter(({ loreId }) => !kept.has(loreId));
  return [...removed.map(({ loreId }) => inLibrary('lore_removed', { loreId })), ...written];
}

function standing<T extends { readonly removed: boolean }>(row: T | undefined, what: 'bot' | 'persona'): T {
  if (row === undefined || row.removed) throw gone(what);
  return row;
}

function gone(what: 'bot' | 'persona'): DomainError {
  return new DomainError('not_found', `This ${what} is no longer there.`, [`${what}Id`]);
}

/** True when every field of `after` is the same in `before`; both are plain JSON. */
function sameFields<T extends object>(before: T, after: T): boolean {
  return Object.entries(after).every(([field, value]) => sameJson(value, Reflect.get(before, field)));
}
