import { z } from 'zod';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** MW-4: what went on while the person was away, until a prompt has carried it. */
export const digestRow = z.object({
  digestId: id,
  chatId: id,
  sceneId: id,
  text: z.string(),
  knownTo: z.array(id),
  consumed: z.boolean(),
});
export type DigestRow = z.infer<typeof digestRow>;

export const digests = projection<DigestRow>({
  name: 'digests',
  class: 'story',
  version: 2,
  row: digestRow,
  on: {
    digest_written: {
      keys: (e) => [e.payload.digestId],
      evolve: (row, e) =>
        // One that is told anew, in place of a plain one, has been carried if that one was.
        e.chatId === null ? undefined : { chatId: e.chatId, ...e.payload, consumed: row?.consumed ?? false },
    },
    digest_consumed: {
      keys: (e) => [e.payload.digestId],
      evolve: (row) => row && { ...row, consumed: true },
    },
  },
});
