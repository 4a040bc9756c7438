import { DomainError } from '@offstage/domain';
import type { PurgeStep } from '@offstage/store';

/** What a purge may tell on its way, and by what it is given up. */
export interface Told {
  readonly progress: (step: PurgeStep) => void;
  readonly signal: AbortSignal;
}

/** The purges that are under way, by the command that asked for each (UI-10). */
export interface Purges {
  /** Runs one. What is given up rejects with a DomainError `already_done`: nothing was deleted. */
  run<T>(commandId: string, work: (told: Told) => Promise<T>): Promise<T>;
  /** How far it is; null where it has not begun, or is over. */
  stepOf(commandId: string): PurgeStep | null;
  /** Gives one up. False where it is over, or too far: what is gone from the log stays gone. */
  stop(commandId: string): boolean;
}

export function createPurges(): Purges {
  const running = new Map<string, { step: PurgeStep | null; readonly stop: AbortController }>();
  return {
    async run(commandId, work) {
      const known = running.get(commandId);
      const own = known ?? { step: null, stop: new AbortController() };
      running.set(commandId, own);
      try {
        return await work({ progress: (step) => (own.step = step), signal: own.stop.signal });
      } finally {
        // The same command may have come twice: the first one knows.
        if (known === undefined) running.delete(commandId);
      }
    },
    stepOf: (commandId) => running.get(commandId)?.step ?? null,
    stop(commandId) {
      const one = running.get(commandId);
      if (one === undefined || one.step?.at === 'writing') return false;
      one.stop.abort(new DomainError('already_done', 'You stopped it. Nothing was deleted.'));
      return true;
    },
  };
}
