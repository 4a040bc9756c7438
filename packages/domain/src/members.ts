import { keyOf } from './projection.ts';

// No schema stands here: pages take this without taking all of zod.

/** From so many on, how they are together is more than how each feels about the other (WD-9). */
export const GROUP_LEAST = 3;

/** The key of how these are together in a chat, in whatever order they are named: with another guest it is another thing. */
export function groupKey(chatId: string, members: readonly string[]): string {
  return keyOf(chatId, [...new Set(members)].toSorted().join('+'));
}
