import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import { meanwhileMode } from '../events/meanwhile.ts';
import type { Handler } from '../projection.ts';
import { given, projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** MW-1: how a meanwhile scene that is open goes on. */
export const meanwhileRow = z.object({
  sceneId: id,
  chatId: id,
  mode: meanwhileMode,
  /** Turns that it may still take before it ends. */
  left: z.number().int(),
  /** False once it was paused. Whether it goes on by itself says `goesOn`. */
  running: z.boolean(),
  /** What the next turn is nudged to. */
  nudge: z.string().nullable(),
  /** Who took the last turn, and who takes the next where it is not the other one. */
  lastId: id.nullable(),
  nextId: id.nullable(),
  /** The turn at which it was last told to go on. */
  resumedAt: id,
  /** Place in the log where it last began, took a turn, or was told to go on. */
  sinceSeq: z.number().int(),
});
export type MeanwhileRow = z.infer<typeof meanwhileRow>;

type Amending = LogEvent<'meanwhile_steered' | 'scene_closed'>;

function amend<E extends Amending>(change: (row: MeanwhileRow, event: E) => MeanwhileRow | undefined): Handler<MeanwhileRow, E> {
  return { keys: (e) => [e.payload.sceneId], evolve: (row, e) => row && change(row, e) };
}

export const meanwhiles = projection<MeanwhileRow>({
  name: 'meanwhiles',
  class: 'story',
  version: 2,
  row: meanwhileRow,
  on: {
    meanwhile_begun: {
      keys: (e) => [e.payload.sceneId],
      evolve: (_row, e) => {
        if (e.chatId === null || e.turnId === null) return undefined;
        const { turns: left, ...rest } = e.payload;
        return { ...rest, chatId: e.chatId, left, running: true, lastId: null, nextId: null, resumedAt: e.turnId, sinceSeq: e.seq };
      },
    },
    meanwhile_steered: amend((row, e: LogEvent<'meanwhile_steered'>) => {
      const { turns, prior: _prior, ...changes } = e.payload;
      // Only the word to go on lets it go on: one who looks back into it may change how it is to go.
      const resumed = e.payload.running === true && e.turnId !== null ? { resumedAt: e.turnId, sinceSeq: e.seq } : {};
      return { ...row, ...given(changes), ...resumed, left: turns ?? row.left };
    }),
    assistant_turn_started: {
      keys: ({ payload }) => (payload.meanwhile === true && payload.sceneId !== null ? [payload.sceneId] : []),
      evolve: (row, e) => row && { ...row, left: Math.max(0, row.left - 1), nudge: null, lastId: e.payload.speakerId, nextId: null, sinceSeq: e.seq },
    },
    scene_closed: amend((_row, _e: LogEvent<'scene_closed'>) => undefined),
  },
});
