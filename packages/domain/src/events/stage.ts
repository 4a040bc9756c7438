import { z } from 'zod';
import { kind } from '../event.ts';
import { activity, id, instant, place, presentSet, significance } from '../shapes.ts';
import { text } from '../text.ts';

const group = z.object({ summary: text(4_000), mood: text(300) });

/** What stands on the stage: places, who does what, the clock, the weather, scenes, the guest. `prior` is what a hand changed. */
export const stageEvents = {
  container_created: kind({
    meaning: 'A place came into the story.',
    version: 1,
    belongs: 'story',
    payload: z.object({ containerId: id, place }),
  }),
  container_changed: kind({
    meaning: 'A place changed.',
    version: 1,
    belongs: 'story',
    payload: z.object({ containerId: id, changes: place.partial(), prior: place.partial().optional() }),
  }),
  activity_set: kind({
    meaning: 'What an entity does, where and how, changed.',
    version: 1,
    belongs: 'story',
    payload: z.object({ entityId: id, changes: activity.partial(), prior: activity.partial().optional() }),
  }),
  clock_set: kind({
    meaning: 'The story clock was set.',
    version: 1,
    belongs: 'story',
    // `null` leaves the clock, or what it means, as it was; an empty meaning is none.
    payload: z.object({
      clock: instant.nullable(),
      anchor: text(300).nullable().default(null),
      prior: z.object({ clock: instant.nullable(), anchor: text(300).nullable() }).optional(),
    }),
  }),
  clock_advanced: kind({
    meaning: 'Minutes passed in the story.',
    version: 1,
    belongs: 'story',
    payload: z.object({ minutes: z.number().min(0).max(5_256_000) }),
  }),
  weather_set: kind({
    meaning: 'The weather changed.',
    version: 1,
    belongs: 'story',
    payload: z.object({ weather: text(300), prior: text(300).optional() }),
  }),
  guest_set: kind({
    meaning: 'A guest came into the chat, or left it.',
    version: 1,
    belongs: 'story',
    // `leaving` is who was the guest until then.
    payload: z.object({ guestId: id.nullable(), leaving: id.nullable().default(null) }),
  }),
  scene_opened: kind({
    meaning: 'A scene began.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      sceneId: id,
      containerId: id.nullable(),
      startedAt: instant.nullable(),
      participants: z.array(id).max(64),
      presentSet,
      parentSceneId: id.nullable(),
      /** Played beside the scene that is open, which stays so (MW-1). */
      meanwhile: z.boolean().default(false),
    }),
  }),
  scene_present_changed: kind({
    meaning: 'Somebody came into a scene, or left it.',
    version: 1,
    belongs: 'story',
    payload: z.object({ sceneId: id, present: z.array(id).max(64), presentSet }),
  }),
  scene_closed: kind({
    meaning: 'A scene ended.',
    version: 1,
    belongs: 'story',
    payload: z.object({ sceneId: id, endedAt: instant.nullable(), significance }),
  }),
  scene_settled: kind({
    meaning: "A closed scene's summaries are written.",
    version: 1,
    belongs: 'story',
    payload: z.object({
      sceneId: id,
      /** What the scene came to matter, where its last reply was judged after it had closed. */
      significance: significance.optional(),
    }),
  }),
  group_described: kind({
    meaning: 'How three who share a scene are together.',
    version: 1,
    belongs: 'story',
    payload: group.extend({
      knownTo: z.array(id).max(64),
      prior: group.optional(),
    }),
  }),
  digest_written: kind({
    meaning: 'What went on while the person was away, told in short.',
    version: 1,
    belongs: 'story',
    payload: z.object({ digestId: id, sceneId: id, text: text(4_000), knownTo: z.array(id).max(64) }),
  }),
  digest_consumed: kind({
    meaning: 'A digest has been carried by a prompt.',
    version: 1,
    belongs: 'story',
    payload: z.object({ digestId: id }),
  }),
};
