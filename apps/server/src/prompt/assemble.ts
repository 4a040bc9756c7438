import { DomainError } from '@offstage/domain';
import type { Row } from '@offstage/domain';
import type { Message } from '@offstage/model';
import type { MemoryHit } from '@offstage/store';
import type { PromptContext, Shown } from './block.ts';
import { nameOf } from './block.ts';
import { digests } from './blocks/plot.ts';
import { identityParts } from './blocks/identity.ts';
import { rules } from './blocks/rules.ts';
import { scene } from './blocks/scene.ts';
import { HISTORY_LEAST, LAST_TURNS, LORE_TURNS, MESSAGE_TOKENS } from './budget.ts';
import type { Budget } from './budget.ts';
import type { Line, Opened, Room, Transcript } from './history.ts';
import { placeOf, sum } from './history.ts';
import { chooseLore } from './chooseLore.ts';
import type { LoreFound } from './lore.ts';
import { MARK_TOKENS, asideMarks, messagesFor } from './messages.ts';
import { joined, mustTokens, noteDepth, plan } from './plan.ts';
import type { Plan } from './plan.ts';
import { chosen, soughtBy, toldBy } from './recall.ts';
import type { Recall } from './recall.ts';
import type { PromptReport } from './report.ts';
import { reportOn } from './reporting.ts';
import type { Settled } from './settled.ts';
import { shownAs, standing } from './standing.ts';
import { fromTemplate } from './templates.ts';
import type { TokenCounter } from './tokens.ts';

export interface Prompt {
  readonly messages: readonly Message[];
  readonly report: PromptReport;
  /** What the prompt tells of that is told once (MW-4). */
  readonly digestIds: readonly string[];
}

/** How the transcript is read: first what there is, then, once its room is known, what fits. */
export interface TranscriptReader {
  open(most: number): Promise<Opened>;
  fit(opened: Opened, room: Room): Promise<Transcript>;
}

export interface Assembly {
  readonly context: PromptContext;
  readonly chatId: string;
  readonly budget: Budget;
  readonly counter: TokenCounter;
  /**
   * The message to answer, remarks removed; empty where the person said nothing that belongs to the story. Undefined
   * when it stands at the end of the transcript already, or when there is none.
   */
  readonly message: string | undefined;
  readonly transcript: TranscriptReader;
  readonly recall: Recall;
  /** Lore that belongs to what was said. */
  readonly lore: (text: string) => readonly LoreFound[];
  readonly settled: Settled;
}

/**
 * Puts a prompt together (PR-1 to PR-3): what seldom changes, the transcript, and above the message what changes with
 * every turn. Throws DomainError `too_long`, naming what is too long, where what must be in it exceeds the hard budget.
 */
export async function assemble(assembly: Assembly): Promise<Prompt> {
  const { context, budget, counter, settled } = assembly;
  const opened = await assembly.transcript.open(budget.hard);
  const message = assembly.message === undefined ? undefined : spoken(assembly.message, context);
  // Without the name, as it will be counted when it is a turn of the transcript.
  const messageTokens = message === undefined ? 0 : counter.count(assembly.message === '' ? message : (assembly.message ?? '')) + MESSAGE_TOKENS * 3;

  const scanned = [...opened.lines.slice(-LORE_TURNS).map(({ text }) => text), assembly.message ?? ''].join('\n');
  const lore = chooseLore(assembly.lore(scanned), context, counter);
  const place = placeOf({ chatId: assembly.chatId, readerId: context.speaker.botId });
  const before = standing(context, settled.of(place), toldBy(opened, assembly.chatId), lore.shown);
  // The last turns must be there; how a story opened may go when it is longer than any story ought to be.
  const last = opened.lines.slice(-LAST_TURNS).filter(({ kind }) => kind !== 'kickoff');
  const marked = messageTokens + asideMarks(opened.lines, context) * MARK_TOKENS;
  const limits = { hard: budget.hard - marked, soft: budget.soft - marked };
  const need = Math.max(Math.min(HISTORY_LEAST, sum(opened.lines)), sum(last));
  const first = plan({ context, counter, shown: before, limit: limits.soft, need, recalling: true });
  if (mustTokens(first) + messageTokens + sum(last) > budget.hard) throw tooLong(assembly, last, messageTokens);
  const most = Math.max(limits.hard - first.tokens, 0);
  const transcript = await assembly.transcript.fit(opened, { most, trimTo: Math.min(Math.max(limits.soft - first.tokens, need), most), keep: sum(last) });

  const told = toldBy(transcript, assembly.chatId);
  const settledNow = settleIfDue(assembly, place, transcript, told);
  const now = standing(context, settled.of(place), told, lore.shown);
  const recalled = await recallFor(assembly, transcript, now, first.gone.k, told);
  const shown: Shown = { ...now, recalled: recalled.map(({ memory }) => memory) };
  // Where the transcript is what was read, all but what comes to mind stands as it was planned at first.
  const same = !settledNow && transcript.lines.length === opened.lines.length;
  const final = plan({ context, counter, shown, limit: limits.hard, need: transcript.tokens, recalling: false }, first.gone, same ? first.rendered : undefined);
  if (!settledNow) payForLate(assembly, place, shown, transcript, final);

  const tokens = final.tokens + transcript.tokens + messageTokens;
  return {
    messages: messagesFor({ context, transcript, message, head: joined(final.blocks, 'head'), late: joined(final.blocks, 'late'), noteDepth: noteDepth(context, final) }),
    digestIds: final.blocks.some(({ block }) => block === digests) ? context.digests.map(({ digestId }) => digestId) : [],
    report: reportOn({ context, budget, tokens, plan: final, transcript, message: { text: message ?? '', tokens: messageTokens }, shown, recalled, told, lore: lore.all }),
  };
}

