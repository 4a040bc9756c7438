import { z } from 'zod';
import { kind } from '../event.ts';
import { MEANWHILE_TURNS_MOST } from '../meanwhileTurns.ts';
import { id } from '../shapes.ts';
import { line } from '../text.ts';

/** Whether the two take turns, or whoever has something to say goes on (MW-2). */
export const meanwhileMode = z.enum(['alternate', 'initiative']);

const turns = z.number().int().min(1).max(MEANWHILE_TURNS_MOST);
const nudge = line(1_000).nullable();

/** How a meanwhile scene goes on. The scene itself opens and closes as every scene does. */
export const meanwhileEvents = {
  meanwhile_begun: kind({
    meaning: 'Two bots go on by themselves, beside the scene that is open.',
    version: 1,
    belongs: 'story',
    payload: z.object({ sceneId: id, mode: meanwhileMode, turns, nudge }),
  }),
  meanwhile_steered: kind({
    meaning: 'A meanwhile scene was paused, let go on, or given a direction; what is left out stays.',
    version: 1,
    belongs: 'story',
    payload: z.object({
      sceneId: id,
      running: z.boolean().optional(),
      mode: meanwhileMode.optional(),
      /** Turns that it may take from here on. */
      turns: turns.optional(),
      /** What the next turn is nudged to. */
      nudge: nudge.optional(),
      /** Who takes the next turn, where that is not the other one's (MW-2). */
      nextId: id.optional(),
      /** What a hand's other words took the place of, so that it can be undone. */
      prior: z.object({ mode: meanwhileMode.optional(), nudge: nudge.optional() }).optional(),
    }),
  }),
};
