import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { presentIn, presentSetOf } from '../presence.ts';
import type { Standing } from './send.ts';

/**
 * GU-1: brings a guest into the chat, or (`null`) lets the one there go; the open scene follows at once. Nothing where it
 * is so already. Throws DomainError `not_found` where there is no such chat, `busy` while a reply streams, `invalid` for
 * the host, `limit_reached` where another guest is there.
 */
export function setGuest(state: Standing, guestId: string | null): NewEvent[] {
  const { chat, head, stage, scene } = state;
  if (chat === undefined || head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  if (head.status === 'streaming') throw new DomainError('busy', 'A reply is still being written. Wait for it, or stop it.', ['chatId']);
  const before = stage?.guestId ?? null;
  if (before === guestId) return [];
  if (guestId === chat.hostId) throw new DomainError('invalid', 'The host of this chat is here already.', ['botId']);
  if (guestId !== null && before !== null) throw new DomainError('limit_reached', 'A guest is here already. Let that one go first.', ['botId']);
  const cast = { personaId: chat.personaId, hostId: chat.hostId, guestId };
  const events = [inTurn(chat.chatId, head.turnId, 'guest_set', { guestId, leaving: before })];
  if (scene === undefined || scene.closed) return events;
  // Whoever comes is where the scene is.
  if (guestId !== null && scene.containerId !== null) {
    events.push(inTurn(chat.chatId, head.turnId, 'activity_set', { entityId: guestId, changes: { containerId: scene.containerId } }));
  }
  const stays = presentIn(scene, cast).filter((entityId) => entityId !== before);
  const present = guestId === null ? stays : [...new Set([...stays, guestId])];
  return [...events, inTurn(chat.chatId, head.turnId, 'scene_present_changed', { sceneId: scene.sceneId, present, presentSet: presentSetOf(present, cast) })];
}
