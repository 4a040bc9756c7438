/** What was asked for ahead is true for this long, in ms: a link that was pressed and not followed is soon forgotten. */
const KEPT_MS = 3_000;

/** Asks for what will be needed in a moment, once, by name; whoever needs it takes it, or finds that nobody asked. */
export class Ahead<Answer> {
  readonly #ask: (name: string) => Promise<Answer>;
  readonly #now: () => number;
  #asked: { readonly name: string; readonly at: number; readonly answer: Promise<Answer> } | null = null;

  constructor(ask: (name: string) => Promise<Answer>, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Asks, in place of what was asked for before. */
  ask(name: string): void {
    const answer = this.#ask(name);
    // Whoever takes it hears of a failure; nobody else needs to.
    answer.catch(() => undefined);
    this.#asked = { name, at: this.#now(), answer };
  }

  /** The answer that is on its way; undefined where none is. A second one asks for itself. */
  take(name: string): Promise<Answer> | undefined {
    const asked = this.#asked;
    if (asked === null || asked.name !== name) return undefined;
    this.#asked = null;
    return this.#now() - asked.at <= KEPT_MS ? asked.answer : undefined;
  }
}
