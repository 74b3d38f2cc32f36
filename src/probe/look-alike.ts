import { type Chance, digits, lowerLetters } from "./chance.ts";

const hex = "0123456789abcdef";
const crockford = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ids whose parts mean something; each gives one of the same look, or nothing where an id is none of its kind. */
const kinds: readonly ((id: string, chance: Chance) => string | undefined)[] = [
  likeUuid,
  likeUlid,
  likeSnowflake,
  likeNumber,
  likeObjectId,
];

/** Where an id is cut into parts. */
const separators = /([_\-.:~/]+)/;

/**
 * An id that looks like another: of its length and alphabet, with its prefix and separators; a UUID keeps its version and variant, what begins
 * with a time keeps that, a number its magnitude. It may be one that exists, where there are few of that look.
 */
export function makeLookAlike(id: string, chance: Chance): string {
  for (const kind of kinds) {
    const made = kind(id, chance);
    if (made !== undefined) return made;
  }
  return likeParts(id, chance);
}

function likeUuid(id: string, chance: Chance): string | undefined {
  const found = /^(.*?)([0-9a-f]{8}-?[0-9a-f]{4}-?[1-8][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12})$/i.exec(id);
  const [, prefix = "", uuid = ""] = found ?? [];
  const dashes = uuid.split("-").length - 1;
  if (found === null || (dashes !== 0 && dashes !== 4) || /[0-9a-z]$/i.test(prefix)) return undefined;
  const plain = uuid.replaceAll("-", "");
  // Version 7 begins with 48 bits of time.
  const kept = plain[12] === "7" ? 12 : 0;
  let at = -1;
  const made = uuid.replaceAll(/[0-9a-f]/gi, (digit) => {
    at++;
    if (at < kept || at === 12) return digit;
    return inCaseOf(uuid, at === 16 ? ("89ab"[chance.int(4)] as string) : chance.text(1, hex));
  });
  return prefix + made;
}

/** 48 bits of time, then 80 of chance. */
function likeUlid(id: string, chance: Chance): string | undefined {
  const [, prefix, ulid = ""] = /^(|.*[_\-.:])([0-7][0-9a-hjkmnp-tv-z]{25})$/i.exec(id) ?? [];
  return prefix === undefined ? undefined : prefix + ulid.slice(0, 10) + inCaseOf(ulid, chance.text(16, crockford));
}

/** 64 bits: time, and in the last 22 a machine and a count. */
function likeSnowflake(id: string, chance: Chance): string | undefined {
  if (!/^[1-9][0-9]{16,18}$/.test(id)) return undefined;
  const low = 22n;
  const made = ((BigInt(id) >> low) << low) + BigInt(chance.int(2 ** Number(low)));
  return String(made).length === id.length ? String(made) : undefined;
}

/** A number of as many digits, and a higher one: where they are counted up it is not given out yet, if there is any room. */
function likeNumber(id: string, chance: Chance): string | undefined {
  const [, prefix, number = ""] = /^(|.*[_\-.:~/])([0-9]{1,15})$/.exec(id) ?? [];
  if (prefix === undefined) return undefined;
  const end = 10 ** number.length;
  const start = Math.max(Number(number) + 1, end - end / 10);
  const room = end - start;
  const made = room < 1 ? chance.text(number.length, digits) : String(start + Math.floor(room * (chance.int(2 ** 31) / 2 ** 31)));
  return prefix + made.padStart(number.length, "0");
}

/** 24 hexadecimal digits, of which the first eight are a time. */
function likeObjectId(id: string, chance: Chance): string | undefined {
  return /^[0-9a-f]{24}$/i.test(id) && /[a-f]/i.test(id) ? id.slice(0, 8) + inCaseOf(id, chance.text(16, hex)) : undefined;
}

/** Words in front are kept: they say what it is an id of. */
function likeParts(id: string, chance: Chance): string {
  const parts = id.split(separators);
  const last = parts.findLastIndex((part, index) => index % 2 === 0 && part !== "");
  return parts
    .map((part, index) => {
      const isWord = /^(?:[A-Za-z]+|[0-9]+|\w{1,4})$/.test(part);
      return index % 2 === 1 || (index < last && isWord) ? part : likeText(part, chance);
    })
    .join("");
}

/** A text of the same kinds of characters, one by one. */
export function likeText(text: string, chance: Chance): string {
  const isHex = text.length >= 8 && /^[0-9a-f]+$/i.test(text) && /[0-9]/.test(text);
  const letters = isHex ? "abcdef" : lowerLetters;
  return text
    .replaceAll(/[a-z]/g, () => chance.text(1, letters))
    .replaceAll(/[A-Z]/g, () => chance.text(1, letters).toUpperCase())
    .replaceAll(/[0-9]/g, () => chance.text(1, digits));
}

function inCaseOf(model: string, text: string): string {
  return /[A-Z]/.test(model) ? text.toUpperCase() : text;
}
