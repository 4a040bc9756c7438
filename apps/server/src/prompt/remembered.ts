/** Turns whose memories are known, each for one owner. */
const KNOWN = 20_000;

/** Finds which memories somebody has of some turns, where that is not known yet. */
export type FindMemories = (turnIds: readonly string[]) => Promise<readonly { readonly memoryId: string; readonly turnId: string }[]>;

/**
 * Which memories an owner has of turns: those of a turn are written once, so most need not be sought for every prompt.
 * One that was written later still is not offered beside its turn: what comes to mind is looked at again (`toldBy`).
 */
export class Remembered {
  readonly #known = new Map<string, readonly string[]>();

  /** Ids of the memories that an owner has of these turns. */
  async of(ownerId: string, turnIds: readonly string[], find: FindMemories): Promise<readonly string[]> {
    const keyOf = (turnId: string): string => `${turnId}/${ownerId}`;
    const unknown = turnIds.filter((turnId) => !this.#known.has(keyOf(turnId)));
    const found = unknown.length === 0 ? [] : await find(unknown);
    if (this.#known.size > KNOWN) this.#known.clear();
    for (const { memoryId, turnId } of found) {
      const key = keyOf(turnId);
      this.#known.set(key, [...(this.#known.get(key) ?? []), memoryId]);
    }
    return turnIds.flatMap((turnId) => this.#known.get(keyOf(turnId)) ?? []);
  }
}
