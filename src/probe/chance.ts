import { randomInt } from "node:crypto";

/** Where made-up values come from. */
export interface Chance {
  /** A number from 0 up to, and without, `below`. */
  int(below: number): number;
  /** Random characters of an alphabet. */
  text(length: number, alphabet: string): string;
}

export const lowerLetters = "abcdefghijklmnopqrstuvwxyz";
export const digits = "0123456789";

/** `seed`: the same values in each run; without it they are the machine's. */
export function makeChance(seed?: number): Chance {
  const int = seed === undefined ? (below: number) => randomInt(below) : seeded(seed);
  return {
    int,
    text: (length, alphabet) => Array.from({ length }, () => alphabet[int(alphabet.length)]).join(""),
  };
}

/** A small generator (mulberry32): no secret hangs on it. */
function seeded(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
