/** Where one word stands in an owner's memories: which (by `bornSeq`, rising), and at which words of each. */
export class WordPlaces {
  readonly docs: Float64Array;
  /** For each memory, where its places begin in `#at`; the last one says where they end. */
  readonly #starts: Int32Array;
  readonly #at: Int32Array;

  private constructor(docs: Float64Array, starts: Int32Array, at: Int32Array) {
    this.docs = docs;
    this.#starts = starts;
    this.#at = at;
  }

  /** Packs places as the index tells them: by memory, in order. */
  static of(rows: readonly (readonly [doc: number, at: number])[]): WordPlaces {
    const docs: number[] = [];
    const starts: number[] = [];
    const at = new Int32Array(rows.length);
    let last = Number.NaN;
    for (const [n, [doc, place]] of rows.entries()) {
      if (doc !== last) {
        docs.push(doc);
        starts.push(n);
        last = doc;
      }
      at[n] = place;
    }
    starts.push(rows.length);
    return new WordPlaces(Float64Array.from(docs), Int32Array.from(starts), at);
  }

  /** Occurrences in all. */
  get size(): number {
    return this.#at.length;
  }

  /** The memory's number here, -1 for one that does not have the word. */
  find(doc: number): number {
    let [low, high] = [0, this.docs.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const there = this.docs[middle] ?? 0;
      if (there === doc) return middle;
      if (there < doc) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** How often the word stands in the memory of that number. */
  times(n: number): number {
    return (this.#starts[n + 1] ?? 0) - (this.#starts[n] ?? 0);
  }

  /** The places in the memory of that number. */
  at(n: number): Int32Array {
    return this.#at.subarray(this.#starts[n], this.#starts[n + 1]);
  }

  /** The first occurrences, at most so many. */
  first(most: number): WordPlaces {
    if (this.size <= most) return this;
    let docs = 0;
    while (docs < this.docs.length && (this.#starts[docs] ?? 0) < most) docs += 1;
    const starts = this.#starts.slice(0, docs + 1);
    starts[docs] = most;
    return new WordPlaces(this.docs.subarray(0, docs), starts, this.#at.subarray(0, most));
  }
}
