import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets whoever has just begun to ask a model do so: two turns of the event loop, since a connection that was kept open
 * is looked at for one before anything is written to it.
 */
export async function untilAsked(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
