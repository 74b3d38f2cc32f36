/** A number that stands for a set of header lines, whatever their order: equal for equal sets, and unequal for others but by a chance of 1 in 2^53. */
export class LineSum {
  #high = 0;
  #low = 0;

  add(name: string, value: string): void {
    let [high, low] = [0x811c9dc5, 0x27d4eb2f];
    for (const text of [name, value]) {
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        high = Math.imul(high ^ code, 0x01000193);
        low = Math.imul(low + code, 0x85ebca6b) ^ (low >>> 13);
      }
      // Ends the one, so that nothing can be moved to the other.
      high = Math.imul(high ^ 0x1ffff, 0x01000193);
      low = Math.imul(low + 0x1ffff, 0x85ebca6b) ^ (low >>> 13);
    }
    this.#high = (this.#high + high) | 0;
    this.#low = (this.#low + low) | 0;
  }

  get value(): number {
    return (this.#high & 0x1fffff) * 0x1_0000_0000 + (this.#low >>> 0);
  }
}
