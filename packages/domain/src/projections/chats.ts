import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { given, projection } from '../projection.ts';
import { id, modelChoice, tuning } from '../shapes.ts';
import type { Tuning } from '../shapes.ts';
import { nextHead } from '../timeline.ts';

/** WD-3: a chat as an object, and where it stands. What its story made of it is in `stages`. */
export const chatRow = z.object({
  chatId: id,
  kind: z.enum(['roleplay', 'room', 'scenario']),
  title: z.string(),
  hostId: id.nullable(),
  personaId: id.nullable(),
  continuityId: id,
  model: modelChoice.nullable(),
  tuning,
  head: id.nullable(),
  /** Place in the log where the head was last moved. */
  movedSeq: z.number().int(),
  createdAt: z.string(),
  /** When anything last happened here, real time. */
  touchedAt: z.string(),
});
export type ChatRow = z.infer<typeof chatRow>;

/** A chat that follows the settings in everything. */
const UNTUNED: Tuning = { note: null, sampler: null, passesOff: null };

const chatOf = (event: LogEvent): readonly string[] => (event.chatId === null ? [] : [event.chatId]);

function amend<E extends LogEvent>(change: (row: ChatRow, event: E) => Partial<ChatRow>): Handler<ChatRow, E> {
  return { keys: chatOf, evolve: (row, e) => row && { ...row, ...change(row, e), touchedAt: e.at } };
}

const advance = amend((row, e) => ({ head: nextHead(row.head, e) }));

export const chats = projection<ChatRow>({
  name: 'chats',
  class: 'timeline',
  version: 4,
  row: chatRow,
  on: {
    chat_created: {
      keys: chatOf,
      evolve: (_row, e) =>
        e.chatId === null
          ? undefined
          : { chatId: e.chatId, ...e.payload, model: null, tuning: UNTUNED, head: null, movedSeq: 0, createdAt: e.at, touchedAt: e.at },
    },
    chat_titled: amend<LogEvent<'chat_titled'>>((_row, e) => ({ title: e.payload.title })),
    chat_persona_chosen: amend<LogEvent<'chat_persona_chosen'>>((_row, e) => ({ personaId: e.payload.personaId })),
    chat_model_chosen: amend<LogEvent<'chat_model_chosen'>>((_row, e) => ({ model: e.payload.model })),
    chat_tuned: amend<LogEvent<'chat_tuned'>>((row, e) => ({ tuning: { ...row.tuning, ...given(e.payload) } })),
    head_moved: amend<LogEvent<'head_moved'>>((row, e) => ({ head: nextHead(row.head, e), movedSeq: e.seq })),
    kickoff_confirmed: advance,
    user_turn: advance,
    assistant_turn_started: advance,
    skip_started: advance,
    dice_rolled: advance,
    // Who looks at the list hears through this row that the reply has ended (LV-1).
    assistant_turn: amend<LogEvent<'assistant_turn'>>(() => ({})),
    skip_ended: amend<LogEvent<'skip_ended'>>(() => ({})),
  },
});
