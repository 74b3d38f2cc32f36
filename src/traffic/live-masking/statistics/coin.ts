/** Fair coins, the same in each run: a verdict must not depend on chance. `seed` is any number. */
export function makeCoin(seed = 0x9e3779b9): () => boolean {
  let state = (seed | 0) === 0 ? 1 : seed | 0;
  let bits = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      // Marsaglia's xorshift.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      [bits, left] = [state, 32];
    }
    left--;
    const isHead = (bits & 1) === 1;
    bits >>>= 1;
    return isHead;
  };
}

/** How often a test by chance is repeated: its least probability is one in so many, and one. */
export const draws = 9_999;
