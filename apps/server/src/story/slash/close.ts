import { closeByHand } from '../scenes.ts';
import type { SlashAction } from './action.ts';
import { saidOnly } from './action.ts';

/** `/close`: ends the scene (SC-2). */
export const close: SlashAction = async (kit, input) => {
  const { closed } = await closeByHand(kit, input);
  return saidOnly(kit, input, closed ? 'The scene has ended. The next one is open.' : 'There is nothing to end yet: nothing has happened in this scene.');
};
