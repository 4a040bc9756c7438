import { inTurn } from '@offstage/domain';
import type { NewEvent } from '@offstage/domain';
import { keyOf } from '@offstage/domain';
import { moveEdge, noteActivity, turnWeather } from '@offstage/domain/commands/learning';
import { cleanText } from '@offstage/domain/words';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import { timeInWords } from '../../prompt/words.ts';
import { move, movedBetween } from './edges.ts';
import type { PassContext } from './pass.ts';
import { pass } from './pass.ts';
import { seen, seenDoing } from './seen.ts';

/** How well somebody knows what they only remember because it was told of a time that nobody played (SC-5). */
const RELIABILITY = 0.7;
/** Characters of such a memory that are kept. */
const TEXT_MOST = 4_000;

/** SC-5: what a leap in time left with each bot present: its memories of the time in between, feelings, what all do now. */
export const notable = pass({
  name: 'notable',
  schema: z.object({
    memories: z.array(z.object({ owner: z.string(), text: z.string() })),
    moves: z.array(move),
    people: z.array(seen),
    weather: z.string().nullish(),
  }),
  fallback: { memories: [], moves: [], people: [], weather: null },
  instruct: ({ skip, present }) =>
    fromTemplate('pass-notable', {
      from: skip?.from == null ? 'then' : timeInWords(skip.from),
      to: skip?.to == null ? 'now' : timeInWords(skip.to),
      told: skip?.notable ?? '',
      bots: present.filter(({ kind }) => kind === 'bot').map(({ name }) => name).join(', '),
    }),
  async toEvents({ memories, moves, people, weather }, context) {
    const { chat, reply, stage, skip } = context;
    const events = synthesized(memories, context);
    events.push(
      ...movedBetween(context).flatMap(([from, to]) =>
        moves
          .filter((one) => context.who(one.from)?.id === from.id && context.who(one.to)?.id === to.id)
          .slice(0, 1)
          .flatMap(({ affinity, trust, facts }) => {
            const known = context.edges.find((edge) => edge.source === from.id && edge.target === to.id)?.knowledge ?? [];
            return moveEdge(reply, { continuityId: chat.continuityId, source: from.id, target: to.id, affinity, trust, facts }, known);
          }),
      ),
    );
    if (weather != null && !(await context.setSince('stages', chat.chatId, ['weather_set']))) events.push(...turnWeather(reply, weather, stage?.weather ?? ''));
    for (const person of context.present) {
      if (await context.setSince('activities', keyOf(chat.chatId, person.id), ['activity_set'])) continue;
      const before = context.activities.find(({ entityId }) => entityId === person.id);
      const now = people.find((one) => context.who(one.name)?.id === person.id);
      // Nobody goes on for days with what they were doing: what is not told anew is over.
      const over = { containerId: null, posture: '', action: '', holding: null, attention: '' };
      events.push(...noteActivity(reply, person.id, now === undefined ? over : { ...over, ...given(seenDoing(now, context)) }, before));
    }
    return skip === undefined ? [] : events;
  },
});

/** Each bot's memory of the time in between; the words of the writer where the model has none. */
function synthesized(memories: readonly { readonly owner: string; readonly text: string }[], context: PassContext): NewEvent[] {
  const { chat, reply, present, memoryIds, skip } = context;
  return present.flatMap((person): NewEvent[] => {
    const memoryId = memoryIds.get(person.id);
    if (person.kind !== 'bot' || memoryId === undefined || skip === undefined) return [];
    const own = memories.filter(({ owner, text }) => context.who(owner)?.id === person.id && cleanText(text).trim() !== '').map(({ text }) => cleanText(text).trim());
    const text = (own.length === 0 ? skip.notable : own.join(' ')).slice(0, TEXT_MOST).toWellFormed();
    return [
      inTurn(chat.chatId, reply.turnId, 'memory_written', {
        memoryId,
        ownerId: person.id,
        continuityId: chat.continuityId,
        kind: 'synthesized',
        text,
        witnesses: reply.witnesses,
        clock: skip.to,
        sceneId: reply.sceneId,
        aboutTurnId: reply.turnId,
        source: 'synthesized',
        reliability: RELIABILITY,
        significance: 1,
        quotes: [],
      }),
    ];
  });
}

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
}
