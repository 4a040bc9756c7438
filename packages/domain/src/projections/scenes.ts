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
  /** Everyone who took part, whether or not still there. */
  participants: z.array(id),
  /** Who is there now; for a closed scene, who was there last. */
  present: z.array(id),
  presentSet,
  significance,
  parentSceneId: id.nullable(),
  /** Played beside the scene that was open (MW-1). */
  meanwhile: z.boolean(),
  /** Of one played beside: its last turn, and the one with which the last stretch of it begins, where yours came in between. */
  lastAsideId: id.nullable(),
  stretchId: id.nullable(),
});
export type SceneRow = z.infer<typeof sceneRow>;

export const scenes = projection<SceneRow>({
  name: 'scenes',
  class: 'story',
  version: 4,
  row: sceneRow,
  on: {
    scene_opened: {
      keys: (e) => [e.payload.sceneId],
      evolve: (_row, e) =>
        e.chatId === null
          ? undefined
          : { chatId: e.chatId, ...e.payload, present: e.payload.participants, endedAt: null, closed: false, significance: 0, lastAsideId: null, stretchId: null },
    },
    assistant_turn_started: {
      keys: ({ payload }) => (payload.meanwhile === true && payload.sceneId !== null ? [payload.sceneId] : []),
      evolve: (row, e) => row && { ...row, lastAsideId: e.turnId, stretchId: row.stretchId !== null && e.payload.parentId === row.lastAsideId ? row.stretchId : e.turnId },
    },
    scene_present_changed: {
      keys: (e) => [e.payload.sceneId],
      evolve: (row, e) =>
        row && {
          ...row,
          present: e.payload.present,
          presentSet: e.payload.presentSet,
          participants: [...new Set([...row.participants, ...e.payload.present])],
        },
    },
    scene_closed: {
      keys: (e) => [e.payload.sceneId],
      evolve: (row, e) =>
        row && { ...row, closed: true, endedAt: e.payload.endedAt, significance: e.payload.significance },
    },
    scene_settled: {
      keys: (e) => [e.payload.sceneId],
      evolve: (row, e) => row && (e.payload.significance === undefined ? row : { ...row, significance: e.payload.significance }),
    },
  },
});