/** Where the transcript begins elsewhere than before, the head of the prompt is settled anew (PR-3). */
function settleIfDue({ context, settled, counter }: Assembly, place: string, transcript: Transcript, told: (memory: Row<'memories'>) => boolean): boolean {
  if (settled.of(place)?.from === transcript.from) return false;
  settled.settle(place, shownAs(context, settled.of(place), transcript, told, counter));
  return true;
}

/** What was carried late adds up; once it has cost as much as settling it, the next prompt settles it. */
function payForLate({ settled, counter }: Assembly, place: string, { pinsLate }: Shown, transcript: Transcript, { blocks }: Plan): void {
  const late = pinsLate.reduce((total, { text }) => total + counter.count(text), 0);
  const head = blocks.find(({ block }) => block.name === 'accounts')?.tokens ?? 0;
  if (settled.pay(place, late, transcript.tokens + head)) settled.forget(place);
}

async function recallFor(
  { context, chatId, message, recall }: Assembly,
  transcript: Transcript,
  { accounts }: Pick<Shown, 'accounts'>,
  k: number,
  told: (memory: Row<'memories'>) => boolean,
): Promise<readonly MemoryHit[]> {
  const text = soughtBy(transcript.lines, message);
  if (k === 0 || text === '') return [];
  const found = await recall({
    text,
    // Accounts that stand at the head will be among what is found, and are passed over.
    k: k + accounts.length,
    turnIds: transcript.lines.flatMap(({ kind, turnId }) => (kind === 'assistant' ? turnId : [])),
    exclude: context.pinned.map(({ memoryId }) => memoryId),
  });
  return chosen(found, context, { k, accounts, told: (memory) => told(memory) && memory.chatId === chatId });
}

function spoken(message: string, context: PromptContext): string {
  const user = nameOf(context, context.you.id);
  return message === '' ? fromTemplate('silent', { user }) : `${user}: ${message}`;
}

/** What must be in a prompt shows nothing that could be left out. */
const NOTHING_ELSE: Shown = { pinsSettled: [], pinsLate: [], factsSettled: new Set(), accounts: [], recalled: [], lore: [] };

function tooLong({ context, budget, counter }: Assembly, last: readonly Line[], messageTokens: number): DomainError {
  const most = `${budget.hard.toLocaleString('en')} tokens in all`;
  const who = (line: Line): string => (line.speakerId === null ? 'someone' : nameOf(context, line.speakerId));
  const candidates: { readonly tokens: number; readonly field: string; readonly problem: string }[] = [
    ...identityParts(context).map(({ field, label, text }) => ({
      tokens: counter.count(text),
      field,
      problem: `The ${label} of ${context.speaker.name} is too long to be given to the model (${most}). Shorten it under Bots.`,
    })),
    {
      tokens: counter.count(rules.render(context, NOTHING_ELSE)),
      field: 'rules',
      problem: `The text "rules" is too long to be given to the model (${most}). Shorten it under Settings, Prompt texts.`,
    },
    {
      tokens: counter.count(scene.render(context, NOTHING_ELSE)),
      field: 'scene',
      problem: `What is said of the scene is too long to be given to the model (${most}). Shorten the place or what those present do, behind the story.`,
    },
    ...last.map((line) => ({ tokens: line.tokens, field: 'turn', problem: `The last turn of ${who(line)} is too long to be given to the model (${most}). Shorten it, or hide it from the prompt.` })),
    { tokens: messageTokens, field: 'text', problem: `Your message is longer than the model can be given at once (${most}). Send it in parts.` },
  ];
  const longest = candidates.reduce((a, b) => (b.tokens >= a.tokens ? b : a));
  return new DomainError('too_long', longest.problem, [longest.field]);
}
