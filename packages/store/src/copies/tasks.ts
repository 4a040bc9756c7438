import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CopyOrder } from './copy.ts';
import type { Contents } from './inspect.ts';

/** What can be done with a library's file beside the server. */
export type Task =
  | { readonly kind: 'copy'; readonly order: CopyOrder }
  | { readonly kind: 'inspect'; readonly path: string }
  | { readonly kind: 'glance'; readonly paths: readonly string[] };

/** What the worker says, the last time with a result or a problem. */
export interface Said {
  readonly progress?: { readonly done: number; readonly total: number };
  readonly result?: unknown;
  readonly problem?: { readonly message: string; readonly code: string };
}

/** Called with pages done and in all. */
export type CopyProgress = (done: number, total: number) => void;

/** Why a task failed: `code` is SQLite's or the system's, or OFFSTAGE_NO_LIBRARY for a file that holds something else. */
class CopyError extends Error {
  override readonly name = 'CopyError';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Copies a library to a name that nothing has yet, while it is in use, and reads the whole copy to see that it is sound.
 * Rejects with CopyError, or with the signal's reason; then nothing is left of the copy.
 */
export async function copyOf(order: CopyOrder, signal: AbortSignal, progress: CopyProgress = () => {}): Promise<Contents> {
  try {
    return (await run({ kind: 'copy', order }, signal, progress)) as Contents;
  } catch (problem) {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${order.to}${end}`, { force: true });
    throw problem;
  }
}

/** Reads a whole library to see that it is sound. Rejects with CopyError where it is not, or with the signal's reason. */
export async function inspectLibrary(path: string, signal: AbortSignal): Promise<Contents> {
  return (await run({ kind: 'inspect', path }, signal)) as Contents;
}

/** What libraries hold, quickly; undefined for a file that does not say. */
export async function glanceAt(paths: readonly string[], signal: AbortSignal): Promise<(Contents | undefined)[]> {
  return paths.length === 0 ? [] : ((await run({ kind: 'glance', paths }, signal)) as (Contents | undefined)[]);
}

async function run(task: Task, signal: AbortSignal, progress: CopyProgress = () => {}): Promise<unknown> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  worker.on('message', (said: Said) => {
    if (said.progress !== undefined) progress(said.progress.done, said.progress.total);
    else if (said.problem !== undefined) reject(new CopyError(said.problem.message, said.problem.code));
    else resolve(said.result);
  });
  worker.on('error', reject);
  worker.on('exit', () => reject(new CopyError('The work beside the server ended too early.', '')));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
