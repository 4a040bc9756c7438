import { DomainError, keyOf } from '@offstage/domain';
import { purgeBot, purgeBranches, purgeChat } from '@offstage/domain/commands/purge';
import type { Elsewhere, PurgeDecision } from '@offstage/domain/commands/purge';
import { id } from '@offstage/domain/shapes';
import type { PurgeOptions, Reads, Store } from '@offstage/store';
import { z } from 'zod';
import type { Kit } from './kit.ts';
import { makingWay } from './makingWay.ts';
import { endingOf } from './meanwhile/acts.ts';
import { readMeanwhile } from './meanwhile/standing.ts';

/** What may be deleted for good (TL-12). Of branches: the one that a turn is on, or with null all that the path does not use. */
export const purgeTarget = z.discriminatedUnion('what', [
  z.object({ what: z.literal('chat'), chatId: id }),
  z.object({ what: z.literal('bot'), botId: id, together: z.boolean() }),
  z.object({ what: z.literal('branches'), chatId: id, tipId: id.nullable() }),
]);
export type PurgeTarget = z.infer<typeof purgeTarget>;

/** What goes, counted and named. */
export interface PurgePreview {
  /** The name to be typed. */
  readonly name: string;
  readonly turns: number;
  readonly memories: number;
  /** Titles of the chats that go. */
  readonly chats: readonly string[];
  /** Titles of chats of other hosts in which a bot has a part. */
  readonly elsewhere: readonly string[];
}

/** What was deleted. Sizes of the library's file in bytes. */
export interface PurgeAnswer {
  readonly turns: number;
  readonly chats: number;
  readonly bytes: { readonly before: number; readonly after: number };
  /** False where traces are left in the file until Offstage starts again. */
  readonly traceless: boolean;
}

/** Turns of one tree that are looked through. */
const TREE_MOST = 1_000_000;

type Tools = Pick<Kit, 'store' | 'writer' | 'now'>;

/** Says what a purge would delete. Throws DomainError `not_found`, and for branches what `purgeBranches` throws. */
export async function previewPurge({ store }: Pick<Kit, 'store'>, target: PurgeTarget): Promise<PurgePreview> {
  const { read } = store;
  const found = await lookUp(store, read, target);
  const { goes } = found.decide(found.name);
  const chats = await Promise.all([...goes.chats].map((chatId) => read.row('chats', chatId)));
  const counts = await Promise.all([...goes.chats].map(async (chatId) => ({ turns: await read.count('turns', { chatId }), memories: await read.count('memories', { chatId }) })));
  const remembered = await Promise.all([...goes.bots].map((ownerId) => read.count('memories', { ownerId })));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
  return {
    name: found.name,
    turns: goes.turns.size + sum(counts.map(({ turns }) => turns)),
    memories: Math.max(sum(counts.map(({ memories }) => memories)), sum(remembered)),
    chats: chats.flatMap((chat) => chat?.title ?? []),
    elsewhere: found.elsewhere,
  };
}

/**
 * TL-12: deletes for good, after the name was typed. Replies that are being written where something goes are stopped
 * first. Throws DomainError as the commands do, and the reason of a signal that aborts before anything has gone.
 */
export async function purge({ store, writer, now }: Tools, input: { commandId: string; target: PurgeTarget; name: string }, options: PurgeOptions = {}): Promise<PurgeAnswer> {
  const { target, name } = input;
  const command = { id: input.commandId, actor: 'person' as const, at: now() };
  let touched: readonly string[] = [];
  const report = await makingWay(writer, () => touched, () =>
    store.purge(command, async (read) => {
      const { chats, decide } = await lookUp(store, read, target);
      touched = chats;
      const decision = decide(name, new Set((await read.streaming()).map(({ chatId }) => chatId)));
      const counted = await Promise.all([...decision.goes.chats].map((chatId) => read.count('turns', { chatId })));
      return { ...decision, answer: { turns: decision.goes.turns.size + counted.reduce((total, n) => total + n, 0), chats: decision.goes.chats.size } };
    }, options),
  );
  return { ...report.answer, bytes: report.bytes, traceless: report.traceless };
}

/** What is there of a target. `decide` throws as the commands do; `streaming` are chats in which a reply is written. */
interface Found {
  readonly name: string;
  /** Chats in which something changes. */
  readonly chats: readonly string[];
  readonly elsewhere: readonly string[];
  decide(typed: string, streaming?: ReadonlySet<string>): PurgeDecision;
}

async function lookUp(store: Store, read: Reads, target: PurgeTarget): Promise<Found> {
  switch (target.what) {
    case 'chat':
      return lookUpChat(read, target.chatId);
    case 'bot':
      return lookUpBot(read, target);
    case 'branches':
      return lookUpBranches(store, read, target);
  }
}

async function lookUpChat(read: Reads, chatId: string): Promise<Found> {
  const chat = await read.row('chats', chatId);
  return {
    name: chat?.title ?? '',
    chats: [chatId],
    elsewhere: [],
    decide: (typed, streaming) => purgeChat({ chat, typed, streaming: streaming?.has(chatId) ?? false }),
  };
}

async function lookUpBot(read: Reads, { botId, together }: Extract<PurgeTarget, { what: 'bot' }>): Promise<Found> {
  const bot = await read.row('bots', botId);
  const hosted = (await read.rows('chats', { hostId: botId })).map(({ chatId }) => chatId);
  const elsewhere = await chatsOfOthers(read, botId);
  const ids = elsewhere.flatMap(({ chat }) => chat?.chatId ?? []);
  const chats = [...hosted, ...ids];
  return {
    name: bot?.name ?? '',
    chats,
    elsewhere: elsewhere.flatMap(({ chat }) => chat?.title ?? []),
    decide: (typed, streaming) => purgeBot({ bot, typed, hosted, elsewhere, together, streaming: chats.some((chatId) => streaming?.has(chatId)) }),
  };
}

/** Chats of other hosts in which a bot has spoken, is a guest, or remembers something. */
async function chatsOfOthers(read: Reads, botId: string): Promise<Elsewhere[]> {
  const found: Elsewhere[] = [];
  for (const { chatId, hostId } of await read.rows('chats', {})) {
    if (hostId === botId) continue;
    const { meanwhile, aside, ...standing } = await readMeanwhile(read, chatId);
    const isGuest = standing.stage?.guestId === botId;
    const isThere =
      isGuest ||
      (await read.count('turns', { chatId, speakerId: botId }, 1)) > 0 ||
      (await read.count('memories', { chatId, ownerId: botId }, 1)) > 0;
    // A guest who goes is no longer by themselves with the host.
    if (isThere) found.push({ ...standing, ending: isGuest ? await endingOf(read, { ...standing, meanwhile, aside }) : [] });
  }
  return found;
}

async function lookUpBranches(store: Store, read: Reads, { chatId, tipId }: Extract<PurgeTarget, { what: 'branches' }>): Promise<Found> {
  const chat = await read.row('chats', chatId);
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  const tree = await store.branches.tree(chatId, TREE_MOST);
  const name = tipId === null ? null : ((await read.row('branches', keyOf(chatId, tipId)))?.name ?? null);
  return {
    name: name ?? chat.title,
    chats: [chatId],
    elsewhere: [],
    decide: (typed, streaming) => purgeBranches({ chat, tree, tipId, name, typed, streaming: streaming?.has(chatId) ?? false }),
  };
}
