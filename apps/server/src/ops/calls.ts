import type { CallRecord, UnusableAnswer } from '@offstage/model';
import type { Store } from '@offstage/store';
import type { Log } from '../core.ts';

/** How a provider answered the last time it was called. */
export interface LastSeen {
  readonly endpointId: string;
  readonly ok: boolean;
  readonly at: string;
  readonly problem: string | null;
}

/**
 * Watches model calls: keeps each for the prompt inspector (PR-4) and every answer that could not be used (MO-3), and remembers how each provider
 * last answered.
 */
export interface CallsSeen {
  onCall(record: CallRecord): void;
  onUnusable(answer: UnusableAnswer): void;
  lastSeen(endpointId: string): LastSeen | undefined;
  /** Resolves when every record has been written. */
  settled(): Promise<void>;
}

export function keepCalls(store: Pick<Store, 'keepCall' | 'keepFailure'>, log: Log, now: () => string): CallsSeen {
  const seen = new Map<string, LastSeen>();
  let writing: Promise<void> = Promise.resolve();

  /** Writes in order. What could not be kept costs the inspector a line, never the story. */
  function keep(write: () => Promise<void>): void {
    writing = writing.then(write).catch((problem: unknown) => log.warn({ err: problem }, 'a model call could not be kept for inspection'));
  }

  return {
    onCall(record) {
      if (record.outcome !== 'aborted') {
        seen.set(record.endpointId, {
          endpointId: record.endpointId,
          ok: record.outcome === 'ok',
          at: new Date(record.startedAt).toISOString(),
          problem: record.error?.message ?? null,
        });
      }
      if (record.error !== undefined) {
        const { endpointName, model, purpose, error } = record;
        log.warn({ provider: endpointName, model, purpose, code: error.code }, 'a model call failed');
      }
      keep(() =>
        store.keepCall({
          id: record.id,
          chatId: record.chatId ?? null,
          turnId: record.turnId ?? null,
          purpose: record.purpose,
          startedAt: new Date(record.startedAt).toISOString(),
          record: { ...record },
        }),
      );
    },
    onUnusable({ purpose, model, raw, problem, attempts, chatId = null, turnId = null }) {
      // What was wrong may quote the answer, which is the story's: it is kept with the story, not logged.
      log.warn({ purpose, model, attempts }, 'a model gave an answer that could not be used');
      keep(() => store.keepFailure({ chatId, turnId, purpose, model, raw, problem, attempts, at: now() }));
    },
    lastSeen: (endpointId) => seen.get(endpointId),
    settled: () => writing,
  };
}
