import { decodePercent } from "../syntax/percent-encoding.ts";
import type { SecretShape } from "../syntax/secret-shape.ts";
import { isTelling } from "./is-telling.ts";

/** A longer value is no password and no key. */
const longest = 4_096;
/** What a password may be that any other secret may not: a word with a number. */
const password = /^(?=.*[a-z])(?=.*\d)[a-z\d]{6,}$/i;
const passwordName = /(?:passw(?:or)?d|passphrase|pwd)(?:[_-]?confirm(?:ation)?)?[^\w]*$/i;
/** An address, or a part of one, is in many places by right. */
const address = /:\/\/|^(?:\/|%2f)/i;
/** Of what is masked already nothing is to be learnt. */
const token = /(?:<|%3c)(?:account|masked|cookie)(?::|%3a)/i;

/**
 * What is to be looked for elsewhere, of a value that its name has shown to be a secret. Nothing where any text might say the same: what is wrong
 * with a password (`"password": "must have 8+ letters"`), words, numbers. Shapes that are known anywhere need no learning.
 *
 * @param kept The name, and what stands between it and the value.
 */
export function valuesToLearn(secret: string, { id, whole }: SecretShape, kept: string, isAnswer: boolean): string[] {
  if (whole !== undefined || secret.length > longest) return [];
  return plainValues(secret, id).filter(
    (value) =>
      !(token.test(value) || address.test(value) || (isAnswer && /\s/.test(value))) &&
      (isTelling(value) || (passwordName.test(kept) && password.test(value))),
  );
}

/** Is the value of a cookie to be looked for in other exchanges? */
export function isCookieToLearn(value: string): boolean {
  return isTelling(value) && !address.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

/** Values out of the escapes of their place. */
function plainValues(secret: string, id: string): string[] {
  if (id === "member-list") return [...secret.matchAll(/"([^"\\\s]+)/g)].map(([, item = ""]) => item);
  if (id === "member" || id === "inner-member") return [unescaped(secret)];
  return [decodePercent(secret)];
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
