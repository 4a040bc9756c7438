import { connectionKey } from './clients.ts';
import { ModelError, StructuredError } from './errors.ts';
import type { StandIn } from './types.ts';

/**
 * Asks one model after another until one answers (MO-3); the same model at the same place is asked once. `last` is true when nobody is left to
 * ask. Throws StructuredError when some answered and none usably; else the ModelError of the first, which is the one that was chosen; or the
 * signal's reason.
 */
export async function firstAnswer<T>(models: readonly StandIn[], ask: (one: StandIn, last: boolean) => Promise<T>, signal: AbortSignal): Promise<T> {
  const keyOf = (one: StandIn): string => `${connectionKey(one.endpoint)}\n${one.model}`;
  const queue = models.filter((one, index) => models.findIndex((other) => keyOf(other) === keyOf(one)) === index);
  let fault: ModelError | StructuredError | undefined;
  for (const [index, one] of queue.entries()) {
    try {
      return await ask(one, index === queue.length - 1);
    } catch (error) {
      if (signal.aborted || !(error instanceof ModelError || error instanceof StructuredError)) throw error;
      // Taken out of the line by a person: nobody is to be asked in its stead.
      if (error instanceof ModelError && error.code === 'cancelled') throw error;
      if (fault === undefined || (error instanceof StructuredError && fault instanceof ModelError)) fault = error;
    }
  }
  throw fault ?? new TypeError('A structured request needs a model.');
}
