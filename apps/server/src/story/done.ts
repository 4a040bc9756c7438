import type { Core } from '../core.ts';

type Tools = Pick<Core, 'store'>;

/**
 * TL-14: does what a command asks for, unless that was done before: then it is answered from its receipt, whatever would refuse it
 * now or would be looked up, asked or stopped for it first. `say` turns what was kept into the answer, where that is not the same.
 */
export async function unlessDone<T>({ store }: Tools, commandId: string, work: () => Promise<T>, say: (kept: unknown) => T | Promise<T> = asKept): Promise<T> {
  const known = await store.answered(commandId);
  if (known !== undefined) return say(known.answer);
  try {
    return await work();
  } catch (problem) {
    // It may be refused for what it did itself: just now, or by another process.
    const since = await store.answered(commandId, { afresh: true });
    if (since === undefined) throw problem;
    return say(since.answer);
  }
}

/** The receipt was written by this very command, whose answer has this type. */
function asKept<T>(kept: unknown): T {
  return kept as T;
}
