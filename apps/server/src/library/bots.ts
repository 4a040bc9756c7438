import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { makeBot, reauthorBot, removeBot as decideRemoval } from '@offstage/domain/commands/authoring';
import type { Authoring } from '@offstage/domain/commands/authoring';
import { hueOf } from '@offstage/domain/hue';
import type { Command, Store } from '@offstage/store';

/** How much of a persona a list shows, in characters. */
const PREVIEW = 200;

/** So many ids are drawn for a new bot, so that each of the twelve hues is most likely among theirs. */
const CANDIDATES = 24;

/** A bot as a list shows it; `persona` is only its beginning. */
export interface BotSummary {
  readonly botId: string;
  readonly name: string;
  readonly avatar: string | null;
  readonly tags: readonly string[];
  readonly persona: string;
  /** True when the bot speaks first. */
  readonly greeting: boolean;
  readonly hue: number;
}

/** A bot whole, but for the blob of its card, which only an export needs. */
export type BotDetail = Omit<Row<'bots'>, 'card'> & { readonly hasCard: boolean; readonly lore: readonly Row<'lore'>[] };

/** Bots on offer, by name. */
export async function listBots(store: Store): Promise<BotSummary[]> {
  const rows = await store.read.rows('bots', { removed: false });
  return rows
    .map(({ botId, name, avatar, tags, persona, greeting }) => ({
      botId,
      name,
      avatar,
      tags,
      persona: persona.slice(0, PREVIEW).toWellFormed(),
      greeting: greeting.trim() !== '',
      hue: hueOf(botId),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** One bot, also one that was removed: chats still show it. Throws DomainError `not_found`. */
export async function readBot(store: Store, botId: string): Promise<BotDetail> {
  const row = await store.read.row('bots', botId);
  if (row === undefined) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
  const { card, ...rest } = row;
  return { ...rest, hasCard: card !== null, lore: await store.read.rows('lore', { botId }) };
}

/**
 * Makes a bot, or re-authors the one named. Throws DomainError `not_found` for an unknown bot, `invalid` for a picture
 * that was never uploaded.
 */
export async function authorBot(
  store: Store,
  command: Command,
  input: Authoring & { readonly botId?: string | undefined },
  newId: () => string,
): Promise<{ botId: string }> {
  const { answer } = await store.execute(command, async (read) => {
    const { avatar } = input.identity;
    if (avatar != null && (await store.file(avatar)) === undefined) {
      throw new DomainError('invalid', 'The picture is not there. Choose it again.', ['identity.avatar']);
    }
    if (input.botId === undefined) {
      const botId = idOfRareHue(await read.rows('bots', { removed: false }), newId);
      return { events: makeBot(botId, input, newId), answer: { botId } };
    }
    const { botId } = input;
    const state = { bot: await read.row('bots', botId), lore: await read.rows('lore', { botId }) };
    return { events: reauthorBot(state, input, newId), answer: { botId } };
  });
  return answer;
}

/** An id for a new bot with a hue that few others have: those who meet in a story are told apart by it. */
function idOfRareHue(others: readonly Row<'bots'>[], newId: () => string): string {
  const taken = others.map(({ botId }) => hueOf(botId));
  const rarity = (id: string): number => taken.filter((hue) => hue === hueOf(id)).length;
  const ids = Array.from({ length: CANDIDATES }, newId);
  return ids.reduce((best, id) => (rarity(id) < rarity(best) ? id : best));
}

/** Takes a bot off the list; chats in which it stands keep it. */
export async function removeBot(store: Store, command: Command, botId: string): Promise<void> {
  await store.execute(command, async (read) => ({ events: decideRemoval(await read.row('bots', botId)), answer: null }));
}
