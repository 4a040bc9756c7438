import { z } from 'zod';
import { projection } from '../projection.ts';
import { id } from '../shapes.ts';

const step = z.object({ entityId: id, came: z.boolean() });
type Step = z.infer<typeof step>;

/** GU-1: which guests came and left where a turn had ended, in order. Whoever only looked in is not among them. */
export const comingRow = z.object({ chatId: id, turnId: id, steps: z.array(step) });
export type ComingRow = z.infer<typeof comingRow>;

export const comings = projection<ComingRow>({
  name: 'comings',
  class: 'story',
  version: 1,
  row: comingRow,
  on: {
    guest_set: {
      keys: (e) => (e.turnId === null ? [] : [e.turnId]),
      evolve: (row, { chatId, turnId, payload: { guestId, leaving } }) => {
        if (chatId === null || turnId === null) return undefined;
        let steps: readonly Step[] = row?.steps ?? [];
        if (leaving !== null) steps = joined(steps, { entityId: leaving, came: false });
        if (guestId !== null) steps = joined(steps, { entityId: guestId, came: true });
        return steps.length === 0 ? undefined : { chatId, turnId, steps: [...steps] };
      },
    },
  },
});

/** One who comes and at once leaves again, or the other way round, has not moved. */
function joined(steps: readonly Step[], next: Step): readonly Step[] {
  const before = steps.at(-1);
  return before?.entityId === next.entityId && before.came !== next.came ? steps.slice(0, -1) : [...steps, next];
}
