import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { given, keyOf, projection } from '../projection.ts';
import { id, score } from '../shapes.ts';

/** WD-7: what one entity feels for and knows about another, within a continuity. */
export const edgeRow = z.object({
  continuityId: id,
  source: id,
  target: id,
  affinity: score,
  trust: score,
  summary: z.string(),
  knowledge: z.array(z.string()),
  /** Chat clock of the last turn that moved this edge. */
  lastAt: z.string().nullable(),
});
export type EdgeRow = z.infer<typeof edgeRow>;

/** Facts that are known of one person, the newest: as many as a hand can set. */
const FACTS_MOST = 500;

/** Where affinity and trust start unless the kickoff seeds them (WD-7). */
export const EDGE_START = 50;

/** The key of an edge; the two directions are two edges. */
export function edgeKey(edge: { continuityId: string; source: string; target: string }): string {
  return keyOf(edge.continuityId, edge.source, edge.target);
}

const clamp = (value: number): number => Math.min(100, Math.max(0, value));

type EdgeEvent = LogEvent<'edge_seeded' | 'edge_update' | 'edge_summarized' | 'edge_edited'>;

/** An edge exists from the first thing that is said of it, at the middle of both scales. */
function evolves<E extends EdgeEvent>(change: (row: EdgeRow, event: E) => Partial<EdgeRow>): Handler<EdgeRow, E> {
  return {
    keys: (e) => [edgeKey(e.payload)],
    evolve: (row, e) => {
      const { continuityId, source, target } = e.payload;
      const before: EdgeRow = row ?? {
        continuityId,
        source,
        target,
        affinity: EDGE_START,
        trust: EDGE_START,
        summary: '',
        knowledge: [],
        lastAt: null,
      };
      return { ...before, ...change(before, e) };
    },
  };
}

export const edges = projection<EdgeRow>({
  name: 'edges',
  class: 'story',
  version: 2,
  row: edgeRow,
  on: {
    edge_seeded: {
      keys: (e) => [edgeKey(e.payload)],
      // A second chat in a shared continuity finds the edge as the first one left it: its seed changes nothing.
      evolve: (row, e) => row ?? { ...e.payload, lastAt: null },
    },
    edge_update: evolves((row, e: LogEvent<'edge_update'>) => ({
      affinity: clamp(row.affinity + e.payload.affinity),
      trust: clamp(row.trust + e.payload.trust),
      knowledge: [...new Set([...row.knowledge, ...e.payload.facts])].slice(-FACTS_MOST),
      lastAt: e.payload.at ?? row.lastAt,
    })),
    edge_summarized: evolves((_row, e: LogEvent<'edge_summarized'>) => ({ summary: e.payload.summary })),
    edge_edited: evolves((_row, e: LogEvent<'edge_edited'>) => given(e.payload.changes)),
  },
});
