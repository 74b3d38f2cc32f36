import type { Credential } from "../model/contract.ts";
import { type Chance, digits, lowerLetters } from "./chance.ts";
import { likeText } from "./look-alike.ts";

const letters = lowerLetters + lowerLetters.toUpperCase() + digits;

/** A credential that opens nothing: of the scheme and look of a real one, where one is given, and with nothing else of it. */
export function makeUpCredential(real: string | undefined, credential: Credential | undefined, chance: Chance): string {
  if (real === undefined) {
    const isField = credential !== undefined && "header" in credential && credential.header.toLowerCase() === "authorization";
    return `${isField ? "Bearer " : ""}${chance.text(40, letters)}`;
  }
  const [, scheme = "", token = ""] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+ +)?(.*)$/s.exec(real) ?? [];
  if (/^basic +$/i.test(scheme)) return scheme + likeBasic(token, chance);
  return scheme + (likeJwt(token, chance) ?? likeToken(token, chance));
}

/** A user and a password that nobody has, in base64. */
function likeBasic(token: string, chance: Chance): string {
  const pair = Buffer.from(token, "base64").toString("latin1");
  return Buffer.from(
    pair.replaceAll(/[^:]+/g, (part) => different(part, chance)),
    "latin1",
  ).toString("base64");
}

/** The header says by what it is signed, and stays; the claims are nobody's. */
function likeJwt(token: string, chance: Chance): string | undefined {
  const [, head = "", claims = "", signature = ""] = /^(eyJ[\w-]+)\.(eyJ[\w-]*)\.([\w-]*)$/.exec(token) ?? [];
  if (head === "") return undefined;
  const length = Math.max(1, Math.floor((claims.length * 3) / 4) - '{"sub":""}'.length);
  const made = Buffer.from(`{"sub":"${chance.text(length, letters)}"}`).toString("base64url");
  return `${head}.${made}.${chance.text(signature.length, letters)}`;
}

/** `sk_live_` and its like say what sort of key it is, and stay, where a long random rest follows. */
function likeToken(token: string, chance: Chance): string {
  const [, prefix = "", rest = ""] = /^((?:[A-Za-z]{1,8}[_-]){1,3})([A-Za-z0-9]{12,}.*)$/s.exec(token) ?? [];
  const isKey = prefix.length <= 16 && /[0-9]/.test(rest);
  return isKey && prefix !== "" ? prefix + different(rest, chance) : different(token, chance);
}

/** As many characters of the same kinds, none of them the one that stood there. */
function different(text: string, chance: Chance): string {
  const isSame = (character: string, index: number) => character === text[index] && /[A-Za-z0-9]/.test(character);
  let made = likeText(text, chance);
  while ([...made].some(isSame)) {
    const again = likeText(text, chance);
    made = [...made].map((character, index) => (isSame(character, index) ? (again[index] as string) : character)).join("");
  }
  return made;
}
