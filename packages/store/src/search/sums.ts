/** Doubled while it is more than half full, so that a search of a short life pays little. */
const LEAST_SLOTS = 1_024;

/** Adds up numbers by place in the log. A `Map` would make an object of every sum, and a search makes thousands. */
export class Sums {
  #docs: Float64Array;
  #sums: Float64Array;
  #size = 0;

  /** Made for so many numbers; of more it makes room as they come. */
  constructor(expected = 0) {
    let slots = LEAST_SLOTS;
    while (slots < expected * 2) slots *= 2;
    this.#docs = new Float64Array(slots);
    this.#sums = new Float64Array(slots);
  }

  /** `doc` is above 0. */
  add(doc: number, by: number): void {
    const slot = this.#slotOf(doc);
    if (this.#docs[slot] === 0) {
      this.#docs[slot] = doc;
      this.#size += 1;
      this.#sums[slot] = by;
      if (this.#size * 2 > this.#docs.length) this.#grow();
    } else this.#sums[slot] = (this.#sums[slot] ?? 0) + by;
  }

  /** Those with the highest sums, at most so many, the highest first; of two alike the later. */
  best(most: number): number[] {
    const docs: number[] = [];
    const sums: number[] = [];
    for (let slot = 0; slot < this.#docs.length; slot += 1) {
      const doc = this.#docs[slot] ?? 0;
      if (doc === 0) continue;
      const sum = this.#sums[slot] ?? 0;
      const isBelow = (n: number): boolean => (sums[n] ?? 0) < sum || (sums[n] === sum && (docs[n] ?? 0) < doc);
      if (docs.length >= most && !isBelow(docs.length - 1)) continue;
      let at = docs.length;
      while (at > 0 && isBelow(at - 1)) at -= 1;
      docs.splice(at, 0, doc);
      sums.splice(at, 0, sum);
      if (docs.length > most) {
        docs.pop();
        sums.pop();
      }
    }
    return docs;
  }

  #slotOf(doc: number): number {
    const mask = this.#docs.length - 1;
    let slot = (Math.imul(doc, 0x9e_37_79_b1) >>> 8) & mask;
    while (this.#docs[slot] !== 0 && this.#docs[slot] !== doc) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [docs, sums] = [this.#docs, this.#sums];
    this.#docs = new Float64Array(docs.length * 2);
    this.#sums = new Float64Array(docs.length * 2);
    for (const [n, doc] of docs.entries()) {
      if (doc === 0) continue;
      const slot = this.#slotOf(doc);
      this.#docs[slot] = doc;
      this.#sums[slot] = sums[n] ?? 0;
    }
  }
}
