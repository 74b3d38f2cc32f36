import type { ErrorAnswer } from "../../model/contract.ts";
import type { Headers } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { essenceOf } from "../../syntax/media-type.ts";
import { encodePercent } from "../../syntax/percent-encoding.ts";
import { plainly } from "../../syntax/wording.ts";
import { keepable } from "../shortened.ts";

/**
 * What of an answer a stranger can compare with that of another. `header etag` and the like: the value of one field. `answered`, `headerOrder`,
 * `cookies` and `memberTypes` are looked at only where many answers show what is noise.
 */
export type Trait =
  | "answered"
  | "status"
  | "reason"
  | "mediaType"
  | "type"
  | "code"
  | "param"
  | "message"
  | "headerNames"
  | "headerOrder"
  | "cookieNames"
  | "cookies"
  | "members"
  | "memberTypes"
  | "echo"
  | "length"
  | `header ${string}`;

/** Each trait as a text; one that is not known is left out. */
export type Traits = ReadonlyMap<Trait, string>;

/** Traits that so few things vary in by themselves that one other answer is enough to compare with. */
export const steadyTraits: ReadonlySet<Trait> = new Set<Trait>([
  "status",
  "mediaType",
  "type",
  "code",
  "param",
  "message",
  "headerNames",
  "members",
]);

/** Header fields whose presence or value depends on the moment, the connection or a proxy, and not on the answer. */
const passing =
  /^(?:date|age|expires|connection|keep-alive|transfer-encoding|content-length|content-encoding|content-type|via|alt-svc|nel|report-to|reporting-endpoints|server|server-timing|set-cookie|retry-after|traceparent|tracestate|x-runtime|x-response-time|x-served-by|x-timer|x-powered-by|x-cache.*|cf-.*|x-amz.*|x-envoy.*|x-vercel.*|fly-.*|(?:x-)?rate-?limit.*|.*(?:request|trace|correlation|span|transaction)-?id)$/;

/** Of a longer role only the beginning is compared. */
const longestRole = 10_000;

const comparedValues = (["etag", "last-modified", "allow", "cache-control", "vary", "location"] as const).map(
  (name) => [name, `header ${name}`] as const,
);

/** Names of header fields are shown one by one, and so kept longer than other traits. */
const longestNames = 2_000;

/** Reads the traits of an error, none of them longer than can be kept; `id` is the resource that was asked for, which is left out of all, as are the secrets that `mask` knows. */
export function traitsOf(answer: ErrorAnswer, id: string, mask: (text: string) => string): Traits {
  const traits = wholeTraitsOf(answer, id, mask);
  return new Map([...traits].map(([trait, value]) => [trait, keepable(value, trait === "headerNames" ? longestNames : undefined)]));
}

function wholeTraitsOf(answer: ErrorAnswer, id: string, mask: (text: string) => string): Traits {
  const { headers, status, reason, body } = answer.exchange.response;
  const hide = hiderOf(id);
  const clean = (text: string) => mask(text.slice(0, longestRole));
  const traits = new Map<Trait, string>([
    ["status", String(status)],
    ["mediaType", clean(essenceOf(headers.get("content-type")) ?? "none")],
    ["headerNames", headerNames(headers, clean)],
    ["cookieNames", clean(cookieNames(headers))],
  ]);
  if (reason !== "") traits.set("reason", clean(reason));
  for (const [name, trait] of comparedValues) traits.set(trait, hide(clean(headers.get(name) ?? "none")));
  if (!answer.readable) return traits;

  const object = answer.meetings[0]?.object;
  for (const role of ["type", "code", "param", "message"] as const) {
    const value = object?.role(role)?.value;
    if (object !== undefined) traits.set(role, value === undefined ? "none" : hideIds(hide(clean(plainly(value, longestRole)))));
  }
  const text = hide(body.text());
  traits.set("length", String(text.length));
  traits.set("echo", text.includes(token) ? "yes" : "no");
  const parsed = body.json();
  if (parsed.ok) traits.set("members", clean(memberNames(parsed.value)));
  return traits;
}

const token = "{id}";

/** Replaces an id, in whatever case and with or without dashes, where it stands as a word of its own. */
export function hiderOf(id: string): (text: string) => string {
  const forms = [...new Set([id, encodePercent(id), id.replaceAll("-", "")])].filter((form) => form !== "");
  return (text) => forms.reduce(hideWord, text);
}

/** A search for much in much takes as many steps as both have characters, multiplied: a longer id is looked for in short texts, as it is. */
const [longestWord, longestText] = [200, 65_536];

/** A pattern would have to be compiled for every id, which costs more than the search. */
function hideWord(text: string, word: string): string {
  if (word.length > longestWord) return text.length > longestText ? text : text.replaceAll(word, token);
  const [plainText, plainWord] = [text.toLowerCase(), word.toLowerCase()];
  // Lower case may be longer than what it is made from; then only the exact spelling is looked for.
  const haystack = plainText.length === text.length ? plainText : text;
  const needle = plainText.length === text.length ? plainWord : word;
  const parts: string[] = [];
  let from = 0;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
    if (isWordAt(text, at - 1) || isWordAt(text, at + word.length)) continue;
    parts.push(text.slice(from, at), token);
    from = at + word.length;
  }
  return parts.join("") + text.slice(from);
}

const wordCharacter = /[\p{L}\p{N}_]/u;

function isWordAt(text: string, index: number): boolean {
  return index >= 0 && index < text.length && wordCharacter.test(text[index] as string);
}

/** Takes other ids and numbers out of a text: request ids, times, UUIDs. */
export function hideIds(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, "#")
    .replace(/\b(?=\w*[0-9])\w{8,}\b/g, "#")
    .replace(/[0-9]+/g, "#");
}

function headerNames(headers: Headers, mask: (text: string) => string): string {
  const lines = headers.lines().map(([name]) => name);
  // In lower case a secret would not be known any more.
  const names = mask(lines.join("\n")).toLowerCase().split("\n");
  return [...new Set(names)]
    .filter((name) => !passing.test(name))
    .sort()
    .join(", ");
}

function cookieNames(headers: Headers): string {
  const names = headers.all("set-cookie").map((line) => line.split("=", 1)[0]?.trim() ?? "");
  return names.sort().join(", ") || "none";
}

/** The names of all members in the order of the text; the first 200 of each of the first 200 objects. */
function memberNames(root: Json): string {
  const names: string[] = [];
  const ahead: Json[] = [root];
  while (ahead.length > 0 && names.length < 200) {
    const next = ahead.pop() as Json;
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next)) names.push(Object.keys(next).slice(0, 200).join(" "));
    ahead.push(...Object.values(next).slice(0, 200).reverse());
  }
  return names.join(" / ");
}
