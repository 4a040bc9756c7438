import type { Log } from '../core.ts';

const KEPT = 30;

/** A warning or an error of late, without its facts: those may hold an address or a path. */
export interface RecentProblem {
  readonly at: string;
  readonly level: 'warning' | 'error';
  readonly message: string;
  /** How often it came, one after another. */
  readonly times: number;
}

/** The last warnings and errors, for the page that a person reads when something is wrong (OP-9). */
export interface RecentProblems {
  /** The same log, whose warnings and errors are kept. */
  readonly log: Log;
  list(): readonly RecentProblem[];
}

export function keepRecentProblems(log: Log, now: () => string): RecentProblems {
  let kept: readonly RecentProblem[] = [];
  const keep = (level: RecentProblem['level'], message: string): void => {
    const last = kept.at(-1);
    const again = last !== undefined && last.message === message && last.level === level;
    const next = { at: now(), level, message, times: again ? last.times + 1 : 1 };
    kept = [...(again ? kept.slice(0, -1) : kept), next].slice(-KEPT);
  };
  return {
    log: {
      debug: (facts, message) => log.debug(facts, message),
      info: (facts, message) => log.info(facts, message),
      warn(facts, message) {
        keep('warning', message);
        log.warn(facts, message);
      },
      error(facts, message) {
        keep('error', message);
        log.error(facts, message);
      },
    },
    list: () => kept,
  };
}
