import type { z } from 'zod';
import type { presentSet } from './shapes.ts';

export type PresentSet = z.infer<typeof presentSet>;

/** Who may be on a chat's stage. */
export interface Cast {
  readonly personaId: string | null;
  readonly hostId: string | null;
  readonly guestId: string | null;
}

/** Which of you, host and guest are together (WD-6); anything else is a `cast`. */
export function presentSetOf(participants: readonly string[], cast: Cast): PresentSet {
  const has = (entityId: string | null): boolean => entityId !== null && participants.includes(entityId);
  const count = new Set(participants).size;
  if (has(cast.personaId) && has(cast.hostId)) {
    if (count === 2) return 'you_host';
    if (count === 3 && has(cast.guestId)) return 'you_host_guest';
  }
  return count === 2 && has(cast.hostId) && has(cast.guestId) ? 'host_guest' : 'cast';
}

/** Everyone present, each once: those who are in the open scene now, or, between scenes, the chat's whole cast. */
export function presentIn(scene: { readonly present: readonly string[] } | undefined, cast: Cast): readonly string[] {
  const all = scene?.present ?? [cast.personaId, cast.hostId, cast.guestId];
  return [...new Set(all.filter((entityId) => entityId !== null))];
}
