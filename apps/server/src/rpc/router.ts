import { botsRouter } from './bots.ts';
import { chatsRouter } from './chats.ts';
import { diagnosticsRouter } from './diagnostics.ts';
import { guestsRouter } from './guests.ts';
import { editsRouter } from './edits.ts';
import { explainRouter } from './explain.ts';
import { keepingRouter } from './keeping.ts';
import { kickoffRouter } from './kickoff.ts';
import { live } from './live.ts';
import { meanwhileRouter } from './meanwhile.ts';
import { personasRouter } from './personas.ts';
import { plotRouter } from './plot.ts';
import { promptsRouter } from './prompts.ts';
import { purgeRouter } from './purge.ts';
import { samplesRouter } from './samples.ts';
import { scenesRouter } from './scenes.ts';
import { skipsRouter } from './skips.ts';
import { settingsRouter } from './settings.ts';
import { templatesRouter } from './templates.ts';
import { timelineRouter } from './timeline.ts';
import { transcriptRouter } from './transcript.ts';
import { router } from './trpc.ts';
import { tuningRouter } from './tuning.ts';
import { turnsRouter } from './turns.ts';

/** Everything that a page can ask for. */
export const appRouter = router({
  personas: personasRouter,
  bots: botsRouter,
  samples: samplesRouter,
  guests: guestsRouter,
  kickoff: kickoffRouter,
  chats: chatsRouter,
  timeline: timelineRouter,
  purge: purgeRouter,
  transcript: transcriptRouter,
  turns: turnsRouter,
  scenes: scenesRouter,
  meanwhile: meanwhileRouter,
  skips: skipsRouter,
  settings: settingsRouter,
  templates: templatesRouter,
  prompts: promptsRouter,
  explain: explainRouter,
  edits: editsRouter,
  plot: plotRouter,
  tuning: tuningRouter,
  diagnostics: diagnosticsRouter,
  keeping: keepingRouter,
  live,
});

export type AppRouter = typeof appRouter;
