/** Longest delay that a Node timer keeps; a longer one fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Resolves after `ms`, however long; rejects with the signal's reason when it aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(asError(signal.reason));
      return;
    }
    let left = Math.max(0, ms);
    let timer: NodeJS.Timeout;
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(asError(signal.reason));
    };
    const next = (): void => {
      if (left <= 0) {
        signal.removeEventListener('abort', onAbort);
        resolve();
        return;
      }
      const step = Math.min(left, MAX_TIMER_MS);
      left -= step;
      timer = setTimeout(next, step);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    next();
  });
}

/**
 * How long a server asks us to wait, in ms from `now`. Reads `retry-after-ms`, `retry-after` (seconds or an HTTP date) and
 * `x-ratelimit-reset` where it is a point in time (OpenRouter: ms since the epoch). Undefined when none can be read.
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  if (!headers) return undefined;
  const ms = number(headers.get('retry-after-ms'));
  if (ms !== undefined) return Math.max(0, ms);
  const after = headers.get('retry-after');
  const seconds = number(after);
  if (seconds !== undefined) return Math.max(0, seconds * 1000);
  const date = after === null ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const reset = number(headers.get('x-ratelimit-reset'));
  if (reset === undefined) return undefined;
  if (reset > 1e12) return Math.max(0, reset - now);
  return reset > 1e9 ? Math.max(0, reset * 1000 - now) : undefined;
}

/** A wait as people say it: "8 seconds", "3 minutes", "2 hours". */
export function inWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return count(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour');
}

export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

function number(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
