import type { NewEvent, Row } from '@offstage/domain';
import { DomainError, keyOf } from '@offstage/domain';
import { settlePasses } from '@offstage/domain/commands/memories';
import { storyText } from '@offstage/domain/segments';
import { wordsOf } from '@offstage/domain/words';
import { salvage } from '@offstage/model';
import type { Reads } from '@offstage/store';
import { z } from 'zod';
import { askBooks, bookkeeper } from '../books.ts';
import type { Kit } from '../kit.ts';
import { answerAfterSkip } from '../skip/answering.ts';
import { PASSES } from './all.ts';
import { contextBeside } from './beside.ts';
import { notable } from './notable.ts';
import { passContext, personCalled, presentAt } from './context.ts';
import type { Pass, PassContext } from './pass.ts';
import { passMessages } from './request.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'config' | 'people' | 'counter' | 'newId' | 'log' | 'now'>;

/** What a model answered, part by part; parts that are not there fall back. */
type Answer = Readonly<Record<string, unknown>>;

/**
 * Learns from one reply (TN-8): asks the model, checks each part by itself, and writes what was found together with the
 * word that nothing is owed, in one commit that can happen once (TN-9). Nothing where nothing is owed. What was asked for
 * lands at the turn that it is about, though that has left the path meanwhile (TL-13). Rejects when the signal aborts, or
 * when the disk refuses: then it stays owed.
 */
export async function settleReply(kit: Tools, turnId: string, signal: AbortSignal): Promise<void> {
  const key = keyOf('passes', turnId);
  const names = { memoryIds: new Map<string, string>(), planLabels: new Map<string, string>() };
  const owed = await kit.store.read.row('owed', key);
  const context = owed && (await passContext(kit, kit.store.read, owed, names));
  if (owed === undefined || context === undefined) return;
  const passes = passesFor(kit, context);
  const asked = asksOf(context) ? passes.filter((pass) => pass.asks(context)) : [];
  const answer = asked.length > 0 ? await ask(kit, asked, context, signal) : {};
  const { reply } = context;
  const answering = await answerAfterSkip(kit, context);
  const id = owed.againSeq === null ? `${turnId}:passes` : `${turnId}:passes-${owed.againSeq}`;
  try {
    await kit.store.execute({ id, actor: 'engine', at: kit.now() }, async (read) => {
      const still = await read.row('owed', key);
      if (still !== undefined && still.againSeq !== owed.againSeq) throw settled();
      const now = still === undefined ? await besideThePath(kit, read, owed, context) : await passContext(kit, read, still, names);
      if (now === undefined) throw settled();
      return { events: [...(await findings(kit, passes, answer, now)), ...answering, settlePasses(reply)], answer: null };
    });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'already_done')) throw error;
  }
}

const settled = (): DomainError => new DomainError('already_done', 'Nothing is owed here.', ['turnId']);

/** What passes are given whose turn has left the path while they ran; undefined where it is on it, or gone for good. */
async function besideThePath(kit: Tools, read: Reads, { sinceSeq }: Row<'owed'>, context: PassContext): Promise<PassContext | undefined> {
  const { reply, chat } = context;
  const { turnId } = reply;
  if ((await kit.store.branches.isOnPath(turnId)) || (await read.row('turns', turnId)) === undefined) return undefined;
  const present = await presentAt(kit, reply, chat, await read.row('stages', chat.chatId));
  return contextBeside(kit, { ...context, present, who: (name) => personCalled(name, present) }, sinceSeq);
}

/**
 * What was written beforehand is remembered; nobody played it, so there is nothing else to learn from it. Of a leap in
 * time there is only what the person says of it (SC-5).
 */
function asksOf({ reply, skip }: PassContext): boolean {
  return skip?.mode === 'jump' ? skip.notable !== '' : reply.finishReason !== 'written';
}

/** What is learned of a skip: where it led to, or what the person says of the time in between. */
function skipPasses({ message, skip, reply }: PassContext): readonly Pass[] {
  if (skip?.mode === 'jump') {
    const spoken = message !== undefined && /["\u201C\u201E\u00AB]/.test(wordsOf(message)) ? PASSES.filter(({ name }) => name === 'memories') : [];
    return skip.notable === '' ? spoken : [...spoken, notable];
  }
  return PASSES.filter(({ name }) => name === 'memories' || (reply.finishReason !== 'written' && (name === 'activity' || name === 'scene')));
}

/** Which passes run: all but those that the settings or the chat leave out. A reply without words teaches nothing. */
function passesFor({ config }: Tools, context: PassContext): readonly Pass[] {
  const { chat, reply } = context;
  if (storyText(wordsOf(reply), { ooc: config.current.chat.ooc }) === '') return [];
  const off: readonly string[] = chat.tuning.passesOff ?? config.current.passes.off;
  const written = reply.finishReason === 'written';
  const all = reply.kind === 'skip' ? skipPasses(context) : PASSES.filter(({ name }) => !written || name === 'memories');
  return all.filter(({ name }) => !off.includes(name));
}

async function findings(kit: Tools, passes: readonly Pass[], answer: Answer, context: PassContext): Promise<NewEvent[]> {
  const found: NewEvent[] = [];
  for (const pass of passes) {
    const part = answer[pass.name];
    const { events, problem } = await pass.take(part, context, found);
    found.push(...events);
    if (problem !== null) await keepProblem(kit, context, pass, part, problem);
  }
  return found;
}

/** Asks for all parts in one call, or for each in its own (TN-8). What cannot be had is left out; each part falls back alone. */
async function ask(kit: Tools, passes: readonly Pass[], context: PassContext, signal: AbortSignal): Promise<Answer> {
  const speaker = context.reply.speakerId === null ? undefined : await kit.people.bot(context.reply.speakerId);
  const chosen = await bookkeeper(kit, context.chat, speaker);
  const groups = kit.config.current.passes.mode === 'separate' ? passes.map((pass) => [pass]) : [passes];
  const answer: Record<string, unknown> = {};
  for (const group of groups) {
    const question = {
      purpose: 'passes' as const,
      name: 'passes',
      messages: await passMessages(kit, group, context, chosen),
      schema: PARTS,
      json: jsonOf(group),
      context: { chatId: context.chat.chatId, turnId: context.reply.turnId },
      chosen,
    };
    // Of an answer that broke off, the parts that are whole still count.
    let left: unknown;
    const read = (await askBooks(kit, question, signal, (raw) => (left = salvage(raw)))) ?? PARTS.safeParse(left).data ?? {};
    for (const { name } of group) if (Object.hasOwn(read, name)) answer[name] = read[name];
  }
  return answer;
}

/** Every part is checked by its own pass, so that one that is wrong costs no other. */
const PARTS = z.record(z.string(), z.unknown());

function jsonOf(passes: readonly Pass[]): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(passes.map(({ name, json }) => [name, json])),
    required: passes.map(({ name }) => name),
    additionalProperties: false,
  };
}

async function keepProblem({ store, log, now }: Tools, { chat, reply }: PassContext, { name }: Pass, part: unknown, problem: string): Promise<void> {
  try {
    await store.keepFailure({
      chatId: chat.chatId,
      turnId: reply.turnId,
      purpose: `passes: ${name}`,
      model: reply.model,
      raw: JSON.stringify(part) ?? '',
      problem: problem.slice(0, 2_000),
      attempts: 1,
      at: now(),
    });
  } catch (error) {
    log.warn({ err: error }, 'an answer that could not be used could not be kept either');
  }
}

