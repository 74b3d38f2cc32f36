/** A number that stands for texts in their order: equal for equal ones, and unequal for others but by a chance of 1 in 2^53. */
export class TextSum {
  high = 0x811c9dc5 | 0;
  low = 0x27d4eb2f;

  add(text: string): this {
    let { high, low } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code ^ (low >>> 15), 0x5bd1e995);
    }
    // Ends the text, so that nothing can be moved to the next.
    this.high = Math.imul(high ^ end, 0x01000193);
    this.low = Math.imul(low ^ end ^ (low >>> 15), 0x5bd1e995);
    return this;
  }

  /** Begins where another has come to. */
  copyOf({ high, low }: TextSum): this {
    this.high = high;
    this.low = low;
    return this;
  }

  get value(): number {
    return toNumber(this.high, this.low);
  }
}

/** No code unit is that. */
const end = 0x1ffff;

/** The same for a set of header lines, whatever their order. */
export class LineSum {
  #high = 0;
  #low = 0;

  add(name: string, value: string): void {
    const { high, low } = new TextSum().add(name).add(value);
    this.#high = (this.#high + high) | 0;
    this.#low = (this.#low + low) | 0;
  }

  get value(): number {
    return toNumber(this.#high, this.#low);
  }
}

function toNumber(high: number, low: number): number {
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}
