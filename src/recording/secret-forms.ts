import { canonicalText, lowerText } from "./canonical-text.ts";

/** A way in which a secret may stand in an answer, beside the escapes that a canonical text has undone. */
export interface SecretForm {
  readonly inSmallLetters: Needle;
  readonly canonical: Needle;
  /** What is written in its stead. */
  readonly token: string;
}

/** What is searched for, and how much of it is enough to know it by. */
export interface Needle {
  readonly bytes: Buffer;
  /** So much of its beginning: a server may have cut the rest. */
  readonly head: number;
  /** So much of any part of it; 0: none. */
  readonly window: number;
  /** Where the part begins that may count as one. */
  readonly windowFrom: number;
  /** Where its last part begins, behind a public prefix; its length where that is none. */
  readonly lastPart: number;
  /** True: so short that it counts only where it stands for itself. */
  readonly isWord: boolean;
}

/** Shorter ones are known by their place alone: any text holds them. */
const shortest = 3;
/** Shorter ones are searched for as words. */
const shortestWithin = 6;
/** Shorter ones say too little in another coding. */
const shortestCoded = 8;
/** Less of a secret's beginning may be shown, and often is on purpose; and so of its last part. */
const shortestHead = 12;
/** As much of a secret, wherever in it, is as good as the secret. */
const shortestWindow = 16;
/** Twelve bytes of it, in hexadecimal. */
const shortestHexWindow = 24;
/** A cookie is known by as much: a server may set many that are alike and long. */
const longestCookieHead = 64;

/** The ways in which a secret may stand in an answer; none for one that is too short to be known again. */
export function formsOf(secret: string, token: string): readonly SecretForm[] {
  if (secret.length < shortest) return [];
  // What a JWT says of its issuer is in other people's too; only its signature is its own.
  const isJwt = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(secret);
  const part = /[_.-]([^_.-]+)$/.exec(secret)?.[1] ?? "";
  const plain = writingsOf(secret).map((bytes) => ({
    bytes,
    window: shortestWindow,
    windowFrom: isJwt ? bytes.lastIndexOf(".") + 1 : 0,
    lastPart: part.length < shortestHead ? bytes.length : bytes.length - Buffer.byteLength(part),
  }));
  const coded = secret.length < shortestCoded ? [] : codedForms(Buffer.from(secret), isJwt);
  return [...plain, ...coded.filter(({ bytes }) => bytes.length >= shortestCoded)].map((form) => ({
    inSmallLetters: needleOf(form, (bytes) => lowerText(bytes).bytes),
    canonical: needleOf(form, (bytes) => canonicalText(bytes).bytes),
    token,
  }));
}

/** Of a cookie, which is no account's: itself only. */
export function cookieForm(value: string, token: string): SecretForm {
  const bytes = Buffer.from(value);
  const form = { bytes, window: 0, windowFrom: 0, lastPart: bytes.length };
  const short = (needle: Needle) => ({ ...needle, head: Math.min(needle.head, longestCookieHead) });
  return {
    inSmallLetters: short(needleOf(form, (text) => lowerText(text).bytes)),
    canonical: short(needleOf(form, (text) => canonicalText(text).bytes)),
    token,
  };
}

type Form = Pick<Needle, "bytes" | "window" | "windowFrom" | "lastPart">;

function needleOf({ bytes, window, windowFrom, lastPart }: Form, write: (bytes: Buffer) => Buffer): Needle {
  const written = write(bytes);
  return {
    bytes: written,
    head: Math.min(written.length, Math.max(shortestHead, Math.ceil(written.length / 2))),
    window,
    windowFrom: write(bytes.subarray(0, windowFrom)).length,
    lastPart: written.length - write(bytes.subarray(lastPart)).length,
    isWord: written.length < shortestWithin,
  };
}

/** In UTF-8; as a field's bytes that were read as Latin-1, and as one that was sent so. */
function writingsOf(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret);
  if (utf8.length === secret.length) return [utf8];
  const all = [secret, secret.toLowerCase(), secret.toUpperCase()].flatMap((text) => {
    const bytes = Buffer.from(text);
    const isLatin = [...text].every((char) => (char.codePointAt(0) as number) < 256);
    return [bytes, Buffer.from(bytes.toString("latin1")), ...(isLatin ? [Buffer.from(text, "latin1")] : [])];
  });
  return [...new Map(all.map((bytes) => [bytes.toString("latin1"), bytes])).values()];
}

/** In hexadecimal, in UTF-16, and in base64 wherever in a larger text it begins. */
function codedForms(bytes: Buffer, isJwt: boolean): Form[] {
  const wide = Buffer.from(bytes.toString("utf8"), "utf16le");
  const texts = new Map([[bytes.toString("hex"), shortestHexWindow]]);
  // A canonical text has no zeros: that of ASCII is known without.
  if (wide.length !== 2 * bytes.length)
    for (const text of [wide.toString("latin1"), Buffer.from(wide).swap16().toString("latin1")]) texts.set(text, 0);
  for (const before of [0, 1, 2]) {
    const coded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and last characters hold bits of what stands around.
    const inner = coded.slice(Math.ceil((before * 4) / 3), (before + bytes.length) % 3 === 0 ? undefined : -1);
    for (const text of [inner, inner.replaceAll("+", "-").replaceAll("/", "_")]) texts.set(text, shortestWindow);
  }
  return [...texts].map(([text, window]) => ({
    bytes: Buffer.from(text, "latin1"),
    window: isJwt ? 0 : window,
    windowFrom: 0,
    lastPart: text.length,
  }));
}
