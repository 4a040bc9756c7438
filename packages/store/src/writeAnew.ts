import { Worker } from 'node:worker_threads';

/** How long the thread waits for those who read just then, in ms. Each reads for a moment. */
const PATIENCE_MS = 5_000;

/**
 * Writes a library's file anew in a thread of its own, so that others are answered meanwhile. Nobody may write to it
 * until that is done. Answers false where another program reads it, the disk is full, or no thread is to be had.
 */
export function writeAnew(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('./writeAnew.thread.ts', import.meta.url), { workerData: { path, patience: PATIENCE_MS } });
    thread.once('message', (done: boolean) => resolve(done));
    thread.once('error', () => resolve(false));
    thread.once('exit', () => resolve(false));
  });
}
