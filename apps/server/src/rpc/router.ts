import { botsRouter } from './bots.ts';
import { chatsRouter } from './chats.ts';
import { kickoffRouter } from './kickoff.ts';
import { live } from './live.ts';
import { personasRouter } from './personas.ts';
import { samplesRouter } from './samples.ts';
import { scenesRouter } from './scenes.ts';
import { settingsRouter } from './settings.ts';
import { transcriptRouter } from './transcript.ts';
import { router } from './trpc.ts';
import { turnsRouter } from './turns.ts';

/** Everything that a page can ask for. */
export const appRouter = router({
  personas: personasRouter,
  bots: botsRouter,
  samples: samplesRouter,
  kickoff: kickoffRouter,
  chats: chatsRouter,
  transcript: transcriptRouter,
  turns: turnsRouter,
  scenes: scenesRouter,
  settings: settingsRouter,
  live,
});

export type AppRouter = typeof appRouter;
