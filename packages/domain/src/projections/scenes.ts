import { z } from 'zod';
import { projection } from '../projection.ts';
import { id, presentSet, significance } from '../shapes.ts';

/** WD-6: stretches of story in one place with one cast. */
export const sceneRow = z.object({
  sceneId: id,
  chatId: id,
  containerId: id.nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  closed: z.boolean(),
  participants: z.array(id),
  presentSet,
  significance,
  parentSceneId: id.nullable(),
});
export type SceneRow = z.infer<typeof sceneRow>;

export const scenes = projection<SceneRow>({
  name: 'scenes',
  class: 'story',
  version: 1,
  row: sceneRow,
  on: {
    scene_opened: {
      keys: (e) => [e.payload.sceneId],
      evolve: (_row, e) =>
        e.chatId === null
          ? undefined
          : { chatId: e.chatId, ...e.payload, endedAt: null, closed: false, significance: 0 },
    },
    scene_closed: {
      keys: (e) => [e.payload.sceneId],
      evolve: (row, e) =>
        row && { ...row, closed: true, endedAt: e.payload.endedAt, significance: e.payload.significance },
    },
  },
});
