import type { NewEvent, Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { beginMeanwhile, endMeanwhile, steerMeanwhile } from '@offstage/domain/commands/meanwhile';
import type { MeanwhileStanding, Steering } from '@offstage/domain/commands/meanwhile';
import { MEANWHILE_TURNS } from '@offstage/domain/meanwhileTurns';
import type { NextPlace } from '@offstage/domain/commands/scenes';
import { cleanText } from '@offstage/domain/words';
import type { Reads } from '@offstage/store';
import { unlessDone } from '../done.ts';
import type { Edited } from '../edits.ts';
import { edit } from '../edits.ts';
import type { Kit } from '../kit.ts';
import { isAside, readMeanwhile, significanceOf } from './standing.ts';

type Tools = Pick<Kit, 'store' | 'writer' | 'people' | 'now' | 'newId'>;

export interface BeginMeanwhileInput {
  readonly commandId: string;
  readonly chatId: string;
  readonly mode?: Row<'meanwhiles'>['mode'] | undefined;
  readonly turns?: number | undefined;
  readonly nudge?: string | undefined;
  /** Where the two are; empty for where the scene is. */
  readonly place?: string | undefined;
}

/** MW-1: lets host and guest go on by themselves. Throws DomainError as `beginMeanwhile`, `not_found` where one of them is gone. */
export async function beginAside(kit: Tools, input: BeginMeanwhileInput): Promise<{ sceneId: string }> {
  const { chatId, mode = 'alternate', turns = MEANWHILE_TURNS, nudge = '' } = input;
  const ids = { sceneId: kit.newId(), containerId: kit.newId() };
  const commit = await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => {
    const at = await readMeanwhile(read, chatId);
    await refuseMissing(read, [at.chat?.hostId, at.stage?.guestId]);
    const place = await placeCalled(read, chatId, input.place ?? '', ids.containerId);
    return { events: beginMeanwhile(at, { sceneId: ids.sceneId, mode, turns, nudge, place }), answer: { sceneId: ids.sceneId } };
  });
  return commit.answer;
}

async function refuseMissing(read: Reads, ids: readonly (string | null | undefined)[]): Promise<void> {
  for (const botId of ids) {
    if (botId == null) continue;
    const bot = await read.row('bots', botId);
    if (bot === undefined || bot.removed) throw new DomainError('not_found', `${bot?.name ?? 'One of them'} is no longer there.`, ['botId']);
  }
}

/** A place of the chat by its name, or a new one; undefined for no name. */
async function placeCalled(read: Reads, chatId: string, raw: string, containerId: string): Promise<NextPlace | undefined> {
  const name = cleanText(raw).replaceAll(/\s+/g, ' ').trim().slice(0, 200).toWellFormed();
  if (name === '') return undefined;
  const known = (await read.rows('containers', { chatId })).find((one) => one.name.toLowerCase() === name.toLowerCase());
  return known === undefined ? { containerId, create: { name, type: '', description: '' } } : { containerId: known.containerId, create: null };
}

export interface SteerInput extends Steering {
  readonly commandId: string;
  readonly chatId: string;
}

/** MW-1: pauses the two, lets them go on, or nudges them; another direction can be undone. Throws DomainError as `steerMeanwhile`. */
export function steerAside(kit: Tools, { commandId, chatId, ...steering }: SteerInput): Promise<Edited> {
  return edit(kit, { id: commandId, actor: 'person', at: kit.now() }, chatId, async (_state, read) => steerMeanwhile(await readMeanwhile(read, chatId), steering));
}

/**
 * MW-1: ends a meanwhile scene by hand. A turn that is being written is waited for, and no other begins (SC-9). `ended`
 * is false where none was open. Throws DomainError `busy` where another reply began meanwhile.
 */
export function endAside(kit: Tools, input: { commandId: string; chatId: string }): Promise<{ ended: boolean }> {
  return unlessDone(kit, input.commandId, () => endNow(kit, input));
}

async function endNow(kit: Tools, { commandId, chatId }: { commandId: string; chatId: string }): Promise<{ ended: boolean }> {
  await pause(kit, chatId, `${commandId}:pause`);
  await kit.writer.over(chatId);
  const commit = await kit.store.execute({ id: commandId, actor: 'person', at: kit.now() }, async (read) => {
    const at = await readMeanwhile(read, chatId);
    if (at.head?.status === 'streaming') throw new DomainError('busy', 'A reply is still being written. End it when that is over.', ['chatId']);
    const events = await endingOf(read, at);
    return { events, answer: { ended: events.length > 0 } };
  });
  return commit.answer;
}

/** What ends the meanwhile scene of a chat where it stands; empty where none is open. */
export async function endingOf(read: Reads, { chat, head, stage, scene, aside }: MeanwhileStanding): Promise<NewEvent[]> {
  if (chat === undefined || head === undefined || aside === undefined) return [];
  const [significance, activities] = await Promise.all([significanceOf(read, aside.sceneId, aside.present), read.rows('activities', { chatId: chat.chatId })]);
  return endMeanwhile({ turnId: head.turnId, aside, scene, clock: stage?.clock ?? null, significance, activities });
}

/** Pauses the two, if they go on. */
async function pause({ store, now }: Tools, chatId: string, id: string): Promise<void> {
  await store.execute({ id, actor: 'person', at: now() }, async (read) => {
    const at = await readMeanwhile(read, chatId);
    return { events: at.meanwhile === undefined ? [] : steerMeanwhile(at, { running: false }), answer: null };
  });
}

/**
 * MW-1: makes way for a message of yours. The two pause after the turn that is being written, and what they said since
 * you began to write does not make your message late: it answers the turn that it then follows. Where nobody is by
 * themselves, nothing.
 */
export async function makeWay(kit: Tools, { commandId, chatId, head }: { commandId: string; chatId: string; head: string }): Promise<string> {
  const { read } = kit.store;
  // Nearly always: one row that is at hand.
  if ((await read.row('stages', chatId))?.meanwhileId == null) return head;
  const before = await readMeanwhile(read, chatId);
  // What was done before is no new message: nobody pauses for it (TL-14).
  if (before.head === undefined || (await kit.store.answered(commandId, { afresh: true })) !== undefined) return head;
  await pause(kit, chatId, `${commandId}:pause`);
  if (before.head.status === 'streaming' && !(await isAside(read, before.head))) return head;
  await kit.writer.over(chatId);
  const [seen, now] = await Promise.all([read.row('turns', head), read.head(chatId)]);
  if (seen === undefined || now === undefined || seen.chatId !== chatId || now.depth <= seen.depth) return head;
  const since = await read.path(chatId, seen.depth, now.depth + 1);
  const asides = await Promise.all(since.slice(1).map((turn) => isAside(read, turn)));
  return since[0]?.turnId === head && asides.every(Boolean) ? now.turnId : head;
}
