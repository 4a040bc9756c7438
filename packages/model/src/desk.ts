import { parameterToDrop } from './body.ts';
import { Clients, connectionKey } from './clients.ts';
import { ModelError } from './errors.ts';
import type { Means, Sent } from './exchange.ts';
import { explain } from './faults.ts';
import { Lane, RANK, weightOf } from './lane.ts';
import type { Limits } from './limits.ts';
import { pauseBefore } from './retries.ts';
import type { Run } from './run.ts';
import type { Endpoint, StreamPart } from './types.ts';
import { WaitingList } from './waitingList.ts';
import { inWords, sleep } from './waits.ts';

/** After a rate limit ends, bookkeeping holds back this long per rank, so that the narrative call is first there too. */
const COURTESY_MS = 100;

/** A clock that is kept right by others goes back by so little now and then, in ms. */
const CLOCK_SLIP_MS = 60_000;

function courtesy({ request }: Run): number {
  return COURTESY_MS * RANK[request.purpose];
}

/** Longest pause that this call puts up with, in ms: any, unless another model stands ready or the question cannot wait. */
function patienceOf({ terms }: Run): number {
  return terms?.patienceMs ?? Number.POSITIVE_INFINITY;
}

function inLineWords({ name }: Endpoint, ahead: number): string {
  const before = ahead === 0 ? '' : ahead === 1 ? '; one call before this one' : `; ${ahead} calls before this one`;
  return `Waiting for a free place at ${name}${before}.`;
}

function leftAlone(endpoint: Endpoint, ms: number): ModelError {
  return new ModelError('rate_limited', `${endpoint.name} asks to wait ${inWords(ms)} before the next request.`, { retryable: true, retryAfterMs: ms });
}

/** Sends a call once. Throws ModelError, what the client library throws, or the reason of the signal. */
export type Send = (means: Means, signal: AbortSignal) => AsyncGenerator<StreamPart, void>;

/** Where calls stand in line, are sent, and are sent again. One desk serves all endpoints of a gateway. */
export class Desk {
  readonly clients = new Clients();
  readonly #limits: () => Limits;
  readonly #now: () => number;
  readonly #lanes = new Map<string, Lane>();
  /** When a provider asked to be left alone, and until when, by connection and model. */
  readonly #holds = new Map<string, { readonly since: number; readonly until: number }>();
  /** Parameters that a model does not take, by connection and model; learned from its refusals. */
  readonly #dropped = new Map<string, Set<string>>();
  /** The calls that have not been sent yet. */
  readonly waiting: WaitingList;

  constructor(limits: () => Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.waiting = new WaitingList(now);
  }

