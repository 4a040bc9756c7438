import { endMeanwhile } from '@offstage/domain/commands/meanwhile';
import { closeScene, highestOf } from '@offstage/domain/commands/scenes';
import type { NextPlace } from '@offstage/domain/commands/scenes';
import type { NewEvent } from '@offstage/domain';
import { advanced } from '@offstage/domain/projections/stages';
import { cleanText } from '@offstage/domain/words';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import type { PassContext } from './pass.ts';
import { pass } from './pass.ts';

const place = z.object({ name: z.string(), type: z.string(), description: z.string() });

/** SC-2: whether the scene ended in these words, and where the next one is. */
export const scene = pass({
  name: 'scene',
  schema: z.object({ ended: z.boolean(), how: z.enum(['no', 'left', 'ended', 'faded']), place: place.nullish() }),
  fallback: { ended: false, how: 'no', place: null },
  instruct: () => fromTemplate('pass-scene', {}),
  async toEvents({ ended, how, place: next }, context, before) {
    const { chat, reply, stage, scene: open } = context;
    // A scene that has been closed since, or that this reply was not in, is nothing that it could end (SC-9).
    if (!ended || how === 'no' || open === undefined || open.sceneId !== reply.sceneId) return [];
    // Nor does it end one in which the story has long gone on.
    if (context.again && chat.head !== reply.turnId) return [];
    if (open.meanwhile) return endOf(open, context, before);
    const to = how === 'left' ? nextPlace(next ?? null, context) : undefined;
    if (how === 'left' && to === undefined) return [];
    return closeScene({
      chatId: chat.chatId,
      turnId: reply.turnId,
      scene: open,
      cast: { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null },
      clock: advanced(stage?.clock ?? null, minutesIn(before)),
      significance: await sceneSignificance(context, before),
      nextSceneId: context.kit.newId(),
      place: to,
    });
  },
});

/** MW-1: what is played aside ends for itself; the scene beside it stays open. */
export async function endOf(aside: NonNullable<PassContext['scene']>, context: PassContext, before: readonly NewEvent[]): Promise<NewEvent[]> {
  const { reply, stage, read, activities } = context;
  return endMeanwhile({
    turnId: reply.turnId,
    aside,
    scene: stage?.sceneId == null ? undefined : await read.row('scenes', stage.sceneId),
    clock: advanced(stage?.clock ?? null, minutesIn(before)),
    significance: await sceneSignificance(context, before),
    activities,
  });
}

/** The place that is meant: one that the chat knows by name, or a new one. Undefined where it is where they are. */
function nextPlace(next: z.infer<typeof place> | null, { places, scene: open, kit }: PassContext): NextPlace | undefined {
  const name = cleanText(next?.name ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 200).toWellFormed();
  if (next === null || name === '') return undefined;
  const known = places.find((candidate) => bare(candidate.name) === bare(name));
  if (known?.containerId === open?.containerId && known !== undefined) return undefined;
  if (known !== undefined) return { containerId: known.containerId, create: null };
  const create = { name, type: cleanText(next.type).trim().slice(0, 100), description: cleanText(next.description).trim().slice(0, 2_000) };
  return { containerId: kit.newId(), create };
}

/** A name of a place without its article: "the harbour" and "Harbour" are one. */
const bare = (name: string): string => name.toLowerCase().replace(/^(?:the|a|an)\s+/, '').trim();

function minutesIn(events: readonly NewEvent[]): number {
  return events.reduce((total, event) => total + (event.kind === 'clock_advanced' ? event.payload.minutes : 0), 0);
}

/** The highest of what the scene's memories were scored, this reply's included. */
async function sceneSignificance({ read, reply, present }: PassContext, before: readonly NewEvent[]) {
  const { sceneId } = reply;
  const kept = sceneId === null ? [] : (await Promise.all(present.map(({ id }) => read.memoriesOfScene(id, sceneId)))).flat();
  const now = before.flatMap((event) => (event.kind === 'memory_scored' ? [event.payload] : []));
  return highestOf([...kept, ...now]);
}
