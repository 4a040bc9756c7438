import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** SC-5: the leap ahead of which a chat waits to hear whether anything in between is worth telling. */
export const skipQuestionRow = z.object({
  chatId: id,
  /** The turn at which it was asked; once the story stands elsewhere the question is no longer open. */
  turnId: id,
  asked: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  closes: z.boolean(),
  words: z.string(),
});
export type SkipQuestionRow = z.infer<typeof skipQuestionRow>;

const chatOf = (event: LogEvent): readonly string[] => (event.chatId === null ? [] : [event.chatId]);

export const skipQuestions = projection<SkipQuestionRow>({
  name: 'skipQuestions',
  class: 'story',
  version: 1,
  row: skipQuestionRow,
  on: {
    skip_asked: {
      keys: chatOf,
      evolve: (_row, e) => (e.chatId === null || e.turnId === null ? undefined : { chatId: e.chatId, turnId: e.turnId, ...e.payload }),
    },
    skip_answered: { keys: chatOf, evolve: () => undefined },
  },
});
