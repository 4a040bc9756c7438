import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { projection } from '../projection.ts';
import { id, significance } from '../shapes.ts';

/** WD-8: what one bot remembers. Whether it is pinned stands in `pins`, where the cap can hold. */
export const memoryRow = z.object({
  memoryId: id,
  ownerId: id,
  continuityId: id,
  chatId: id,
  turnId: id,
  kind: z.enum(['turn', 'scene', 'told', 'synthesized', 'manual']),
  text: z.string(),
  witnesses: z.array(id),
  clock: z.string().nullable(),
  sceneId: id.nullable(),
  source: z.string(),
  reliability: z.number(),
  significance,
  quotes: z.array(z.string()),
  /** The scene memory that tells this one too. */
  coveredBy: id.nullable(),
  /** Place in the log where it was written: the order in which things came to be known. */
  bornSeq: z.number().int(),
});
export type MemoryRow = z.infer<typeof memoryRow>;

type Amending = LogEvent<'memory_edited' | 'memory_scored' | 'memory_deleted'>;

function amend<E extends Amending>(change: (row: MemoryRow, event: E) => MemoryRow | undefined): Handler<MemoryRow, E> {
  return { keys: (e) => [e.payload.memoryId], evolve: (row, e) => row && change(row, e) };
}

export const memories = projection<MemoryRow>({
  name: 'memories',
  class: 'story',
  version: 3,
  row: memoryRow,
  on: {
    memory_written: {
      keys: (e) => [e.payload.memoryId],
      evolve: (_row, e) => {
        if (e.chatId === null || e.turnId === null) return undefined;
        const { aboutTurnId, gaveWay: _gaveWay, restored, ...rest } = e.payload;
        const { chatId, bornSeq } = restored ?? { chatId: e.chatId, bornSeq: e.seq };
        return { ...rest, chatId, turnId: aboutTurnId ?? e.turnId, coveredBy: null, bornSeq };
      },
    },
    memory_edited: amend((row, e: LogEvent<'memory_edited'>) => ({ ...row, text: e.payload.text })),
    memory_scored: amend((row, e: LogEvent<'memory_scored'>) => ({ ...row, significance: e.payload.significance })),
    memory_deleted: amend((_row, _e: LogEvent<'memory_deleted'>) => undefined),
    memory_covered: {
      keys: (e) => e.payload.memoryIds,
      evolve: (row, e) => row && { ...row, coveredBy: e.payload.sceneMemoryId },
    },
  },
});
