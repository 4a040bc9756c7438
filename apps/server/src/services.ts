import { randomInt, randomUUIDv7 } from 'node:crypto';
import { createGateway } from '@offstage/model';
import type { Limits } from '@offstage/model';
import type { Store } from '@offstage/store';
import type { Core, Log } from './core.ts';
import { createLive } from './live/hub.ts';
import type { Live } from './live/hub.ts';
import { keepCalls } from './ops/calls.ts';
import type { CallsSeen } from './ops/calls.ts';
import type { ConfigFile } from './ops/configFile.ts';
import { createGate } from './ops/gate.ts';
import type { Gate } from './ops/gate.ts';
import { createModels, limitsOf } from './ops/models.ts';
import type { RehearsalPace } from './ops/models.ts';
import { createMetrics } from './ops/metrics.ts';
import type { Metrics } from './ops/metrics.ts';
import { createOnce } from './ops/once.ts';
import { createPurges } from './ops/purges.ts';
import type { Purges } from './ops/purges.ts';
import { keepRecentProblems } from './ops/recentProblems.ts';
import type { RecentProblems } from './ops/recentProblems.ts';
import { createProviders } from './ops/providers.ts';
import type { Providers } from './ops/providers.ts';
import { createStory } from './story/story.ts';
import type { Story } from './story/story.ts';

/** What the server is built from: opened, but not yet at work. */
export interface ServicesOptions {
  readonly store: Store;
  readonly config: ConfigFile;
  readonly log: Log;
  readonly rehearsal?: RehearsalPace;
  /** Limits of model calls other than the usual ones. */
  readonly limits?: Partial<Limits>;
  readonly now?: () => string;
  readonly newId?: () => string;
  /** A number from 1 to `sides`. */
  readonly throwDie?: (sides: number) => number;
}

/** Everything that procedures work with. */
export interface Services extends Core {
  readonly config: ConfigFile;
  readonly live: Live;
  readonly story: Story;
  readonly calls: CallsSeen;
  readonly metrics: Metrics;
  /** Warnings and errors of late. */
  readonly problems: RecentProblems;
  readonly providers: Providers;
  /** Answers a command that leaves no receipt in the log once. */
  readonly once: ReturnType<typeof createOnce>;
  /** Trials of providers: each opens connections elsewhere. */
  readonly trials: Gate;
  /** Files being read: each takes several times its size while it is. */
  readonly uploads: Gate;
  /** What is being deleted for good just now. */
  readonly purges: Purges;
  /** Ends what a crash left open and takes up what is owed. Before requests are let in. */
  start(): Promise<void>;
  /** Loads what the first turn would else wait for. Once the server listens; failing here costs only that time. */
  warm(): Promise<void>;
  /** Ends replies keeping their words, and every other call. */
  quiet(): Promise<void>;
  /** Closes everything that is open, the library last. After `quiet`. */
  close(): Promise<void>;
}

/** Puts the parts of the server together. Starts nothing that costs time. */
export function createServices(options: ServicesOptions): Services {
  const { store, config } = options;
  const now = options.now ?? (() => new Date().toISOString());
  const problems = keepRecentProblems(options.log, now);
  const { log } = problems;
  const metrics = createMetrics();
  // Ids that rise with time keep what belongs together side by side in the file: commits then touch fewer pages.
  const newId = options.newId ?? (() => randomUUIDv7());
  const throwDie = options.throwDie ?? ((sides: number) => randomInt(1, sides + 1));
  const calls = keepCalls(store, log, now);
  const gateway = createGateway({
    onCall(record) {
      metrics.onCall(record);
      calls.onCall(record);
    },
    onUnusable(answer) {
      metrics.onUnusable(answer);
      calls.onUnusable(answer);
    },
    limits: limitsOf(config, options.limits),
  });
  const models = createModels(config, options.rehearsal ?? {});
  const core: Core = { store, gateway, models, config, log, now, newId, throwDie };

  const live = createLive(core);
  const story = createStory(core, live);
  store.onStartOver(() => {
    live.startOver().catch((problem: unknown) => log.error({ err: problem }, 'pages could not be told to read anew'));
  });

  return {
    ...core,
    config,
    live,
    story,
    calls,
    metrics,
    problems,
    providers: createProviders(config, gateway),
    once: createOnce(),
    trials: createGate({ atOnce: 4, waiting: 16 }),
    uploads: createGate({ atOnce: 2, waiting: 32 }),
    purges: createPurges(),
    start: () => story.start(),
    async warm() {
      try {
        // The rehearsal model is started only where nothing else would answer.
        if (models.name('narrative').scripted) await models.choose('narrative');
        await story.warm();
      } catch (problem) {
        log.warn({ err: problem }, 'the first turn will be a little late');
      }
    },
    async quiet() {
      await story.close();
      live.close();
      await gateway.close();
    },
    async close() {
      await models.close();
      await calls.settled();
      await store.close();
    },
  };
}
