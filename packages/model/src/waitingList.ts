import { randomUUID } from 'node:crypto';
import { ModelError } from './errors.ts';
import type { Run } from './run.ts';
import type { WaitingCall } from './types.ts';

/** A call that has not been sent yet, while it waits. */
export interface Waiting {
  /** Aborts with what whoever called is told: a person took it out of the line, or they ended it themselves. */
  readonly signal: AbortSignal;
  /** Says how many calls now stand before it. */
  stands(ahead: number): void;
  /** It waits no longer. */
  over(): void;
}

/** The calls that wait for a slot or for a time, so that people can see them and take them out (MO-5). */
export class WaitingList {
  readonly #calls = new Map<string, { call: WaitingCall; readonly cancel: AbortController }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Oldest first. */
  all(): readonly WaitingCall[] {
    return [...this.#calls.values()].map(({ call }) => call);
  }

  /** Takes a call out of the line; false when it waits no longer. */
  cancel(id: string): boolean {
    const found = this.#calls.get(id);
    if (found === undefined) return false;
    this.#calls.delete(id);
    const { endpointName } = found.call;
    found.cancel.abort(new ModelError('cancelled', `This was taken out of the line for ${endpointName} before it was sent. Try again when you like.`, { retryable: true }));
    return true;
  }

  /** Lists a call: one that stands in line, or one that waits `until` a time. Call `over` exactly once. */
  begin({ endpoint, request, waited }: Run, weight: number, until: number | null, signal: AbortSignal): Waiting {
    const id = randomUUID();
    const since = this.#now();
    const cancel = new AbortController();
    const { chatId, turnId } = request.context ?? {};
    const entry: { call: WaitingCall; readonly cancel: AbortController } = {
      cancel,
      call: {
        id,
        endpointId: endpoint.id,
        endpointName: endpoint.name,
        model: request.model,
        purpose: request.purpose,
        weight,
        since,
        ahead: until === null ? 0 : null,
        until,
        ...(chatId !== undefined && { chatId }),
        ...(turnId !== undefined && { turnId }),
      },
    };
    this.#calls.set(id, entry);
    return {
      signal: AbortSignal.any([signal, cancel.signal]),
      stands: (ahead) => {
        entry.call = { ...entry.call, ahead };
      },
      over: () => {
        this.#calls.delete(id);
        waited(this.#now() - since);
      },
    };
  }
}
