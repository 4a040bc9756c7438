import type { Row } from '@offstage/domain';
import { ModelError, StructuredError } from '@offstage/model';
import type { Message, Purpose } from '@offstage/model';
import type { z } from 'zod';
import type { ChosenModel } from '../core.ts';
import type { Kit } from './kit.ts';
import { strictSchema } from './passes/strictSchema.ts';

type Tools = Pick<Kit, 'gateway' | 'models' | 'config' | 'log'>;

/** A question of the bookkeeping. */
export interface BooksQuestion<T> {
  readonly purpose: Purpose;
  /** The name under which the answer's shape is known to the model. */
  readonly name: string;
  readonly messages: readonly Message[];
  readonly schema: z.ZodType<T>;
  /** What the model is shown; by default it follows from `schema`. */
  readonly json?: Record<string, unknown>;
  readonly context: { readonly chatId: string; readonly turnId?: string };
  readonly chosen: ChosenModel;
}

/** Who keeps the books of a chat: by default the one who narrates there. */
export function bookkeeper({ models }: Tools, chat: Pick<Row<'chats'>, 'model'>, bot: Pick<Row<'bots'>, 'model'> | undefined): Promise<ChosenModel> {
  return models.choose('classifier', chat.model, bot?.model);
}

/**
 * Asks the model that keeps the books, then its stand-ins, within the time that the settings give (MO-3). Undefined where
 * none has a usable answer: the story goes on without, and `salvaged` gets the last answer as it came. Rejects when the
 * signal aborts.
 */
export async function askBooks<T>(kit: Tools, question: BooksQuestion<T>, signal: AbortSignal, salvaged?: (raw: string) => void): Promise<T | undefined> {
  const { chosen, purpose, name, messages, schema, context } = question;
  const { idle_seconds, total_seconds } = kit.config.current.passes;
  try {
    return await kit.gateway.structured(
      chosen.endpoint,
      {
        purpose,
        model: chosen.model,
        messages,
        // The same words are to be read the same way every time.
        sampler: { ...chosen.sampler, temperature: 0 },
        schema: { name, json: question.json ?? strictSchema(schema) },
        context,
      },
      schema,
      signal,
      { fallbacks: kit.models.fallbacks(), idleMs: idle_seconds * 1_000, totalMs: total_seconds * 1_000 },
    );
  } catch (error) {
    if (signal.aborted || !(error instanceof ModelError || error instanceof StructuredError)) throw error;
    if (error instanceof StructuredError) salvaged?.(error.raw);
    kit.log.warn({ purpose, chatId: context.chatId, turnId: context.turnId, problem: error.name }, 'a question of the bookkeeping had no usable answer');
    return undefined;
  }
}
