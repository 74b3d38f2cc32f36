/** A way in which a secret may stand in an answer: patterns for text of bytes in Latin-1, lower case. */
export interface SecretForm {
  /** Its beginning, which is enough to know it by: a server may have cut the rest. */
  readonly head: RegExp;
  /** What goes on behind the beginning, a character each. */
  readonly tail: readonly RegExp[];
  /** All of it, a character each. */
  readonly whole: readonly RegExp[];
  /** True: so short that it counts only where it stands for itself. */
  readonly isWord: boolean;
  /** What is written in its stead. */
  readonly token: string;
}

/** Shorter ones are known by their place alone: any text holds them. */
const shortest = 3;
/** Shorter ones are searched for as words. */
const shortestWithin = 6;
/** Shorter ones say too little in another coding. */
const shortestCoded = 8;
/** Less of a secret's beginning may be shown, and often is on purpose. */
const shortestHead = 12;

/** The ways in which a secret may stand in an answer; none for one that is too short to be known again. */
export function formsOf(secret: string, token: string): readonly SecretForm[] {
  if (secret.length < shortest) return [];
  const coded = secret.length < shortestCoded ? [] : codedForms(Buffer.from(secret)).filter((text) => text.length >= shortestCoded);
  return [...new Set([secret, ...coded])].map((text) => {
    const sources = [...text].map(writingsOf);
    const head = Math.max(shortestHead, Math.ceil(sources.length / 2));
    const whole = [...text].map(patternOf);
    return {
      head: new RegExp(sources.slice(0, head).join(""), "g"),
      tail: whole.slice(head),
      whole,
      isWord: sources.length < shortestWithin,
      token,
    };
  });
}

const patterns = new Map<string, RegExp>();

function patternOf(char: string): RegExp {
  const pattern = patterns.get(char) ?? new RegExp(writingsOf(char), "y");
  patterns.set(char, pattern);
  return pattern;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** A character as URLs, forms, JSON and HTML write it, once or twice encoded, in small letters. */
function writingsOf(char: string): string {
  const code = char.codePointAt(0) as number;
  const utf8 = Buffer.from(char).toString("latin1");
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  // Escapes stand before the character itself, so that "%25" is not taken for "%". Repeats are bounded: a body may be full of them.
  const writings = [
    [...utf8].map((byte) => `%(?:25){0,2}${hex(byte.charCodeAt(0), 2)}`).join(""),
    Array.from({ length: char.length }, (_, index) => `\\\\{1,4}u${hex(char.charCodeAt(index), 4)}`).join(""),
    `&#0{0,5}${code};`,
    `&#x0{0,5}${hex(code, 1)};`,
  ];
  const entity = entities[char];
  if (entity !== undefined) writings.push(entity);
  if (char === "\\") writings.push("\\\\{1,4}");
  if (char === " ") writings.push("\\+");
  writings.push(`\\\\{0,4}${literal(utf8)}`);
  // A field's bytes that were read as Latin-1, and those of one that was sent so.
  if (code > 127) writings.push(literal(Buffer.from(utf8).toString("latin1")), ...(code < 256 ? [literal(char)] : []));
  return `(?:${writings.join("|")})`;
}

function literal(text: string): string {
  return text.toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** In hexadecimal, in UTF-16, and in base64 wherever in a larger text it begins. */
function codedForms(bytes: Buffer): string[] {
  const wide = Buffer.from(bytes.toString("utf8"), "utf16le");
  const texts = [bytes.toString("hex"), wide.toString("latin1"), Buffer.from(wide).swap16().toString("latin1")];
  for (const before of [0, 1, 2]) {
    const coded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and last characters hold bits of what stands around.
    const inner = coded.slice(Math.ceil((before * 4) / 3), (before + bytes.length) % 3 === 0 ? undefined : -1);
    texts.push(inner, inner.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return texts;
}
