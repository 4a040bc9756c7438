import type { Live } from '../../live/hub.ts';

/** A scene that has closed and is being told: each question that is answered, or given up, is a step. */
export interface Telling {
  /** Aborts when a person has had enough of it. */
  readonly stopped: AbortSignal;
  step(): void;
}

/** The closed scenes that are being told just now, one in each chat: how far each is, and the way to be done with it (UI-10). */
export interface Tellings {
  /** Runs one. `total` is how many questions there are. Rejects as the work does. */
  run<T>(chatId: string, sceneId: string, total: number, work: (telling: Telling) => Promise<T>): Promise<T>;
  /** Has one be done with what has been told by then. False where none is being told. */
  stop(chatId: string): boolean;
}

export function createTellings(live: Pick<Live, 'telling'>): Tellings {
  const running = new Map<string, AbortController>();
  return {
    async run(chatId, sceneId, total, work) {
      const stop = new AbortController();
      let done = 0;
      const tell = (now: number): void => {
        done = now;
        live.telling({ chatId, sceneId, done, total });
      };
      running.set(chatId, stop);
      tell(0);
      try {
        // All are answered when what came of them is kept.
        return await work({ stopped: stop.signal, step: () => tell(Math.min(done + 1, total - 1)) });
      } finally {
        running.delete(chatId);
        tell(total);
      }
    },
    stop(chatId) {
      const stop = running.get(chatId);
      stop?.abort();
      return stop !== undefined;
    },
  };
}

/** Asks something of the telling; undefined once it was stopped. Rejects as `ask` does, and when `signal` aborts. */
export async function unlessStopped<T>(telling: Telling, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  if (telling.stopped.aborted) return undefined;
  try {
    return await ask(AbortSignal.any([signal, telling.stopped]));
  } catch (problem) {
    if (signal.aborted || !telling.stopped.aborted) throw problem;
    return undefined;
  } finally {
    telling.step();
  }
}
