import type { Playable } from '@offstage/domain/commands/send';
import { cleanText, wordsOf } from '@offstage/domain/words';
import type { Listener } from '@offstage/domain/addressee';
import { storyText } from '@offstage/domain/segments';
import { z } from 'zod';
import { fromTemplate } from '../prompt/templates.ts';
import { askBooks, bookkeeper } from './books.ts';
import type { Kit } from './kit.ts';
import { personCalled } from './passes/context.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'people' | 'config' | 'log'>;

const addressed = z.object({ addressee: z.string(), confidence: z.enum(['high', 'medium', 'low']), reason: z.string() });

/** Turns before the message that help to understand it. */
const BEFORE = 4;
/** Characters of a message that are shown for these questions. */
const SHOWN = 4_000;

/** Who is meant, as a model sees it. */
export interface AskedAddressee {
  readonly addresseeId: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly reason: string;
}

/** Characters of a reason that are kept. */
const REASON_MOST = 300;

/** TN-3: asks who is meant to answer where words alone do not tell. Undefined where the model is not sure either, or fails. */
export async function askAddressee(kit: Tools, at: Playable, message: string, listeners: readonly Listener[]): Promise<AskedAddressee | undefined> {
  const reader = listeners[0]?.botId ?? '';
  // It is asked on behalf of all who may be meant: what one of them did not witness is not among it (ME-2).
  const turns = (await kit.store.read.witnessed(at.chat.chatId, reader, BEFORE)).filter(({ kind, witnesses }) => kind !== 'kickoff' && listeners.every(({ botId }) => witnesses.includes(botId)));
  const names = await kit.people.names(turns.map(({ speakerId }) => speakerId));
  const markers = { ooc: kit.config.current.chat.ooc };
  const before = turns.map((turn) => `${names.get(turn.speakerId ?? '') ?? 'Someone'}: ${storyText(wordsOf(turn), markers).slice(0, SHOWN / BEFORE).toWellFormed()}`);
  const told = `# Present\n${listeners.map(({ name }) => name).join(', ')}\n\n# Before\n${before.join('\n')}\n\n# The message\n${message.slice(0, SHOWN).toWellFormed()}`;
  const answer = await askSoon(kit, at, 'addressee', told, addressed);
  if (answer === undefined || answer.confidence === 'low') return undefined;
  const addresseeId = personCalled(answer.addressee, listeners.map(({ botId, name }) => ({ id: botId, name, kind: 'bot' as const })))?.id;
  const reason = cleanText(answer.reason).replaceAll(/\s+/g, ' ').trim().slice(0, REASON_MOST).toWellFormed();
  return addresseeId === undefined ? undefined : { addresseeId, confidence: answer.confidence, reason };
}

/** Asks one of the questions that a reply waits for; undefined where there is no usable answer in time. */
export async function askSoon<T>(kit: Tools, at: Playable, name: 'addressee' | 'skip', told: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const question = {
    purpose: name,
    name,
    messages: [
      { role: 'system' as const, content: fromTemplate(name, {}) },
      { role: 'user' as const, content: told },
    ],
    schema,
    context: { chatId: at.chat.chatId },
    chosen: await bookkeeper(kit, at.chat, undefined),
  };
  try {
    return await askBooks(kit, question, patience);
  } catch (error) {
    // What cannot be asked in time is taken as it looks: the person waits for a reply, not for this.
    if (!patience.aborted) throw error;
    return undefined;
  }
}

/** How long a reply waits for one of these questions, in ms. */
const PATIENCE_MS = 10_000;
