import { DomainError } from '@offstage/domain';
import type { KeptCall, Store } from '@offstage/store';
import { z } from 'zod';
import { promptReport } from '../prompt/report.ts';
import type { PromptReport } from '../prompt/report.ts';

const usage = z.object({ prompt: z.number(), completion: z.number() });

/** What a page may see of a call as it was kept. Whatever else a record holds stays where it is. */
const keptRecord = z.object({
  model: z.string(),
  endpointName: z.string().default(''),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).default([]),
  outcome: z.enum(['ok', 'aborted', 'error', 'truncated']),
  error: z.object({ message: z.string() }).optional(),
  usage: usage.optional(),
  firstTokenMs: z.number().optional(),
  durationMs: z.number().default(0),
  waitedMs: z.number().default(0),
  attempts: z.number().default(1),
  reply: z.string().default(''),
  prompt: z.unknown().optional(),
});

/** One model call of a turn (PR-4). Times in ms. */
export interface TurnCall {
  readonly callId: string;
  readonly purpose: string;
  readonly provider: string;
  readonly model: string;
  /** Real time, ISO 8601 UTC. */
  readonly startedAt: string;
  /** Until the first word; null where none came. */
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  /** Of `durationMs`, the time spent in the queue and between tries. */
  readonly waitedMs: number;
  readonly attempts: number;
  readonly outcome: 'ok' | 'aborted' | 'error' | 'truncated';
  readonly problem: string | null;
  /** Tokens as the provider counted them; null where it did not say. */
  readonly usage: { readonly prompt: number; readonly completion: number } | null;
  /** The answer as it came. */
  readonly reply: string;
  /** What was sent, message by message. */
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
}

/** The model calls behind one reply. */
export interface TurnPrompts {
  readonly turnId: string;
  /** The call that wrote the reply, and what its prompt was made of; null where it is no longer kept, or there was none. */
  readonly narrative: (TurnCall & { readonly prompt: PromptReport | null }) | null;
  /** The other calls of the turn, oldest first. */
  readonly bookkeeping: readonly TurnCall[];
}

/** The calls behind a turn of a chat. Throws DomainError `not_found` for a turn that is not of this chat. */
export async function promptsOfTurn(store: Pick<Store, 'read' | 'callsOfTurn'>, asked: { chatId: string; turnId: string }): Promise<TurnPrompts> {
  const turn = await store.read.row('turns', asked.turnId);
  if (turn?.chatId !== asked.chatId) throw new DomainError('not_found', 'This turn is no longer there.', ['turnId']);
  const calls = (await store.callsOfTurn(asked.turnId)).flatMap((call) => readCall(call) ?? []);
  // A reply that was continued has more than one; the last says how it came to be what it is.
  const narrative = calls.findLast(({ view }) => view.purpose === 'narrative');
  return {
    turnId: asked.turnId,
    narrative: narrative === undefined ? null : { ...narrative.view, prompt: reportOf(narrative.prompt) },
    bookkeeping: calls.filter((call) => call !== narrative).map(({ view }) => view),
  };
}

function readCall({ id, purpose, startedAt, record }: KeptCall): { view: TurnCall; prompt: unknown } | undefined {
  const read = keptRecord.safeParse(record);
  if (!read.success) return undefined;
  const { endpointName: provider, error, usage: used, firstTokenMs, prompt, ...rest } = read.data;
  const view = {
    ...rest,
    callId: id,
    purpose,
    startedAt,
    provider,
    firstTokenMs: firstTokenMs ?? null,
    problem: error?.message ?? null,
    usage: used ?? null,
  };
  return { view, prompt };
}

/** What an earlier version kept is not what this one draws. */
function reportOf(kept: unknown): PromptReport | null {
  const read = promptReport.safeParse(kept);
  return read.success ? read.data : null;
}
