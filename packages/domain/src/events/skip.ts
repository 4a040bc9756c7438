import { z } from 'zod';
import { kind } from '../event.ts';
import { finishReason, instant, usage } from '../shapes.ts';
import { text } from '../text.ts';
import { started } from './turn.ts';

/** What a skip is asked for, and where it goes. Without a clock it goes nowhere that could be told. */
const plan = {
  /** In the words in which it was asked for. */
  asked: text(4_000),
  from: instant.nullable(),
  to: instant.nullable(),
  /** True where the words end the scene too: that comes first (SC-6). */
  closes: z.boolean(),
};

/** Skips: turns of nobody's that lead the story to another moment (SC-4, SC-5). */
export const skipEvents = {
  skip_asked: kind({
    meaning: 'The person leaps ahead, and is asked whether anything in between is worth telling.',
    version: 1,
    belongs: 'story',
    // The words of the message that asked for it; empty where it was no message.
    payload: z.object({ ...plan, words: text(100_000) }),
  }),
  skip_answered: kind({
    meaning: 'The question of a leap ahead was answered, or is no longer asked.',
    version: 1,
    belongs: 'story',
    payload: z.object({}),
  }),
  skip_started: kind({
    meaning: 'The story skips ahead; the words that tell it follow.',
    version: 1,
    belongs: 'story',
    payload: started.extend({
      ...plan,
      mode: z.enum(['elision', 'jump']),
      /** What the person says went on in between; empty for nothing. */
      notable: text(4_000),
      model: z.string().max(300),
      nudge: text(1_000).optional(),
    }),
  }),
  skip_ended: kind({
    meaning: 'The words that tell a skip are all there, or as many as came.',
    version: 1,
    belongs: 'story',
    payload: z.object({ text: text(10_000), truncated: z.boolean(), finishReason, usage: usage.nullable(), problem: text(1_000).nullable() }),
  }),
  dice_rolled: kind({
    meaning: 'The person rolled dice: a turn of its own, which all present see.',
    version: 1,
    belongs: 'story',
    payload: started.extend({ dice: z.array(z.number().int().min(1)).min(1).max(100), sides: z.number().int().min(2), plus: z.number().int(), text: text(2_000) }),
  }),
};
