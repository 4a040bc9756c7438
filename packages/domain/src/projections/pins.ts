import { z } from 'zod';
import type { LogEvent } from '../catalogue.ts';
import type { Handler } from '../projection.ts';
import { keyOf, projection } from '../projection.ts';
import { id, significance } from '../shapes.ts';

/** ME-4: how many memories a bot keeps pinned in one continuity. */
const PIN_CAP = 8;

/** Significance at which a memory is pinned by itself. */
export const AUTO_PIN = 3;

/** A memory that is pinned, by itself (`auto`) or by hand. */
const pin = z.object({ memoryId: id, auto: z.boolean(), significance, seq: z.number().int() });
type Pin = z.infer<typeof pin>;

/**
 * All pins of a bot in a continuity, oldest first: one row, so that the cap holds through every head move. `held` are memories of other chats
 * than the one that pinned them, as long as they are there.
 */
export const pinRow = z.object({ ownerId: id, continuityId: id, pins: z.array(pin), held: z.array(id) });
export type PinRow = z.infer<typeof pinRow>;

type PinEvent = LogEvent<'memory_written' | 'memory_scored' | 'memory_held' | 'memory_pinned' | 'memory_unpinned' | 'memory_deleted'>;

/** The key of a bot's pins. */
export function pinKey(owner: { ownerId: string; continuityId: string }): string {
  return keyOf(owner.continuityId, owner.ownerId);
}

/** Over the cap the least significant, then the oldest, automatic pin gives way; with none, the newcomer does. */
function capped(pins: readonly Pin[]): readonly Pin[] {
  if (pins.length <= PIN_CAP) return pins;
  const weakest = pins
    .filter((candidate) => candidate.auto)
    .toSorted((a, b) => a.significance - b.significance || a.seq - b.seq)[0];
  return weakest === undefined ? pins.slice(0, PIN_CAP) : pins.filter((candidate) => candidate !== weakest);
}

function changes<E extends PinEvent>(change: (pins: readonly Pin[], event: E) => readonly Pin[], holds: (held: readonly string[], memoryId: string) => readonly string[] = (held) => held): Handler<PinRow, E> {
  return {
    keys: (e) => [pinKey(e.payload)],
    evolve: (row, e) => {
      const [before, heldBefore] = [row?.pins ?? [], row?.held ?? []];
      // A memory of another chat that is not there now takes no place.
      const absent = 'held' in e.payload && e.payload.held === true && !heldBefore.includes(e.payload.memoryId);
      const after = absent ? before : change(before, e);
      const held = holds(heldBefore, e.payload.memoryId);
      if (after === before && held === heldBefore) return row;
      const { ownerId, continuityId } = e.payload;
      return after.length === 0 && held.length === 0 ? undefined : { ownerId, continuityId, pins: [...after], held: [...held] };
    },
  };
}

/** What is no longer pinned need not be held either; pinned again, it is held anew. */
const letGo = (held: readonly string[], memoryId: string): readonly string[] => (held.includes(memoryId) ? held.filter((one) => one !== memoryId) : held);

const without = (pins: readonly Pin[], memoryId: string): readonly Pin[] => {
  const kept = pins.filter((candidate) => candidate.memoryId !== memoryId);
  return kept.length === pins.length ? pins : kept;
};

/** The pins with one put in, which a memory that is pinned already changes places with: under the cap. */
export function pinsWith(pins: readonly Pin[], newcomer: Pin): readonly Pin[] {
  return capped([...without(pins, newcomer.memoryId), newcomer]);
}

/** A score pins what reaches the top, and lets go of what was pinned only for its score; a memory is never pinned twice. */
function scored(pins: readonly Pin[], event: LogEvent<'memory_written' | 'memory_scored'>): readonly Pin[] {
  const { memoryId, significance: score } = event.payload;
  const held = pins.find((candidate) => candidate.memoryId === memoryId);
  if (held === undefined) {
    return score < AUTO_PIN ? pins : pinsWith(pins, { memoryId, auto: true, significance: score, seq: event.seq });
  }
  if (held.auto && score < AUTO_PIN) return without(pins, memoryId);
  return pins.map((candidate) => (candidate === held ? { ...held, significance: score } : candidate));
}

export const pins = projection<PinRow>({
  name: 'pins',
  class: 'story',
  version: 3,
  row: pinRow,
  on: {
    memory_written: {
      ...changes((before, e: LogEvent<'memory_written'>) => scored(before, e)),
      // Most memories pin nothing: they do not touch the row at all.
      keys: (e) => (e.payload.significance < AUTO_PIN ? [] : [pinKey(e.payload)]),
    },
    memory_scored: changes((before, e: LogEvent<'memory_scored'>) => scored(before, e)),
    memory_held: changes(
      (before, _e: LogEvent<'memory_held'>) => before,
      (held, memoryId) => (held.includes(memoryId) ? held : [...held, memoryId]),
    ),
    memory_pinned: changes((before, e: LogEvent<'memory_pinned'>) => {
      const { memoryId, significance: score } = e.payload;
      return pinsWith(before, { memoryId, auto: false, significance: score, seq: e.seq });
    }),
    memory_unpinned: changes((before, e: LogEvent<'memory_unpinned'>) => without(before, e.payload.memoryId), letGo),
    memory_deleted: changes((before, e: LogEvent<'memory_deleted'>) => without(before, e.payload.memoryId), letGo),
  },
});
