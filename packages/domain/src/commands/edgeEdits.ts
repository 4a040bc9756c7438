import type { z } from 'zod';
import type { NewEvent } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { EDGE_START } from '../projections/edges.ts';
import type { EdgeRow } from '../projections/edges.ts';
import type { edgeChanges } from '../shapes.ts';
import { changedFields, handIn, listed, tidy } from './edits.ts';
import type { Standing } from './send.ts';

export type EdgeChanges = z.output<typeof edgeChanges>;

/** How one stands to another of whom nothing was ever said. */
const UNMOVED = { affinity: EDGE_START, trust: EDGE_START, summary: '', knowledge: [] as string[] };

/**
 * ED-4: sets by hand how one stands to another. `before` is the edge in the chat's continuity, if there is one.
 * Throws DomainError `not_found` unless both are in the story.
 */
export function setEdge(
  state: Standing,
  before: EdgeRow | undefined,
  { source, target, changes }: { source: string; target: string; changes: EdgeChanges },
): NewEvent[] {
  const { chat, cast, write } = handIn(state);
  if (source === target) throw new DomainError('invalid', 'Nobody stands to themselves.', ['target']);
  for (const [field, entityId] of Object.entries({ source, target })) {
    if (!cast.includes(entityId)) throw new DomainError('not_found', 'Nobody of that name is in this story.', [field]);
  }
  const { summary, knowledge } = changes;
  const wanted = { ...changes, summary: summary && tidy(summary), knowledge: knowledge && listed(knowledge) };
  const changed = changedFields(before ?? UNMOVED, wanted);
  return changed === undefined ? [] : [write('edge_edited', { continuityId: chat.continuityId, source, target, ...changed })];
}
