import type { Live } from '../../live/hub.ts';

/** A scene that has closed and is being told: each question that is answered, or given up, is a step. */
export interface Telling extends Disposable {
  /** Aborts when a person has had enough of it. */
  readonly stopped: AbortSignal;
  step(): void;
}

/** The closed scenes that are being told just now, one in each chat: how far each is, and the way to be done with it (UI-10). */
export interface Tellings {
  /** Begins one; it is over when it is disposed of. `total` is how many questions there are. */
  begin(chatId: string, sceneId: string, total: number): Telling;
  /** Has one be done with what has been told by then. False where none is being told. */
  stop(chatId: string): boolean;
}

export function createTellings(live: Pick<Live, 'telling'>): Tellings {
  const running = new Map<string, AbortController>();
  return {
    begin(chatId, sceneId, total) {
      const stop = new AbortController();
      let done = 0;
      running.set(chatId, stop);
      live.telling({ chatId, sceneId, done, total });
      return {
        stopped: stop.signal,
        step() {
          done = Math.min(done + 1, total - 1);
          live.telling({ chatId, sceneId, done, total });
        },
        [Symbol.dispose]() {
          running.delete(chatId);
          live.telling({ chatId, sceneId, done: total, total });
        },
      };
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
