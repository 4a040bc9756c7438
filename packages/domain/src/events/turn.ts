import { z } from 'zod';
import { kind } from '../event.ts';
import { finishReason, id, instant, usage } from '../shapes.ts';
import { text } from '../text.ts';

/** What every turn says of itself when it starts. Witnesses are fixed here (ME-1); depth is the parent's plus one. */
export const started = z.object({
  parentId: id.nullable(),
  depth: z.number().int().min(0),
  speakerId: id.nullable(),
  addresseeId: id.nullable(),
  sceneId: id.nullable(),
  witnesses: z.array(id).max(64),
  clock: instant.nullable(),
});

const addressed = z.object({
  /** Chosen by hand, called or named in the words, spoken to last, or found by asking a model. */
  by: z.enum(['hand', 'name', 'last', 'model']),
  confidence: z.enum(['high', 'medium', 'low']),
  reason: text(300),
});
export type Addressed = z.infer<typeof addressed>;

/** The tree of turns and the words in it. */
export const turnEvents = {
  kickoff_confirmed: kind({
    meaning: 'The opening was confirmed: the root of the chat.',
    version: 1,
    belongs: 'story',
    payload: started.extend({ text: text(100_000) }),
  }),
  user_turn: kind({
    meaning: 'The person wrote a turn.',
    version: 1,
    belongs: 'story',
    payload: started.extend({
      text: text(100_000),
      /** How it was decided who is meant, where several could be (TN-3). */
      addressed: addressed.optional(),
    }),
  }),
  assistant_turn_started: kind({
    meaning: 'A bot began its turn; its words follow.',
    version: 1,
    belongs: 'story',
    payload: started.extend({
      model: z.string().max(300),
      /** One line from the person about how it should go (TL-6). */
      nudge: text(1_000).optional(),
      /** It is a turn of the meanwhile scene that it names (MW-1). */
      meanwhile: z.literal(true).optional(),
    }),
  }),
  assistant_turn: kind({
    meaning: "A bot's turn ended: its whole text, or as much as came.",
    version: 1,
    belongs: 'story',
    payload: z.object({
      text: text(400_000),
      truncated: z.boolean(),
      finishReason,
      usage: usage.nullable(),
      problem: text(1_000).nullable(),
    }),
  }),
  turn_edited: kind({
    meaning: "A turn's text was changed by hand; the original is kept.",
    version: 1,
    belongs: 'story',
    payload: z.object({ text: text(100_000), prior: text(400_000) }),
  }),
  turn_hidden: kind({
    meaning: 'A turn was hidden from prompts, or shown to them again.',
    version: 1,
    belongs: 'story',
    payload: z.object({ hidden: z.boolean() }),
  }),
  turn_relearned: kind({
    meaning: 'What is learned from a turn is to be learned anew: what was found there before, at these places in the log, no longer counts.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      places: z.array(z.number().int().min(1)).max(5_000),
      /** When the turn ended, as a place in the log: what was set later was set by somebody who knew more. */
      endedSeq: z.number().int().min(0),
    }),
  }),
  interjection_decided: kind({
    meaning: 'Whether the bot that was not spoken to breaks in after a reply, and to whom it speaks; or which one answers a message that skipped time as well.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      botId: id,
      speaks: z.boolean(),
      addresseeId: id.nullable(),
      reason: text(300),
      /** After a skip: it answers the words that were said with it. */
      answers: z.literal(true).optional(),
      /** How it was decided that this one answers, where another could have (TN-3). */
      addressed: addressed.optional(),
    }),
  }),
  interjection_settled: kind({
    meaning: 'The bot that was to break in began its turn, or the moment had passed.',
    version: 1,
    belongs: 'story',
    payload: z.object({ botId: id, interjectionId: id.nullable() }),
  }),
  passes_settled: kind({
    meaning: 'Everything owed after a turn has been done.',
    version: 1,
    belongs: 'story',
    payload: z.object({}),
  }),
};
