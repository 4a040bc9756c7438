import { botsRouter } from './bots.ts';
import { personasRouter } from './personas.ts';
import { router } from './trpc.ts';

/** Everything that a page can ask for. */
export const appRouter = router({
  personas: personasRouter,
  bots: botsRouter,
});

export type AppRouter = typeof appRouter;
