import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { projection } from '../projection.ts';
import { finishReason, id, usage } from '../shapes.ts';

/** The tree of turns with the words in it: every turn, on the path or beside it. */
export const turnRow = z.object({
  turnId: id,
  chatId: id,
  parentId: id.nullable(),
  depth: z.number().int(),
  kind: z.enum(['kickoff', 'user', 'assistant', 'skip', 'roll']),
  speakerId: id.nullable(),
  addresseeId: id.nullable(),
  sceneId: id.nullable(),
  witnesses: z.array(id),
  clock: z.string().nullable(),
  /** As written or as it came; while a reply streams it is empty. */
  text: z.string(),
  /** The text as edited by hand, shown in place of `text` (TL-8). */
  edited: z.string().nullable(),
  hidden: z.boolean(),
  status: z.enum(['streaming', 'whole']),
  truncated: z.boolean(),
  finishReason: finishReason.nullable(),
  problem: z.string().nullable(),
  usage: usage.nullable(),
  model: z.string(),
  startedAt: z.string(),
});
export type TurnRow = z.infer<typeof turnRow>;

type Start = LogEvent<'kickoff_confirmed' | 'user_turn' | 'assistant_turn_started' | 'skip_started' | 'dice_rolled'>;

const turnOf = (event: LogEvent): readonly string[] => (event.turnId === null ? [] : [event.turnId]);

function starts<E extends Start>(kind: TurnRow['kind'], rest: (event: E) => Partial<TurnRow>): Handler<TurnRow, E> {
  return {
    keys: turnOf,
    evolve: (_row, e) => {
      if (e.turnId === null || e.chatId === null) return undefined;
      const { parentId, depth, speakerId, addresseeId, sceneId, witnesses, clock } = e.payload;
      return {
        turnId: e.turnId,
        chatId: e.chatId,
        parentId,
        depth,
        kind,
        speakerId,
        addresseeId,
        sceneId,
        witnesses,
        clock,
        text: '',
        edited: null,
        hidden: false,
        status: 'whole',
        truncated: false,
        finishReason: null,
        problem: null,
        usage: null,
        model: '',
        startedAt: e.at,
        ...rest(e),
      };
    },
  };
}

function amend<E extends LogEvent>(change: (event: E) => Partial<TurnRow>): Handler<TurnRow, E> {
  return { keys: turnOf, evolve: (row, e) => row && { ...row, ...change(e) } };
}

export const turns = projection<TurnRow>({
  name: 'turns',
  class: 'timeline',
  version: 3,
  row: turnRow,
  on: {
    kickoff_confirmed: starts('kickoff', (e: LogEvent<'kickoff_confirmed'>) => ({ text: e.payload.text })),
    user_turn: starts('user', (e: LogEvent<'user_turn'>) => ({ text: e.payload.text })),
    assistant_turn_started: starts('assistant', (e: LogEvent<'assistant_turn_started'>) => ({
      status: 'streaming',
      model: e.payload.model,
    })),
    skip_started: starts('skip', (e: LogEvent<'skip_started'>) => ({ status: 'streaming', model: e.payload.model })),
    dice_rolled: starts('roll', (e: LogEvent<'dice_rolled'>) => ({ text: e.payload.text })),
    skip_ended: amend((e: LogEvent<'skip_ended'>) => ({ ...e.payload, status: 'whole' })),
    assistant_turn: amend((e: LogEvent<'assistant_turn'>) => ({ ...e.payload, status: 'whole' })),
    turn_edited: amend((e: LogEvent<'turn_edited'>) => ({ edited: e.payload.text })),
    turn_hidden: amend((e: LogEvent<'turn_hidden'>) => ({ hidden: e.payload.hidden })),
  },
});
