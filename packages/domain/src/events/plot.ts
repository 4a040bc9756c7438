import { z } from 'zod';
import { kind } from '../event.ts';
import { id, instant } from '../shapes.ts';
import { line, text } from '../text.ts';

/** Story events, threads and things that change hands. */
export const plotEvents = {
  story_event_planned: kind({
    meaning: 'Something was planned in the fiction.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      storyEventId: id,
      kind: line(100),
      title: line(300),
      props: z.record(z.string(), z.unknown()),
      plannedFor: instant.nullable(),
      knownTo: z.array(id).max(64),
    }),
  }),
  story_event_moved: kind({
    meaning: 'A story event started, was completed or cancelled, or expired.',
    version: 1,
    belongs: 'story',
    payload: z.object({ storyEventId: id, status: z.enum(['active', 'completed', 'cancelled', 'expired']) }),
  }),
  thread_opened: kind({
    meaning: 'An arc was left unresolved.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      threadId: id,
      title: line(300),
      summary: text(4_000),
      sceneId: id.nullable(),
      knownTo: z.array(id).max(64),
    }),
  }),
  thread_updated: kind({
    meaning: 'An arc went on.',
    version: 1,
    belongs: 'story',
    payload: z.object({ threadId: id, summary: text(4_000), sceneId: id.nullable() }),
  }),
  thread_closed: kind({
    meaning: 'An arc was resolved.',
    version: 1,
    belongs: 'story',
    payload: z.object({ threadId: id }),
  }),
  item_acquired: kind({
    meaning: 'An entity acquired an object.',
    version: 1,
    belongs: 'story',
    payload: z.object({ itemId: id, entityId: id, name: line(300), note: text(2_000) }),
  }),
  item_lost: kind({
    meaning: 'An entity lost an object.',
    version: 1,
    belongs: 'story',
    payload: z.object({ itemId: id, note: text(2_000) }),
  }),
};
