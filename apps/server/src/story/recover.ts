import { DomainError } from '@offstage/domain';
import { endReply } from '@offstage/domain/commands/reply';
import type { ReplyEnd } from '@offstage/domain/commands/reply';
import type { Kit } from './kit.ts';
import { INTERRUPTED } from './writer.ts';

/** TN-5: ends every reply that a crash left open, with the words that had been kept. */
export async function endInterrupted({ store, log, now }: Pick<Kit, 'store' | 'log' | 'now'>): Promise<void> {
  const drafts = new Map((await store.drafts()).map((draft) => [draft.turnId, draft.text]));
  const open = await store.read.streaming();
  for (const { turnId } of open) {
    const end = {
      text: drafts.get(turnId) ?? '',
      truncated: true,
      finishReason: 'crash' as const,
      usage: null,
      problem: INTERRUPTED,
    };
    await endOne({ store, now }, turnId, end);
  }
  for (const turnId of drafts.keys()) await store.dropDraft(turnId);
  if (open.length > 0) log.info({ replies: open.length }, 'ended replies that were being written when Offstage stopped');
}

/**
 * Ends the reply of a chat that nobody writes any more: its end could not be kept when it came, for the disk refused.
 * False when there is none.
 */
export async function endStranded({ store, now }: Pick<Kit, 'store' | 'now'>, chatId: string): Promise<boolean> {
  const stranded = (await store.read.streaming()).filter((turn) => turn.chatId === chatId);
  const drafts = new Map((await store.drafts()).map((draft) => [draft.turnId, draft.text]));
  for (const { turnId } of stranded) {
    const text = drafts.get(turnId) ?? '';
    await endOne({ store, now }, turnId, { text, truncated: true, finishReason: 'aborted', usage: null, problem: null });
    await store.dropDraft(turnId);
  }
  return stranded.length > 0;
}

async function endOne({ store, now }: Pick<Kit, 'store' | 'now'>, turnId: string, end: ReplyEnd): Promise<void> {
  try {
    await store.execute({ id: `${turnId}:end`, actor: 'engine', at: now() }, async (read) => ({
      events: endReply(await read.row('turns', turnId), end),
      answer: null,
    }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
