import { z } from 'zod';
import { given, projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-11: arcs left unresolved. */
export const threadRow = z.object({
  threadId: id,
  chatId: id,
  title: z.string(),
  summary: z.string(),
  open: z.boolean(),
  sceneId: id.nullable(),
  knownTo: z.array(id),
});
export type ThreadRow = z.infer<typeof threadRow>;

export const threads = projection<ThreadRow>({
  name: 'threads',
  class: 'story',
  version: 2,
  row: threadRow,
  on: {
    thread_opened: {
      keys: (e) => [e.payload.threadId],
      evolve: (_row, e) => (e.chatId === null ? undefined : { chatId: e.chatId, ...e.payload, open: true }),
    },
    thread_updated: {
      keys: (e) => [e.payload.threadId],
      // A closed thread is terminal (EV-1).
      evolve: (row, e) =>
        row?.open === true
          ? { ...row, summary: e.payload.summary, sceneId: e.payload.sceneId ?? row.sceneId, knownTo: e.payload.knownTo ?? row.knownTo }
          : row,
    },
    thread_edited: {
      keys: (e) => [e.payload.threadId],
      evolve: (row, e) => (row?.open === true ? { ...row, ...given(e.payload.changes) } : row),
    },
    thread_closed: {
      keys: (e) => [e.payload.threadId],
      evolve: (row) => row && { ...row, open: false },
    },
    thread_put_back: {
      keys: (e) => [e.payload.threadId],
      evolve: (row) => row && { ...row, open: true },
    },
  },
});
