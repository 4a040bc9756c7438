/**
 * The heights of rows that stand under each other, in px, and their sums (a Fenwick tree): to know where a row stands,
 * which row stands somewhere, or to take another height costs a few steps however many rows there are.
 */
export class Heights {
  #heights = new Float64Array(0);
  /** `#sums[i]` holds the heights of the rows below `i` down to the next one that a shorter sum ends with. */
  #sums = new Float64Array(1);
  #count = 0;

  /** How many rows there are. */
  get count(): number {
    return this.#count;
  }

  /** All of them together. */
  get total(): number {
    return this.before(this.#count);
  }

  /** Takes another number of rows. Those that were there keep their heights, new ones get what is guessed for them. */
  resize(count: number, guess: (row: number) => number): void {
    let room = Math.max(64, this.#heights.length);
    while (room < count) room *= 2;
    const heights = new Float64Array(room);
    heights.set(this.#heights.subarray(0, Math.min(count, this.#count)));
    for (let row = this.#count; row < count; row++) heights[row] = guess(row);
    const sums = new Float64Array(room + 1);
    for (let at = 1; at <= room; at++) {
      const sum = (sums[at] ?? 0) + (heights[at - 1] ?? 0);
      sums[at] = sum;
      const up = at + (at & -at);
      if (up <= room) sums[up] = (sums[up] ?? 0) + sum;
    }
    this.#heights = heights;
    this.#sums = sums;
    this.#count = count;
  }

  /** The height of a row; 0 where there is none. */
  of(row: number): number {
    return this.#heights[row] ?? 0;
  }

  /** Takes another height for a row. Answers by how much it grew. */
  set(row: number, height: number): number {
    if (row < 0 || row >= this.#count) return 0;
    const grown = height - this.of(row);
    if (grown === 0) return 0;
    this.#heights[row] = height;
    for (let at = row + 1; at < this.#sums.length; at += at & -at) this.#sums[at] = (this.#sums[at] ?? 0) + grown;
    return grown;
  }

  /** What the rows before this one come to: where it begins. */
  before(row: number): number {
    let sum = 0;
    for (let at = Math.min(row, this.#count); at > 0; at -= at & -at) sum += this.#sums[at] ?? 0;
    return sum;
  }

  /** The row that stands at a place; the first or the last where the place is beyond. -1 where there are none. */
  at(place: number): number {
    let [row, left] = [0, place];
    for (let step = this.#heights.length; step > 0; step >>= 1) {
      const sum = this.#sums[row + step];
      if (sum === undefined || sum > left) continue;
      row += step;
      left -= sum;
    }
    return Math.min(row, this.#count - 1);
  }
}
