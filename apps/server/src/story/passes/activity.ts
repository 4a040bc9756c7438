import { keyOf } from '@offstage/domain';
import { noteActivity, passMinutes, turnWeather } from '@offstage/domain/commands/learning';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import { pass } from './pass.ts';

const words = z.string().nullish();

const seen = z.object({
  name: z.string(),
  place: words,
  posture: words,
  action: words,
  holding: z.array(z.string()).nullish(),
  attention: words,
});

/** What an exchange takes where nobody can say: a few breaths. */
const SOME_MINUTES = 2;

/** WD-5, SC-3, SC-8: what those present do now, the minutes that went by, and the weather. */
export const activity = pass({
  name: 'activity',
  schema: z.object({ minutes: z.number(), weather: words, people: z.array(seen) }),
  fallback: { minutes: SOME_MINUTES, weather: null, people: [] },
  instruct: () => fromTemplate('pass-activity', {}),
  async toEvents({ minutes, weather, people }, context) {
    const { chat, reply, stage, places } = context;
    // A clock that was set since the reply was first learned from has its minutes in it.
    const set = (await context.since('stages', chat.chatId)).some((event) => event.kind === 'clock_set' && event.payload.clock !== null);
    const events = set ? [] : [...passMinutes(reply, minutes)];
    if (weather != null && !(await context.setSince('stages', chat.chatId, ['weather_set']))) {
      events.push(...turnWeather(reply, weather, stage?.weather ?? ''));
    }
    const noted = new Set<string>();
    for (const one of people) {
      const person = context.who(one.name);
      if (person === undefined || noted.has(person.id)) continue;
      noted.add(person.id);
      if (await context.setSince('activities', keyOf(chat.chatId, person.id), ['activity_set'])) continue;
      const before = context.activities.find(({ entityId }) => entityId === person.id);
      // Only a place that is known: going somewhere new is what ends a scene.
      const place = one.place == null ? undefined : places.find(({ name }) => name.toLowerCase() === one.place?.trim().toLowerCase());
      events.push(
        ...noteActivity(
          reply,
          person.id,
          {
            containerId: place?.containerId ?? null,
            posture: one.posture ?? null,
            action: one.action ?? null,
            holding: one.holding ?? null,
            attention: one.attention ?? null,
          },
          before,
        ),
      );
    }
    return events;
  },
});
