import type { Settings } from '../core.ts';

/** A slip in the settings file: the line it stands on, and what is wrong in plain words. */
export interface ConfigProblem {
  readonly line: number;
  readonly message: string;
}

/** The settings file: what it says now, and the one way to change it. */
export interface ConfigFile extends Settings {
  readonly problems: readonly ConfigProblem[];
}
