/** Bits of what is known by heart: of a million commands one in twenty is looked up in vain. A power of two; 1 MB. */
const BITS = 2 ** 23;

/** Command ids known by heart, as two bits each (Bloom's filter): one that was noted is known, of others a few seem so. */
export class CommandBits {
  readonly #bits = new Uint32Array(BITS / 32);

  note(commandId: string): void {
    for (const at of placesOf(commandId)) this.#bits[at >>> 5] = (this.#bits[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  mayHave(commandId: string): boolean {
    const [one, other] = placesOf(commandId);
    return this.#has(one) && this.#has(other);
  }

  #has(at: number): boolean {
    return ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }
}

/** Which two bits stand for a command. */
function placesOf(commandId: string): readonly [number, number] {
  // FNV-1a, and its bits stirred once more.
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < commandId.length; at += 1) hash = Math.imul(hash ^ commandId.charCodeAt(at), 0x01_00_01_93);
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x85_eb_ca_6b);
  return [(hash >>> 0) % BITS, ((stirred ^ (stirred >>> 13)) >>> 0) % BITS];
}
