/** What of a prompt's head was chosen when its transcript was last trimmed. */
export interface Quiet {
  /** How deep in the story the transcript began; 0 where it was whole. */
  readonly from: number;
  readonly pins: readonly string[];
  readonly facts: readonly string[];
  readonly accounts: readonly string[];
}

/** No transcript begins there. */
const NOWHERE = -1;
const PLACES_REMEMBERED = 2_000;

/**
 * What stands still at the head of a prompt (PR-3). Pins, facts and accounts of old scenes come in when the transcript
 * is trimmed, for then nearly all is read anew in any case; until then what is new stands late. It also comes in once
 * carrying it late has cost as many tokens as reading the transcript anew would.
 */
export class Settled {
  readonly #quiet = new Map<string, Quiet & { paid: number }>();

  /** What stands still for a reader of a chat; undefined before its first prompt. */
  of(place: string): Quiet | undefined {
    return this.#quiet.get(place);
  }

  /** Notes what was carried late in a prompt, in tokens. True where settling it would have been no dearer by now. */
  pay(place: string, late: number, rereading: number): boolean {
    const quiet = this.#quiet.get(place);
    if (quiet === undefined || late === 0) return false;
    quiet.paid += late;
    return quiet.paid >= rereading;
  }

  /** The next prompt settles everything anew. */
  forget(place: string): void {
    const quiet = this.#quiet.get(place);
    if (quiet !== undefined) this.#quiet.set(place, { ...quiet, from: NOWHERE });
  }

  /** What stands still at one place, for a prompt that nobody will be given: what it settles is forgotten. */
  rehearsed(place: string): Settled {
    const copy = new Settled();
    const quiet = this.#quiet.get(place);
    if (quiet !== undefined) copy.#quiet.set(place, { ...quiet });
    return copy;
  }

  settle(place: string, quiet: Quiet): void {
    this.#quiet.delete(place);
    this.#quiet.set(place, { ...quiet, paid: 0 });
    for (const oldest of this.#quiet.keys()) {
      if (this.#quiet.size <= PLACES_REMEMBERED) break;
      this.#quiet.delete(oldest);
    }
  }
}
