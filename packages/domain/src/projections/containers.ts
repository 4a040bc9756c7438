import { z } from 'zod';
import { given, projection } from '../projection.ts';
import { id, place } from '../shapes.ts';

/** WD-4: places. */
export const containerRow = z.object({ containerId: id, chatId: id, ...place.shape });
export type ContainerRow = z.infer<typeof containerRow>;

export const containers = projection<ContainerRow>({
  name: 'containers',
  class: 'story',
  version: 1,
  row: containerRow,
  on: {
    container_created: {
      keys: (e) => [e.payload.containerId],
      evolve: (_row, e) =>
        e.chatId === null
          ? undefined
          : { containerId: e.payload.containerId, chatId: e.chatId, ...e.payload.place },
    },
    container_changed: {
      keys: (e) => [e.payload.containerId],
      evolve: (row, e) => row && { ...row, ...given(e.payload.changes) },
    },
  },
});
