import { z } from 'zod';
import { given, projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-10: what is planned in the fiction. */
export const storyEventRow = z.object({
  storyEventId: id,
  chatId: id,
  kind: z.string(),
  title: z.string(),
  props: z.record(z.string(), z.unknown()),
  plannedFor: z.string().nullable(),
  knownTo: z.array(id),
  status: z.enum(['planned', 'active', 'completed', 'cancelled', 'expired']),
});
export type StoryEventRow = z.infer<typeof storyEventRow>;

export const storyEvents = projection<StoryEventRow>({
  name: 'storyEvents',
  class: 'story',
  version: 2,
  row: storyEventRow,
  on: {
    story_event_planned: {
      keys: (e) => [e.payload.storyEventId],
      evolve: (_row, e) => (e.chatId === null ? undefined : { chatId: e.chatId, ...e.payload, status: 'planned' }),
    },
    story_event_edited: {
      keys: (e) => [e.payload.storyEventId],
      evolve: (row, e) => (row?.status === 'planned' ? { ...row, ...given(e.payload.changes) } : row),
    },
    story_event_moved: {
      keys: (e) => [e.payload.storyEventId],
      // Completed, cancelled and expired are terminal: what comes later is ignored (EV-1).
      evolve: (row, e) =>
        row && (row.status === 'planned' || row.status === 'active') ? { ...row, status: e.payload.status } : row,
    },
    story_event_put_back: {
      keys: (e) => [e.payload.storyEventId],
      // An undo is no later change: it says that the one before was none.
      evolve: (row, e) => (row === undefined || e.payload.status === null ? undefined : { ...row, status: e.payload.status }),
    },
  },
});
