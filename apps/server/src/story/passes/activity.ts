import { keyOf } from '@offstage/domain';
import { noteActivity, passMinutes, turnWeather } from '@offstage/domain/commands/learning';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import { pass } from './pass.ts';
import { seen, seenDoing } from './seen.ts';

/** What an exchange takes where nobody can say: a few breaths. */
const SOME_MINUTES = 2;

/** WD-5, SC-3, SC-8: what those present do now, the minutes that went by, and the weather. */
export const activity = pass({
  name: 'activity',
  schema: z.object({ minutes: z.number(), weather: z.string().nullish(), people: z.array(seen) }),
  fallback: { minutes: SOME_MINUTES, weather: null, people: [] },
  instruct: () => fromTemplate('pass-activity', {}),
  async toEvents({ minutes, weather, people }, context) {
    const { chat, reply, stage } = context;
    // A skip has set the clock itself; one that was set since the reply, by a skip or a hand, has its minutes in it.
    const counts = reply.kind !== 'skip' && !(await context.setSince('stages', chat.chatId, ['clock_set']));
    const events = counts ? [...passMinutes(reply, minutes)] : [];
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
      events.push(...noteActivity(reply, person.id, seenDoing(one, context), before));
    }
    return events;
  },
});
