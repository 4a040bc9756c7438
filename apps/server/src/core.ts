import type { Endpoint, Gateway, Sampler, StandIn } from '@offstage/model';
import type { Store } from '@offstage/store';
import type { Config } from './ops/configShape.ts';

/** A structured log line: facts first, then one sentence. Keys and story text never go in. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What a model is wanted for: the bots' words, or the bookkeeping around them. */
export type Role = 'narrative' | 'classifier';

/** A model as a bot, a chat or the settings name it. */
export interface ModelChoice {
  readonly endpointId: string;
  readonly model: string;
}

/** A model ready to be called. */
export interface ChosenModel {
  readonly endpoint: Endpoint;
  readonly model: string;
  /** The sampler settings for prose; empty for bookkeeping, which they would spoil. */
  readonly sampler: Sampler;
  /** True for the built-in rehearsal model. */
  readonly scripted: boolean;
}

/** Finds the model for a call. */
export interface Models {
  /**
   * The first of `overrides` whose provider is configured, else the model of the settings, else the rehearsal model,
   * which is started when first wanted (MO-2). Rejects only when the rehearsal model cannot be started.
   */
  choose(role: Role, ...overrides: readonly (ModelChoice | null | undefined)[]): Promise<ChosenModel>;
  /** The same without starting anything: what to call it on a page. */
  name(role: Role, ...overrides: readonly (ModelChoice | null | undefined)[]): ModelChoice & { readonly scripted: boolean };
  /**
   * Who keeps the books when the chosen model cannot, in order (MO-3). Choices whose provider is gone are left out, and so is the rehearsal
   * model while it is not running.
   */
  fallbacks(): readonly StandIn[];
  /** The model that turns texts into vectors, where one is chosen (ME-5). Rejects only when the rehearsal model cannot be started. */
  embedding(): Promise<ChosenModel | undefined>;
  close(): Promise<void>;
}

/** The settings as they now stand; `current` is a new object after every change. */
export interface Settings {
  readonly current: Config;
}

/** What every part of the server works with. */
export interface Core {
  readonly store: Store;
  readonly gateway: Gateway;
  readonly models: Models;
  readonly config: Settings;
  readonly log: Log;
  /** Real time, ISO 8601 UTC with milliseconds. */
  now(): string;
  /** A number from 1 to `sides`, by chance. */
  throwDie(sides: number): number;
  /** A fresh id for an entity, a turn or a command of the engine's own. */
  newId(): string;
}
