import { type Chance, digits, lowerLetters } from "./chance.ts";
import { makeLookAlike } from "./look-alike.ts";

/** Bits of chance from which on nobody has met an id before. */
const enoughBits = 60;

/** Are there so many ids of one's look that nobody has one made by chance? */
export function isRoomy(id: string): boolean {
  // What is counted up may have begun anywhere.
  return !/^[0-9]{1,19}$/.test(id) && bitsOf(id) >= enoughBits;
}

/**
 * An id out of the reach of all that are like it, for what could do harm to one that exists: of its look, where that has room; else a number of 52
 * bits or, where it has more than 15 digits already, of 63, and a text that is longer.
 */
export function makeFarId(id: string, chance: Chance): string {
  if (isRoomy(id)) return makeLookAlike(id, chance);
  const [, prefix, number = ""] = /^(|.*[_\-.:~/])([0-9]{1,19})$/s.exec(id) ?? [];
  if (prefix !== undefined) return prefix + (number.length > 15 ? farNumber(31, chance) : farNumber(26, chance));
  const made = makeLookAlike(id, chance);
  const alphabet = alphabetOf(/[A-Za-z0-9]*$/.exec(id)?.[0] ?? "");
  return made + chance.text(Math.max(12, Math.ceil((enoughBits - bitsOf(id)) / Math.log2(alphabet.length))), alphabet);
}

/** Between 2^52 and 2^53, which a double holds exactly, or 2^62 and 2^63, which 64 bits with a sign hold: its halves have so many bits. */
function farNumber(half: 26 | 31, chance: Chance): string {
  const draw = () => BigInt(chance.int(2 ** half));
  return String((1n << BigInt(2 * half)) + (draw() << BigInt(half)) + draw());
}

/** The kinds of characters that its last part has. */
function alphabetOf(part: string): string {
  const kinds = [
    [/[a-z]/, lowerLetters],
    [/[A-Z]/, lowerLetters.toUpperCase()],
    [/[0-9]/, digits],
  ] as const;
  return kinds.map(([kind, letters]) => (kind.test(part) ? letters : "")).join("") || lowerLetters;
}

/** What is drawn to make one like it. */
function bitsOf(id: string): number {
  let bits = 0;
  makeLookAlike(id, {
    int(below) {
      bits += Math.log2(below);
      return 0;
    },
    text(length, alphabet) {
      bits += length * Math.log2(alphabet.length);
      return (alphabet[0] as string).repeat(length);
    },
  });
  return bits;
}
