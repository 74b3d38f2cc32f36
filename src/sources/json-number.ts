/** Digits of which a number can be made without an error of rounding: so many fit in 2^53. */
const mostDigits = 15;

/**
 * A number as JSON writes most of them: digits, and digits behind a point. The same as JSON.parse makes of it, for both parts of the division are
 * exact. Negative where it is written otherwise, or is no number.
 */
export function readNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > mostDigits + 1) return -1;
  let number = 0;
  let scale = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit >= 0 && digit <= 9) {
      number = number * 10 + digit;
      scale *= 10;
    } else if (digit === point && scale === 0 && i > start) scale = 1;
    else return -1;
  }
  return scale === 0 ? number : number / scale;
}

const point = 46 - 48;
