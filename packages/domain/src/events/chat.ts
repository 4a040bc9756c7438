import { z } from 'zod';
import { kind } from '../event.ts';
import { id, modelChoice, tuning } from '../shapes.ts';
import { line } from '../text.ts';

/** A chat as an object: what its tree of turns does not carry. */
export const chatEvents = {
  chat_created: kind({
    meaning: 'A chat was opened.',
    version: 1,
    belongs: 'chat',
    payload: z.object({
      kind: z.enum(['roleplay', 'room', 'scenario']),
      title: line(200),
      hostId: id.nullable(),
      personaId: id.nullable(),
      continuityId: id,
    }),
  }),
  chat_titled: kind({
    meaning: 'A chat was renamed.',
    version: 1,
    belongs: 'chat',
    payload: z.object({ title: line(200) }),
  }),
  chat_persona_chosen: kind({
    meaning: 'The person writes in this chat as another persona.',
    version: 1,
    belongs: 'chat',
    payload: z.object({ personaId: id }),
  }),
  chat_model_chosen: kind({
    meaning: 'This chat uses a model of its own, or none.',
    version: 1,
    belongs: 'chat',
    payload: z.object({ model: modelChoice.nullable() }),
  }),
  chat_tuned: kind({
    meaning: "The chat was given an author's note, sampler settings or passes of its own, or follows the settings again.",
    version: 1,
    belongs: 'chat',
    payload: tuning.partial(),
  }),
  branch_named: kind({
    meaning: 'The branch that ends in a turn was given a name, or lost it.',
    version: 1,
    belongs: 'chat',
    payload: z.object({ tipId: id, name: line(200).nullable() }),
  }),
  head_moved: kind({
    meaning: 'The chat stands at another turn: what hung between is undone, what hangs on the new way is in force.',
    version: 1,
    belongs: 'chat',
    payload: z.object({
      to: id,
      from: id,
      reason: z.enum(['rewind', 'undo', 'regenerate', 'swipe', 'branch', 'reset']),
    }),
  }),
};
