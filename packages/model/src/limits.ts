import type { Purpose } from './types.ts';

/** Time limits in ms, counted anew for each request that is sent; waiting in a queue or for a retry does not count. */
export interface Limits {
  /** Narrative: longest silence between two tokens. */
  idleMs: number;
  /** Narrative and kickoff: longest wait for the first token; a local server may have to load the model. */
  firstTokenMs: number;
  /** Narrative: longest reply in all. */
  totalMs: number;
  /** Every other call: longest silence, the first token included (MO-3). */
  classifierIdleMs: number;
  /** Every other call: longest answer in all (MO-3). */
  classifierTotalMs: number;
  /** A reply is cut here (MO-4, endless reply). Reasoning may be four times as long. */
  maxReplyChars: number;
  /** Further tries after a fault that may pass by itself. */
  retries: number;
  /** First pause between tries; each next one is twice as long. */
  backoffMs: number;
  /** Pause after a 429 that names no time, and while a model warms up. */
  slowBackoffMs: number;
  /** Calls that may wait for one endpoint. */
  maxQueue: number;
}

export const DEFAULT_LIMITS: Limits = {
  idleMs: 30_000,
  firstTokenMs: 180_000,
  totalMs: 900_000,
  classifierIdleMs: 10_000,
  classifierTotalMs: 60_000,
  maxReplyChars: 24_000,
  retries: 3,
  backoffMs: 400,
  slowBackoffMs: 5_000,
  maxQueue: 256,
};

export interface Deadlines {
  readonly firstTokenMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** The clock that a call of this purpose runs against. */
export function deadlinesFor(purpose: Purpose, limits: Limits): Deadlines {
  if (purpose === 'narrative') return { firstTokenMs: limits.firstTokenMs, idleMs: limits.idleMs, totalMs: limits.totalMs };
  // A kickoff is often the first call that a model ever gets, and a person watches: it may take its time to begin.
  if (purpose === 'kickoff')
    return {
      firstTokenMs: limits.firstTokenMs,
      idleMs: limits.classifierIdleMs,
      totalMs: limits.firstTokenMs + limits.classifierTotalMs,
    };
  return { firstTokenMs: limits.classifierIdleMs, idleMs: limits.classifierIdleMs, totalMs: limits.classifierTotalMs };
}
