import { z } from 'zod';
import { readPage } from '../story/chatViews.ts';
import { procedure, router, wireId } from './trpc.ts';

/** Turns that one page may hold. */
const PAGE_MOST = 200;
const depth = z.number().int().min(0).max(10_000_000);

/** The words of a chat. */
export const transcriptRouter = router({
  page: procedure
    .meta({ description: 'Turns of the active path by depth, `from` to just before `to`, at most 200.' })
    .input(
      z
        .object({ chatId: wireId, from: depth, to: depth })
        .refine(({ from, to }) => to >= from && to - from <= PAGE_MOST, { path: ['to'], message: `A page holds at most ${PAGE_MOST} turns.` }),
    )
    .query(({ ctx, input }) => readPage(ctx, input)),
});
