import { randomUUID } from 'node:crypto';
import { createGateway } from '@offstage/model';
import type { Store } from '@offstage/store';
import type { Core, Log } from './core.ts';
import { keepCalls } from './ops/calls.ts';
import type { CallsSeen } from './ops/calls.ts';
import type { ConfigFile } from './ops/configFile.ts';
import { createModels } from './ops/models.ts';
import type { RehearsalPace } from './ops/models.ts';

/** What the server is built from: opened, but not yet at work. */
export interface ServicesOptions {
  readonly store: Store;
  readonly config: ConfigFile;
  readonly log: Log;
  readonly rehearsal?: RehearsalPace;
  readonly now?: () => string;
  readonly newId?: () => string;
}

/** Everything that procedures work with. */
export interface Services extends Core {
  readonly config: ConfigFile;
  readonly calls: CallsSeen;
  /** Ends streams keeping their words, then closes everything; safe to call twice. */
  close(): Promise<void>;
}

/** Puts the parts of the server together. Starts nothing that costs time. */
export function createServices(options: ServicesOptions): Services {
  const { store, config, log } = options;
  const now = options.now ?? (() => new Date().toISOString());
  const newId = options.newId ?? randomUUID;
  const calls = keepCalls(store, log);
  const gateway = createGateway({ onCall: calls.onCall });
  const models = createModels(config, options.rehearsal ?? {});
  const core: Core = { store, gateway, models, config, log, now, newId };

  let closing: Promise<void> | undefined;
  return {
    ...core,
    config,
    calls,
    close() {
      closing ??= (async () => {
        await gateway.close();
        await models.close();
        await calls.settled();
        await store.close();
      })();
      return closing;
    },
  };
}
