import { type CanonicalText, canonicalText, lowerText } from "./canonical-text.ts";
import type { Needle, SecretForm } from "./secret-forms.ts";
import { SecretIndex } from "./secret-index.ts";

/** Less of a secret's beginning, at the end of what was read, gives nothing away. */
const shortestRest = 4;
/** An escape that the end has cut. */
const cutEscape = /(?:\\+(?:u[0-9a-f]{0,3})?|%(?:25){0,9}[0-9a-f]?|&[#a-z]?[0-9a-fx]{0,5})$/;

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** Secrets to be searched for, in both readings of a text. */
export class Disguise {
  private readonly readings: readonly {
    readonly read: (text: Buffer) => CanonicalText;
    readonly needleOf: (form: SecretForm) => Needle;
    readonly index: SecretIndex;
  }[];

  constructor(forms: readonly SecretForm[], patience = Number.POSITIVE_INFINITY) {
    this.readings = [
      { read: lowerText, needleOf: (form) => form.inSmallLetters, index: new SecretIndex(patience) },
      { read: canonicalText, needleOf: (form) => form.canonical, index: new SecretIndex(patience) },
    ];
    this.add(forms);
  }

  /** Has more searched for from now on. */
  add(forms: readonly SecretForm[]): void {
    for (const { needleOf, index } of this.readings) for (const form of forms) index.add({ needle: needleOf(form), token: form.token });
  }

  /** `known`: how the text was read for others. */
  hits(text: Buffer, isCut: boolean, known: Map<object, CanonicalText>): Hit[] {
    return this.readings.flatMap(({ read, index }) => {
      if (index.needles.length === 0) return [];
      const whole = known.get(read) ?? read(text);
      known.set(read, whole);
      const found = index.find(whole).map(({ from, to, ...found }) => ({ ...found, start: whole.start(from), end: whole.end(to - 1) }));
      const own = found.filter(({ start, end, isShort, isWord }) => {
        if (isShort && /[\r\n]/.test(text.toString("latin1", start, end))) return false;
        return (
          !isWord ||
          !(/\w$/.test(text.toString("latin1", Math.max(0, start - 1), start)) || /^\w/.test(text.toString("latin1", end, end + 1)))
        );
      });
      return isCut ? [...own, ...findRest(text, read, index)] : own;
    });
  }
}

/** Writes each secret's token in its stead, in whatever form and case it stands; with `isCut` also for a beginning at the very end. */
export function disguiseBytes(
  bytes: Buffer,
  disguises: readonly Disguise[],
  { isCut = false, write = (token: string) => token }: { readonly isCut?: boolean; readonly write?: (token: string) => string } = {},
): Buffer {
  const known = new Map<object, CanonicalText>();
  const hits = disguises.flatMap((disguise) => disguise.hits(bytes, isCut, known));
  if (hits.length === 0) return bytes;
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end, token } of merge(hits)) {
    parts.push(bytes.subarray(at, wholeStart(bytes, start)), written(write(token), bytes, start, end));
    at = wholeEnd(bytes, end);
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

/** As wide as the text around what it stands for: of a hit in UTF-16 the first and the last character's zeros, in either byte order, stand around it. */
function written(token: string, bytes: Buffer, start: number, end: number): Buffer {
  const isWide = end - start > 2 && [start - 3, start + 1, end - 2].every((at) => (bytes[at] ?? 0) === 0);
  return isWide ? Buffer.from(token, "utf16le").subarray(0, -1) : Buffer.from(token);
}

/** The same for text. */
export function disguiseText(text: string, disguises: readonly Disguise[], write?: (token: string) => string): string {
  return disguiseBytes(Buffer.from(text), disguises, write && { write }).toString();
}

/** The longest beginning of a form at the very end. */
function findRest(text: Buffer, read: (text: Buffer) => CanonicalText, { needles }: SecretIndex): Hit[] {
  // An escape has up to nine characters, for each of up to four bytes.
  const longest = needles.reduce((so, { needle }) => Math.max(so, needle.bytes.length), 0);
  const from = Math.max(0, text.length - 12 * longest);
  const tail = text.subarray(from);
  const cut = cutEscape.exec(tail.toString("latin1", Math.max(0, tail.length - 24)).toLowerCase())?.[0].length ?? 0;
  return [0, ...(cut > 0 ? [cut] : [])].flatMap((less) => {
    const end = read(tail.subarray(0, tail.length - less));
    return needles.flatMap(({ needle, token }) => {
      for (let length = Math.min(needle.bytes.length, end.bytes.length); length >= shortestRest; length--) {
        const start = end.bytes.length - length;
        if (needle.bytes.compare(end.bytes, start, start + length, 0, length) === 0)
          return [{ start: from + end.start(start), end: text.length, token }];
      }
      return [];
    });
  });
}

/** A letter of several bytes goes whole, or not at all. */
function wholeStart(bytes: Buffer, start: number): number {
  let at = start;
  while (at > 0 && start - at < 3 && isContinuation(bytes[at])) at--;
  return (bytes[at] ?? 0) >= 0xc0 ? at : start;
}

function wholeEnd(bytes: Buffer, end: number): number {
  let at = end;
  if ((bytes[end - 1] ?? 0) < 0x80) return end;
  while (at < bytes.length && at - end < 3 && isContinuation(bytes[at])) at++;
  return at;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** What overlaps becomes one, by the name of the longest. */
function merge(hits: readonly Hit[]): Hit[] {
  const merged: { start: number; end: number; token: string; longest: number }[] = [];
  for (const { start, end, token } of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || start >= last.end) {
      merged.push({ start, end, token, longest: end - start });
      continue;
    }
    last.end = Math.max(last.end, end);
    if (end - start <= last.longest) continue;
    last.longest = end - start;
    last.token = token;
  }
  return merged;
}