  /** Plays one call to its end, faults and retries included. Throws ModelError or the signal's reason. */
  async *serve(run: Run, send: Send, signal: AbortSignal): AsyncGenerator<StreamPart, void> {
    const { endpoint, request } = run;
    const place = `${connectionKey(endpoint)}\n${request.model}`;
    const dropped = this.#dropped.get(place) ?? new Set<string>();
    for (let tried = 0; ; ) {
      const release = yield* this.#turn(run, place, signal);
      const sent: Sent = {};
      let error: ModelError;
      try {
        run.attempts++;
        yield* send({ clients: this.clients, limits: this.#limits(), dropped, sent, now: this.#now }, signal);
        return;
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        error = explain(thrown, endpoint, request.model, this.#now());
      } finally {
        release();
      }
      const unwanted = sent.body && parameterToDrop(error, sent.body);
      if (unwanted !== undefined && !dropped.has(unwanted)) {
        this.#dropped.set(place, dropped.add(unwanted));
        continue;
      }
      const pause = run.begun ? undefined : pauseBefore(error, tried, this.#limits());
      const retryAfter = this.#now() + (pause ?? 0);
      // Calls that come later need not be refused again to know it, whoever is asked in this one's stead.
      if (pause !== undefined && error.code === 'rate_limited') this.#hold(place, retryAfter);
      if (pause === undefined || pause > patienceOf(run)) throw error;
      tried++;
      let retryAt = retryAfter;
      if (error.code === 'rate_limited') {
        retryAt += courtesy(run);
      }
      const message = `${error.message.replace(/ (?:Try again|Start|Check)[^.]*\.$/, '')} Trying again in ${inWords(pause)}.`;
      yield* this.#wait(run, retryAt, message, signal);
    }
  }

  /** Waits until this call may be sent, and takes its slot. */
  async *#turn(run: Run, place: string, signal: AbortSignal): AsyncGenerator<StreamPart, () => void> {
    const { endpoint, request } = run;
    const lane = this.#laneOf(endpoint);
    const weight = weightOf(endpoint, request.model);
    for (;;) {
      for (let until = this.#heldUntil(place); until > this.#now(); until = this.#heldUntil(place)) {
        if (until - this.#now() > patienceOf(run)) throw leftAlone(endpoint, until - this.#now());
        const retryAt = until + courtesy(run);
        yield* this.#wait(run, retryAt, `${endpoint.name} asked to wait. Going on in ${inWords(retryAt - this.#now())}.`, signal);
      }
      const release = yield* this.#inLine(run, lane, weight, signal);
      // The provider may have asked for quiet while this call stood in line.
      if (this.#heldUntil(place) <= this.#now()) return release;
      release();
    }
  }

  /** Stands in line for a slot and takes it, saying how many stand before whenever that changes. */
  async *#inLine(run: Run, lane: Lane, weight: number, signal: AbortSignal): AsyncGenerator<StreamPart, () => void> {
    const { endpoint, request } = run;
    const waits = lane.busy(request.purpose, weight);
    const waiting = this.waiting.begin(run, weight, null, signal);
    // Whoever stops listening in the middle leaves the line, or gives back what came too late.
    const leaving = new AbortController();
    let before = 0;
    let moved = Promise.withResolvers<null>();
    const slot = lane.acquire(request.purpose, weight, endpoint, AbortSignal.any([waiting.signal, leaving.signal]), (ahead) => {
      waiting.stands(ahead);
      before = ahead;
      moved.resolve(null);
    });
    let taken: (() => void) | undefined;
    try {
      while (taken === undefined) {
        const release = await Promise.race([slot, moved.promise]);
        if (release !== null) {
          taken = release;
          continue;
        }
        moved = Promise.withResolvers<null>();
        if (waits) yield { kind: 'waiting', reason: 'queue', message: inLineWords(endpoint, before) };
      }
      return taken;
    } finally {
      waiting.over();
      if (taken === undefined) {
        leaving.abort(new Error('Nobody waits for this call any longer.'));
        slot.then((release) => release(), () => undefined);
      }
    }
  }

  async *#wait(run: Run, retryAt: number, message: string, signal: AbortSignal): AsyncGenerator<StreamPart, void> {
    const waiting = this.waiting.begin(run, weightOf(run.endpoint, run.request.model), retryAt, signal);
    try {
      yield { kind: 'waiting', reason: 'retry', retryAt, message };
      await sleep(retryAt - this.#now(), waiting.signal);
    } finally {
      waiting.over();
    }
  }

  #laneOf(endpoint: Endpoint): Lane {
    const key = connectionKey(endpoint);
    const known = this.#lanes.get(key);
    if (known) {
      known.setLimit(endpoint.maxConcurrent);
      return known;
    }
    const lane = new Lane(endpoint.maxConcurrent, this.#limits().maxQueue);
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Until when a model is to be left alone; 0 for not at all. What was asked for later than now was asked by a clock that has been set back. */
  #heldUntil(place: string): number {
    const hold = this.#holds.get(place);
    return hold === undefined || hold.since > this.#now() + CLOCK_SLIP_MS ? 0 : hold.until;
  }

  #hold(place: string, until: number): void {
    for (const key of this.#holds.keys()) if (this.#heldUntil(key) <= this.#now()) this.#holds.delete(key);
    this.#holds.set(place, { since: this.#now(), until: Math.max(until, this.#heldUntil(place)) });
  }
}
