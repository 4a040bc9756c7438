import { ModelError } from './errors.ts';
import { deadlinesFor, type Deadlines, type Limits } from './limits.ts';
import type { Purpose, StructuredOptions } from './types.ts';
import { inWords } from './waits.ts';

/** On what terms the calls of one question to one model are made; they share one time limit. */
export class Terms {
  /** Longest pause that a server may ask for, in ms; one that asks for more has failed, because another model stands ready or somebody looks on. */
  readonly patienceMs: number;
  readonly #deadlines: Deadlines;
  #leftMs: number;

  /** `last` says that no other model is asked after this one: then whatever a server asks for is obeyed (MO-4), unless the question cannot wait. */
  constructor(purpose: Purpose, limits: Limits, options: StructuredOptions, last: boolean) {
    const usual = deadlinesFor(purpose, limits);
    const idleMs = options.idleMs ?? usual.idleMs;
    const totalMs = options.totalMs ?? usual.totalMs;
    // A kickoff may take its time to begin whatever its silence is limited to.
    const firstTokenMs = usual.firstTokenMs > usual.idleMs ? usual.firstTokenMs : idleMs;
    this.#deadlines = { idleMs, firstTokenMs, totalMs };
    this.#leftMs = totalMs;
    this.patienceMs = Math.min(options.patienceMs ?? Number.POSITIVE_INFINITY, last ? Number.POSITIVE_INFINITY : idleMs);
  }

  /** The clock that the next request runs against. Throws ModelError `timeout` once the time is used up. */
  deadlines(model: string): Deadlines {
    if (this.#leftMs <= 0)
      throw new ModelError('timeout', `${model} took longer than ${inWords(this.#deadlines.totalMs)} in all. Try again, or choose another model for bookkeeping.`, { retryable: true });
    return { ...this.#deadlines, totalMs: Math.min(this.#deadlines.totalMs, this.#leftMs) };
  }

  /** Counts time that a request took; waiting for a slot or a retry does not count. */
  spend(ms: number): void {
    this.#leftMs -= ms;
  }
}
