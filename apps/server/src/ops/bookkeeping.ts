import type { ConfigFile } from './configFile.ts';
import type { Config } from './configShape.ts';

/** How the books are kept, as a page may see and set it. */
export interface Bookkeeping {
  /** One call for everything that is noted after a reply, or one for each thing. */
  readonly mode: Config['passes']['mode'];
  /** ED-1: whether what you feel about others is worked out too. */
  readonly yourFeelings: boolean;
  /** Seconds that a model may be silent, and may take in all (MO-3). */
  readonly idleSeconds: number;
  readonly totalSeconds: number;
  /** What is not noted after a reply. */
  readonly off: Config['passes']['off'];
}

/** The settings of bookkeeping as they now stand. */
export function bookkeepingOf({ passes }: Config): Bookkeeping {
  const { mode, your_feelings, idle_seconds, total_seconds, off } = passes;
  return { mode, yourFeelings: your_feelings, idleSeconds: idle_seconds, totalSeconds: total_seconds, off };
}

/** Changes what is given; the rest stays. Rejects with the system's error where the file cannot be written. */
export function setBookkeeping(config: ConfigFile, change: { readonly [K in keyof Bookkeeping]?: Bookkeeping[K] | undefined }): Promise<void> {
  return config.update((before) => {
    const { passes } = before;
    return {
      ...before,
      passes: {
        mode: change.mode ?? passes.mode,
        your_feelings: change.yourFeelings ?? passes.your_feelings,
        idle_seconds: change.idleSeconds ?? passes.idle_seconds,
        total_seconds: change.totalSeconds ?? passes.total_seconds,
        off: change.off ?? passes.off,
      },
    };
  });
}
