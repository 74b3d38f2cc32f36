/** A text with its escapes undone, and where in it each byte came from. */
export interface CanonicalText {
  readonly bytes: Buffer;
  /** Where the writing of a byte begins. */
  readonly start: (at: number) => number;
  /** Where it ends. */
  readonly end: (at: number) => number;
}

/** Escapes within escapes are undone so often. */
const deepest = 5;

const [lineFeed, carriageReturn, tab, space, percent, ampersand, plus, backslash] = [10, 13, 9, 32, 37, 38, 43, 92];

/**
 * What URLs, forms, JSON and HTML write in several ways is written in one: escapes are undone, letters small, a space is a plus;
 * line breaks with what indents the next line, backslashes and UTF-16's zeros are left out. Linear in the text, whatever stands in it.
 */
export function canonicalText(text: Buffer): CanonicalText {
  let pass = undoEscapes(text, undefined);
  for (let depth = 1; pass.isNested && depth < deepest; depth++) pass = undoEscapes(pass.bytes, pass);
  const { starts, ends } = pass;
  // Not before: `\N` is no escape, whatever it is written in.
  for (let at = 0; at < pass.bytes.length; at++) pass.bytes[at] = lower(pass.bytes[at] as number);
  if (pass.hasHigh) foldLetters(pass.bytes);
  return { bytes: pass.bytes, start: (at) => starts[at] as number, end: (at) => ends[at] as number };
}

/** The text itself in small letters. */
export function lowerText(text: Buffer): CanonicalText {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = lower(text[i] as number);
  return { bytes, start: (at) => at, end: (at) => at + 1 };
}

interface Pass {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** An escape stood for what may begin another. */
  readonly isNested: boolean;
  readonly hasHigh: boolean;
}

function undoEscapes(text: Buffer, before: Pass | undefined): Pass {
  const { length } = text;
  const bytes = Buffer.allocUnsafe(length);
  const starts = new Int32Array(length);
  const ends = new Int32Array(length);
  let size = 0;
  let isNested = false;
  let hasHigh = false;
  const emit = (byte: number, from: number, to: number) => {
    if (byte === 0 || byte === lineFeed || byte === carriageReturn) return;
    if (byte > 127) hasHigh = true;
    bytes[size] = byte === space ? plus : byte;
    starts[size] = before === undefined ? from : (before.starts[from] as number);
    ends[size++] = before === undefined ? to : (before.ends[to - 1] as number);
  };
  const emitCode = (code: number, from: number, to: number) => {
    isNested ||= code === percent || code === ampersand || code === backslash;
    if (code < 128) emit(code, from, to);
    else for (const byte of Buffer.from(String.fromCodePoint(code))) emit(byte, from, to);
  };
  let at = 0;
  while (at < length) {
    const byte = text[at] as number;
    const from = at++;
    if (byte === percent) {
      while (text[at] === 50 && text[at + 1] === 53 && hexOf(text, at + 2, 2) >= 0) at += 2;
      const value = hexOf(text, at, 2);
      if (value < 0) {
        emit(byte, from, at);
        continue;
      }
      at += 2;
      isNested ||= value === percent || value === ampersand || value === backslash;
      emit(value, from, at);
    } else if (byte === backslash) {
      while (text[at] === backslash) at++;
      const next = text[at];
      if (next === 110 || next === 114) at = skipIndent(text, at + 1);
      else if (next === 117 && hexOf(text, at + 1, 4) >= 0) {
        let code = hexOf(text, at + 1, 4);
        at += 5;
        const low = lowSurrogate(text, at);
        if (code >= 0xd800 && code < 0xdc00 && low !== undefined) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low.code - 0xdc00);
          at = low.end;
        }
        emitCode(code, from, at);
      } else if (next !== undefined && next !== percent && next !== ampersand) emit(next, from, ++at);
    } else if (byte === ampersand) {
      const entity = entityAt(text, at);
      if (entity === undefined) emit(byte, from, at);
      else {
        at = entity.end;
        emitCode(entity.code, from, at);
      }
    } else if (byte === lineFeed || byte === carriageReturn) at = skipIndent(text, at);
    else emit(byte, from, at);
  }
  return { bytes: bytes.subarray(0, size), starts, ends, isNested, hasHigh };
}

function skipIndent(text: Buffer, from: number): number {
  let at = from;
  while (text[at] === space || text[at] === tab) at++;
  return at;
}

function lowSurrogate(text: Buffer, from: number): { readonly code: number; readonly end: number } | undefined {
  let at = from;
  while (text[at] === backslash && at < from + 8) at++;
  if (at === from || text[at] !== 117) return undefined;
  const code = hexOf(text, at + 1, 4);
  return code >= 0xdc00 && code < 0xe000 ? { code, end: at + 5 } : undefined;
}

const entities: Readonly<Record<string, number>> = { amp: 38, lt: 60, gt: 62, quot: 34, apos: 39 };

/** Of an entity behind its ampersand. */
function entityAt(text: Buffer, from: number): { readonly code: number; readonly end: number } | undefined {
  const [, name = "", decimal, hex, end = ""] =
    /^(?:([a-z]{2,4})|#0{0,5}(\d{1,7})|#x0{0,5}([\da-f]{1,6}))(;)/i.exec(text.toString("latin1", from, from + 14)) ?? [];
  if (end === "") return undefined;
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : entities[name.toLowerCase()];
  if (code === undefined || code > 0x10ffff) return undefined;
  return { code, end: text.indexOf(59, from) + 1 };
}

/** The value of so many hexadecimal digits; -1 where other characters are among them. */
function hexOf(text: Buffer, from: number, digits: number): number {
  let value = 0;
  for (let at = from; at < from + digits; at++) {
    const byte = lower(text[at] ?? 0);
    if (byte >= 48 && byte <= 57) value = value * 16 + byte - 48;
    else if (byte >= 97 && byte <= 102) value = value * 16 + byte - 87;
    else return -1;
  }
  return value;
}

function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}

/** Letters beyond ASCII become small ones, where these have as many bytes. */
function foldLetters(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] as number;
    const length = first >= 0xc3 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 0;
    if (length === 0 || at + length > bytes.length) continue;
    const small = smallLetter(first, bytes[at + 1] as number, length === 3 ? (bytes[at + 2] as number) : -1);
    if (small?.length !== length) continue;
    small.copy(bytes, at);
    at += length - 1;
  }
}

const smallLetters = new Map<number, Buffer | undefined>();

function smallLetter(first: number, second: number, third: number): Buffer | undefined {
  if ((second & 0xc0) !== 0x80 || (third >= 0 && (third & 0xc0) !== 0x80)) return undefined;
  const code = third < 0 ? ((first & 31) << 6) | (second & 63) : ((first & 15) << 12) | ((second & 63) << 6) | (third & 63);
  if (!smallLetters.has(code)) smallLetters.set(code, Buffer.from(String.fromCharCode(code).toLowerCase()));
  return smallLetters.get(code);
}
