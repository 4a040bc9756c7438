import type { ModelError } from './errors.ts';
import type { Limits } from './limits.ts';

/** Faults that often pass by themselves before anyone could press a button. A silent model is not one: its limit was the wait. */
const PASSING: ReadonlySet<ModelError['code']> = new Set(['rate_limited', 'server_error', 'refused_connection', 'unreachable', 'broken_stream', 'bad_request']);

/**
 * How long to wait before trying again, in ms; undefined when the call has failed for good. `tried` counts the retries so far. What the
 * server asked for is obeyed however long it is; without that the pauses double.
 */
export function pauseBefore(error: ModelError, tried: number, limits: Limits): number | undefined {
  if (!error.retryable || !PASSING.has(error.code) || tried >= limits.retries) return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs;
  // A 429 without a time, and a model that is being loaded (the one kind of 400 worth repeating), need longer.
  const first = error.code === 'rate_limited' || error.code === 'bad_request' ? limits.slowBackoffMs : limits.backoffMs;
  return first * 2 ** tried;
}
