import type { CallRecord } from '@offstage/model';
import type { Store } from '@offstage/store';
import type { Log } from '../core.ts';

/** How a provider answered the last time it was called. */
export interface LastSeen {
  readonly endpointId: string;
  readonly ok: boolean;
  readonly at: string;
  readonly problem: string | null;
}

/** Watches model calls: keeps each for the prompt inspector (PR-4), and remembers how each provider last answered. */
export interface CallsSeen {
  onCall(record: CallRecord): void;
  lastSeen(endpointId: string): LastSeen | undefined;
  /** Resolves when every record has been written. */
  settled(): Promise<void>;
}

export function keepCalls(store: Pick<Store, 'keepCall'>, log: Log): CallsSeen {
  const seen = new Map<string, LastSeen>();
  let writing: Promise<void> = Promise.resolve();
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
      writing = writing
        .then(() =>
          store.keepCall({
            id: record.id,
            chatId: record.chatId ?? null,
            turnId: record.turnId ?? null,
            purpose: record.purpose,
            startedAt: new Date(record.startedAt).toISOString(),
            record: { ...record },
          }),
        )
        // A record that could not be kept costs the inspector a line, never the story.
        .catch((problem: unknown) => log.warn({ err: problem }, 'a model call could not be kept for inspection'));
    },
    lastSeen: (endpointId) => seen.get(endpointId),
    settled: () => writing,
  };
}
