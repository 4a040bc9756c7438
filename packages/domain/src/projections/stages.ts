import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

/** WD-3: where a chat's story stands: clock, weather, scene, guest. */
export const stageRow = z.object({
  chatId: id,
  clock: z.string().nullable(),
  /** The in-fiction meaning of the clock: "Day 1 = ...". */
  anchor: z.string().nullable(),
  weather: z.string(),
  guestId: id.nullable(),
  sceneId: id.nullable(),
  /** The meanwhile scene beside it, if one is open (MW-1). */
  meanwhileId: id.nullable(),
});
export type StageRow = z.infer<typeof stageRow>;

const chatOf = (event: LogEvent): readonly string[] => (event.chatId === null ? [] : [event.chatId]);

function amend<E extends LogEvent>(change: (row: StageRow, event: E) => Partial<StageRow>): Handler<StageRow, E> {
  return { keys: chatOf, evolve: (row, e) => row && { ...row, ...change(row, e) } };
}

/** The last moment that ISO 8601 writes with four digits for the year: there a clock stands still. */
const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');

/** A clock moved on by minutes; a clock that was never set stays unset. */
export function advanced(clock: string | null, minutes: number): string | null {
  return clock === null ? null : new Date(Math.min(Date.parse(clock) + minutes * 60_000, LAST_MOMENT)).toISOString();
}

export const stages = projection<StageRow>({
  name: 'stages',
  class: 'story',
  version: 4,
  row: stageRow,
  on: {
    kickoff_confirmed: {
      keys: chatOf,
      evolve: (_row, e) =>
        e.chatId === null
          ? undefined
          : { chatId: e.chatId, clock: e.payload.clock, anchor: null, weather: '', guestId: null, sceneId: null, meanwhileId: null },
    },
    clock_set: amend((row, e: LogEvent<'clock_set'>) => ({
      clock: e.payload.clock ?? row.clock,
      anchor: e.payload.anchor === '' ? null : (e.payload.anchor ?? row.anchor),
    })),
    clock_advanced: amend((row, e: LogEvent<'clock_advanced'>) => ({ clock: advanced(row.clock, e.payload.minutes) })),
    weather_set: amend((_row, e: LogEvent<'weather_set'>) => ({ weather: e.payload.weather })),
    guest_set: amend((_row, e: LogEvent<'guest_set'>) => ({ guestId: e.payload.guestId })),
    scene_opened: amend((_row, e: LogEvent<'scene_opened'>) =>
      e.payload.meanwhile ? { meanwhileId: e.payload.sceneId } : { sceneId: e.payload.sceneId },
    ),
    scene_closed: amend((row, e: LogEvent<'scene_closed'>) => ({
      sceneId: row.sceneId === e.payload.sceneId ? null : row.sceneId,
      meanwhileId: row.meanwhileId === e.payload.sceneId ? null : row.meanwhileId,
    })),
  },
});
