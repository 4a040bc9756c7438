import { z } from 'zod';
import { kind } from '../event.ts';
import { id, instant } from '../shapes.ts';
import { line, text } from '../text.ts';

/** Who knows of it (ME-2). */
const knownTo = z.array(id).max(64);

const plan = z.object({
  kind: line(100),
  title: line(300),
  props: z.record(z.string(), z.unknown()),
  plannedFor: instant.nullable(),
  knownTo,
});
const planChanges = plan.partial();
const threadChanges = z.object({ title: line(300), summary: text(4_000) }).partial();
const itemChanges = z.object({ entityId: id, name: line(300), note: text(2_000) }).partial();

/** Story events, threads and things that change hands. `prior` is what a hand changed, so that it can be undone. */
export const plotEvents = {
  story_event_planned: kind({
    meaning: 'Something was planned in the fiction.',
    version: 1,
    belongs: 'story',
    payload: plan.extend({ storyEventId: id }),
  }),
  story_event_edited: kind({
    meaning: 'A plan was changed by hand.',
    version: 1,
    belongs: 'story',
    payload: z.object({ storyEventId: id, changes: planChanges, prior: planChanges }),
  }),
  story_event_moved: kind({
    meaning: 'A story event started, was completed or cancelled, or expired.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      storyEventId: id,
      status: z.enum(['active', 'completed', 'cancelled', 'expired']),
      /** How it stood before, where a hand or the passing of time moved it. */
      prior: z.enum(['planned', 'active']).optional(),
    }),
  }),
  story_event_put_back: kind({
    meaning: 'What a hand did to a story event was undone: it stands as it did, or was never planned.',
    version: 1,
    belongs: 'story',
    payload: z.object({ storyEventId: id, status: z.enum(['planned', 'active']).nullable() }),
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
      knownTo,
    }),
  }),
  thread_updated: kind({
    meaning: 'An arc went on.',
    version: 1,
    belongs: 'story',
    // `null` leaves who knows of it as it was.
    payload: z.object({ threadId: id, summary: text(4_000), sceneId: id.nullable(), knownTo: knownTo.nullable().default(null) }),
  }),
  thread_edited: kind({
    meaning: 'The words of an arc were changed by hand.',
    version: 1,
    belongs: 'story',
    payload: z.object({ threadId: id, changes: threadChanges, prior: threadChanges }),
  }),
  thread_closed: kind({
    meaning: 'An arc was resolved.',
    version: 1,
    belongs: 'story',
    payload: z.object({ threadId: id }),
  }),
  thread_put_back: kind({
    meaning: 'That a hand closed an arc was undone.',
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
  item_edited: kind({
    meaning: 'An object was given to somebody else by hand, or its words were changed.',
    version: 1,
    belongs: 'story',
    payload: z.object({ itemId: id, changes: itemChanges, prior: itemChanges }),
  }),
  item_put_back: kind({
    meaning: 'What a hand did to an object was undone: it is there again, or was never there.',
    version: 1,
    belongs: 'story',
    payload: z.object({ itemId: id, there: z.boolean() }),
  }),
};
