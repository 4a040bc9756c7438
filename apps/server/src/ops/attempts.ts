/** Tries that cost no pause: slips of the finger. */
const FREE = { one: 3, all: 20 };
/** The longest pause, in ms: one address may be left waiting, the owner at another must not be for long. */
const LONGEST = { one: 15 * 60_000, all: 30_000 };
/** After so long without a try nothing is held against anybody, in ms. */
const FORGIVEN_MS = 60 * 60_000;
/** Addresses remembered; of more, the one that tried longest ago is forgotten. */
const ADDRESSES = 1_000;

interface Tries {
  readonly count: number;
  readonly last: number;
  readonly until: number;
}

const NONE: Tries = { count: 0, last: 0, until: 0 };

/** Tries at the passphrase: after a few each costs twice the pause of the one before, for its address and for all. Times in ms. */
export class Attempts {
  readonly #byAddress = new Map<string, Tries>();
  #all = NONE;

  /** Counts a try before its outcome is known, so that many at once are many. Answers 0, or how long to wait instead. */
  begin(address: string, now: number): number {
    const key = networkOf(address);
    const one = this.#byAddress.get(key) ?? NONE;
    const wait = Math.max(one.until, this.#all.until) - now;
    if (wait > 0) return wait;
    this.#byAddress.delete(key);
    this.#byAddress.set(key, next(one, now, FREE.one, LONGEST.one));
    if (this.#byAddress.size > ADDRESSES) this.#byAddress.delete(this.#byAddress.keys().next().value ?? '');
    this.#all = next(this.#all, now, FREE.all, LONGEST.all);
    return 0;
  }

  /** The passphrase was right. */
  succeeded(address: string): void {
    this.#byAddress.delete(networkOf(address));
    this.#all = NONE;
  }
}

function next(tries: Tries, now: number, free: number, longest: number): Tries {
  const count = now - tries.last > FORGIVEN_MS ? 1 : tries.count + 1;
  const pause = count < free ? 0 : Math.min(longest, 1_000 * 2 ** Math.min(count - free, 30));
  return { count, last: now, until: now + pause };
}

/** Whoever has one address of the sixth version has the whole network of it. */
function networkOf(address: string): string {
  return address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address;
}
