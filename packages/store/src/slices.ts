import { setImmediate } from 'node:timers/promises';

/** Work that can be laid down at every `yield` and taken up again. */
export type Work<T> = Generator<void, T>;

/** How long work goes on before others get a turn, in milliseconds. A frame of a page that scrolls is 16. */
const SLICE_MS = 15;

/** Works for one slice of time; answers the result once there is one. */
export function workOn<T>(work: Work<T>): { readonly result: T } | undefined {
  for (const since = performance.now(); performance.now() - since < SLICE_MS; ) {
    const { done, value } = work.next();
    if (done === true) return { result: value };
  }
  return undefined;
}

/** Lets timers, sockets and requests have their turns. */
export function breath(): Promise<void> {
  return setImmediate();
}

/** Does the rest of a work slice by slice; timers, sockets and requests get their turns in between. */
export async function finishInSlices<T>(work: Work<T>): Promise<T> {
  for (;;) {
    const finished = workOn(work);
    if (finished !== undefined) return finished.result;
    await breath();
  }
}

/** Does a work in one go. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
