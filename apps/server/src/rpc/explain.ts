import { z } from 'zod';
import { edgeTrail, explainEdge, explainTurns, originsOf } from '../story/explain.ts';
import { procedure, router, wireId } from './trpc.ts';

/** Turns that are explained at once: a screen of them, and what lies a little beyond. */
const TURNS_MOST = 80;
const MEMORIES_MOST = 40;

/** Why things are as they are. */
export const explainRouter = router({
  turns: procedure
    .meta({ description: 'What turns changed, by turn, as far as it is in force; without ids, the last replies of the chat.' })
    .input(z.object({ chatId: wireId, turnIds: z.array(wireId).max(TURNS_MOST).optional() }))
    .query(({ ctx, input }) => explainTurns(ctx, input)),

  edge: procedure
    .meta({ description: 'Why one in the story stands to another as they do: the start, what moved it (newest first; `before` pages on), the values over time.' })
    .input(z.object({ chatId: wireId, source: wireId, target: wireId, before: z.number().int().positive().optional() }))
    .query(({ ctx, input }) => explainEdge(ctx, input)),

  trail: procedure
    .meta({ description: 'How an edge has gone lately, and what moved it last.' })
    .input(z.object({ chatId: wireId, source: wireId, target: wireId }))
    .query(({ ctx, input }) => edgeTrail(ctx, input)),

  memories: procedure
    .meta({ description: 'Where memories come from: the turn in this chat, or the other chat of the same continuity.' })
    .input(z.object({ chatId: wireId, memoryIds: z.array(wireId).max(MEMORIES_MOST) }))
    .query(({ ctx, input }) => originsOf(ctx, input)),
});
