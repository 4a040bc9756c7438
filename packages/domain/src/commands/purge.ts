import type { NewEvent } from '../catalogue.ts';
import { inLibrary } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { BotRow } from '../projections/bots.ts';
import type { ChatRow } from '../projections/chats.ts';
import type { Purged } from '../purged.ts';
import { setGuest } from './guest.ts';
import type { Standing } from './send.ts';
import { confirmName } from './typed.ts';

/** What goes for good, and what is written so that what stays can do without it. */
export interface PurgeDecision {
  readonly goes: Purged;
  readonly stays: readonly NewEvent[];
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING: Purged = { chats: NONE, turns: NONE, bots: NONE, named: NONE };

export interface PurgeChat {
  readonly chat: ChatRow | undefined;
  /** The chat's title as it was typed to confirm. */
  readonly typed: string;
  /** True while a reply is being written in it. */
  readonly streaming: boolean;
}

/** TL-12: a chat goes, with every turn of it and all that these led to. Throws DomainError `not_found`, `invalid`, `busy`. */
export function purgeChat({ chat, typed, streaming }: PurgeChat): PurgeDecision {
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  confirmName(typed, chat.title);
  if (streaming) throw writing();
  return { goes: { ...NOTHING, chats: new Set([chat.chatId]) }, stays: [] };
}

/** Where a chat of another host stands. */
export interface Elsewhere extends Standing {
  /** What ends the meanwhile scene that the bot is in there, as `endMeanwhile` says; empty for none. */
  readonly ending: readonly NewEvent[];
}

export interface PurgeBot {
  readonly bot: BotRow | undefined;
  /** The bot's name as it was typed to confirm. */
  readonly typed: string;
  /** Chats that it hosts: they go in any case. */
  readonly hosted: readonly string[];
  /** Chats of other hosts in which it has a part. */
  readonly elsewhere: readonly Elsewhere[];
  /** Do those go too, or stay with its turns and its name? */
  readonly together: boolean;
  /** True while a reply is being written in a chat that goes. */
  readonly streaming: boolean;
}

/**
 * TL-12: a bot goes, with the chats that it hosts and all that it remembered and felt anywhere. In chats of other hosts
 * that stay, its turns stay under its name, and it is no longer there as a guest. Throws DomainError `not_found`,
 * `invalid`, `busy`.
 */
export function purgeBot({ bot, typed, hosted, elsewhere, together, streaming }: PurgeBot): PurgeDecision {
  if (bot === undefined) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
  confirmName(typed, bot.name);
  if (streaming) throw writing();
  const { botId, name } = bot;
  const chats = new Set([...hosted, ...(together ? elsewhere.flatMap(({ chat }) => chat?.chatId ?? []) : [])]);
  const bots = new Set([botId]);
  if (together || elsewhere.length === 0) return { goes: { ...NOTHING, chats, bots }, stays: [] };
  const leaving = elsewhere.filter(({ stage }) => stage?.guestId === botId).flatMap(({ ending, ...standing }) => [...ending, ...setGuest(quiet(standing), null)]);
  const keepsName = [inLibrary('bot_authored', { botId, identity: { name } }), inLibrary('bot_removed', { botId })];
  return { goes: { ...NOTHING, chats, bots, named: bots }, stays: [...keepsName, ...leaving] };
}

/** A standing in which no reply is written: whether one is, was asked before, and those who only ask are told what would go. */
function quiet(standing: Standing): Standing {
  return { ...standing, head: standing.head && { ...standing.head, status: 'whole' } };
}

/** A turn of a chat's tree. */
export interface Grown {
  readonly turnId: string;
  readonly parentId: string | null;
  readonly onPath: boolean;
}

export interface PurgeBranches {
  readonly chat: ChatRow | undefined;
  /** The chat's whole tree, parents before their children. */
  readonly tree: readonly Grown[];
  /** A turn of the branch that goes; null for all that the path does not use. */
  readonly tipId: string | null;
  /** The name of that branch, where it has one; else the chat's title is typed to confirm. */
  readonly name: string | null;
  readonly typed: string;
  readonly streaming: boolean;
}

/**
 * TL-12: branches go that the path does not use. Of one branch there go the turn named, what hangs from it, and what
 * led to it alone. Throws DomainError `not_found`, `invalid` for a turn of the path, `already_done` where there is
 * nothing beside it, `busy`.
 */
export function purgeBranches({ chat, tree, tipId, name, typed, streaming }: PurgeBranches): PurgeDecision {
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  confirmName(typed, name ?? chat.title);
  if (streaming) throw writing();
  const turns = tipId === null ? new Set(tree.filter(({ onPath }) => !onPath).map(({ turnId }) => turnId)) : branchOf(tree, tipId);
  if (turns.size === 0) throw new DomainError('already_done', 'No other branches are left.', ['tipId']);
  return { goes: { ...NOTHING, turns }, stays: [] };
}

/** The turns of one branch: what hangs from a turn, and what leads to it and to nothing else. */
function branchOf(tree: readonly Grown[], tipId: string): Set<string> {
  const grown = new Map(tree.map((turn) => [turn.turnId, turn]));
  const tip = grown.get(tipId);
  if (tip === undefined) throw new DomainError('not_found', 'That branch is not in this chat.', ['tipId']);
  if (tip.onPath) throw new DomainError('invalid', 'The story stands on that branch. Switch to another before you delete it.', ['tipId']);
  const turns = new Set([tipId]);
  const followers = new Map<string, number>();
  for (const { turnId, parentId } of tree) {
    if (parentId === null) continue;
    followers.set(parentId, (followers.get(parentId) ?? 0) + 1);
    if (turns.has(parentId)) turns.add(turnId);
  }
  for (let at = parentIn(grown, tip); at !== undefined && !at.onPath && followers.get(at.turnId) === 1; at = parentIn(grown, at)) turns.add(at.turnId);
  return turns;
}

function parentIn(grown: ReadonlyMap<string, Grown>, { parentId }: Grown): Grown | undefined {
  return parentId === null ? undefined : grown.get(parentId);
}

function writing(): DomainError {
  return new DomainError('busy', 'A reply is still being written there. Wait for it, or stop it.', ['name']);
}
