/** The first pause and the longest, in ms. */
const FIRST = 250;
const LONGEST = 8_000;

/** Pauses before further tries to reach the server, each twice as long as the last; they are over at once when there is reason to hope. */
export class Patience {
  #tries = 0;
  #end: (() => void) | undefined;

  /** Resolves when the next try may be made: the first at once. */
  pause(): Promise<void> {
    const tries = this.#tries++;
    if (tries === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(LONGEST, FIRST * 2 ** (tries - 1)));
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** The server was reached: pauses begin short again. */
  reached(): void {
    this.#tries = 1;
  }

  /** Ends a pause, and begins short again. */
  hurry(): void {
    this.#tries = Math.min(this.#tries, 1);
    this.#end?.();
  }
}
