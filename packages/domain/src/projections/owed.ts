import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { keyOf, projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** TN-9: what is still to be done after a turn or a scene. Off the path nothing is owed. */
export const owedRow = z.object({
  chatId: id,
  turnId: id,
  what: z.enum(['passes', 'summaries', 'interjection']),
  subjectId: id,
  sinceSeq: z.number().int(),
  /** Where in the log it was asked for that the turn be learned from anew (TL-8); null where it is the first time. */
  againSeq: z.number().int().nullable(),
});
export type OwedRow = z.infer<typeof owedRow>;

function owes<E extends LogEvent>(what: OwedRow['what'], subject: (event: E) => string | null): Handler<OwedRow, E> {
  return {
    keys: (e) => keysOf(what, subject(e)),
    evolve: (_row, e) => {
      const subjectId = subject(e);
      return e.chatId === null || e.turnId === null || subjectId === null
        ? undefined
        : { chatId: e.chatId, turnId: e.turnId, what, subjectId, sinceSeq: e.seq, againSeq: null };
    },
  };
}

function pays<E extends LogEvent>(what: OwedRow['what'], subject: (event: E) => string | null): Handler<OwedRow, E> {
  return { keys: (e) => keysOf(what, subject(e)), evolve: () => undefined };
}

const keysOf = (what: string, subjectId: string | null): readonly string[] =>
  subjectId === null ? [] : [keyOf(what, subjectId)];

export const owed = projection<OwedRow>({
  name: 'owed',
  class: 'story',
  inward: true,
  version: 4,
  row: owedRow,
  on: {
    assistant_turn: owes('passes', (e) => e.turnId),
    turn_relearned: {
      keys: (e) => keysOf('passes', e.turnId),
      evolve: (_row, e) =>
        e.chatId === null || e.turnId === null
          ? undefined
          : { chatId: e.chatId, turnId: e.turnId, what: 'passes', subjectId: e.turnId, sinceSeq: e.payload.endedSeq, againSeq: e.seq },
    },
    skip_ended: owes('passes', (e) => e.turnId),
    passes_settled: pays('passes', (e) => e.turnId),
    // Its settling hangs from the same turn, so that a rewind which takes the interjection away does not call for it again.
    interjection_decided: owes('interjection', (e: LogEvent<'interjection_decided'>) => (e.payload.speaks ? e.turnId : null)),
    interjection_settled: pays('interjection', (e) => e.turnId),
    scene_closed: owes('summaries', (e: LogEvent<'scene_closed'>) => e.payload.sceneId),
    scene_settled: pays('summaries', (e: LogEvent<'scene_settled'>) => e.payload.sceneId),
  },
});
