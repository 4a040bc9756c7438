import { z } from 'zod';
import { given, keyOf, projection } from '../projection.ts';
import { activity, id, idle } from '../shapes.ts';

/** WD-5: what each entity of a chat does, where and how. */
export const activityRow = z.object({ chatId: id, entityId: id, ...activity.shape });
export type ActivityRow = z.infer<typeof activityRow>;

export const activities = projection<ActivityRow>({
  name: 'activities',
  class: 'story',
  version: 1,
  row: activityRow,
  on: {
    activity_set: {
      keys: (e) => (e.chatId === null ? [] : [keyOf(e.chatId, e.payload.entityId)]),
      evolve: (row, e) =>
        e.chatId === null
          ? undefined
          : { chatId: e.chatId, entityId: e.payload.entityId, ...idle, ...row, ...given(e.payload.changes) },
    },
  },
});
