import type { ErrorAnswer } from "../../model/contract.ts";
import type { Body, Exchange, Headers } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { essenceOf } from "../../syntax/media-type.ts";
import { plainly } from "../../syntax/wording.ts";
import { hiderOf, type Trait, type Traits } from "../masking/answer-traits.ts";
import { keepable } from "../shortened.ts";

/** Field values that are another's at each answer, by their purpose. Whatever else varies is learned from the missing ones. */
const momentary = /^(?:date|age|cf-ray|traceparent|tracestate|server-timing|.*request-?id.*|.*(?:trace|correlation|span)-?id)$/;

/** Names and their order are shown one by one, and so kept longer than other traits. */
const longestNames = 2_000;
/** Of a longer text only the beginning is compared. */
const longestText = 10_000;

const token = "{id}";

/**
 * All that a stranger can see of an answer but the time it took: many answers to requests that differ in the id alone show what of it is
 * noise, so nothing is left out beforehand. `id` is taken out of all, and so are the secrets that `mask` knows.
 */
export function liveTraitsOf(exchange: Exchange, answer: ErrorAnswer | undefined, id: string, mask: (text: string) => string): Traits {
  const { status, reason, headers, body } = exchange.response;
  const hide = hiderOf(id);
  const clean = (text: string) => hide(mask(text.slice(0, longestText)));
  const lines = headers.lines().flatMap(([name]) => (/^set-cookie$/i.test(name) ? [] : name.toLowerCase()));
  const traits = new Map<Trait, string>([
    ["answered", status === 0 ? "no answer" : "an answer"],
    ["status", String(status)],
    ["reason", clean(reason)],
    ["mediaType", clean(essenceOf(headers.get("content-type")) ?? "none")],
    ["headerNames", keepable(mask([...new Set(lines)].sort().join(", ")), longestNames)],
    ["headerOrder", keepable(mask(lines.join(", ")), longestNames)],
    ["cookieNames", clean(cookiesOf(headers, false))],
    ["cookies", clean(cookiesOf(headers, true))],
  ]);
  for (const name of new Set(lines)) {
    if (name === "content-length" && isUnread(exchange)) traits.set(`header ${name}`, lengthOf(headers, id));
    else if (name !== "content-length" && !momentary.test(name)) traits.set(`header ${name}`, clean(headers.get(name) ?? ""));
  }
  if (!isUnread(exchange)) for (const [trait, value] of bodyTraits(body, answer, hide, clean)) traits.set(trait, value);
  return new Map(
    [...traits].map(([trait, value]) => [trait, keepable(value, /^header(?:Names|Order)$/.test(trait) ? longestNames : undefined)]),
  );
}

/** Of an answer to HEAD, and where the recording lacks it, nothing is known of the body. */
function isUnread({ request, response: { body } }: Exchange): boolean {
  return request.method === "HEAD" || body.truncated || body.state === "not-captured";
}

/** What an answer without its body says of the body's length; the length of the id, which the body may repeat, goes with it. */
function lengthOf(headers: Headers, id: string): string {
  return `${headers.get("content-length")} for an id of ${id.length} characters`;
}

function* bodyTraits(
  body: Body,
  answer: ErrorAnswer | undefined,
  hide: (text: string) => string,
  clean: (text: string) => string,
): Generator<[Trait, string]> {
  const object = answer?.meetings[0]?.object;
  for (const role of ["type", "code", "param", "message"] as const) {
    const value = object?.role(role)?.value;
    yield [role, value === undefined ? "none" : clean(plainly(value, longestText))];
  }
  const text = hide(body.text());
  yield ["length", String(text.length)];
  yield ["echo", text.includes(token) ? "yes" : "no"];
  const parsed = body.json();
  yield ["members", parsed.ok ? clean(membersOf(parsed.value, false)) : "none"];
  yield ["memberTypes", parsed.ok ? clean(membersOf(parsed.value, true)) : "none"];
}

/** Names of cookies; with their attributes, but for what depends on the moment. */
function cookiesOf(headers: Headers, withAttributes: boolean): string {
  const cookies = headers.all("set-cookie").map((line) => {
    const [first = "", ...attributes] = line.split(";");
    const name = first.split("=", 1)[0]?.trim() ?? "";
    const shown = attributes.map((each) => each.trim().replace(/^expires=.*/i, "Expires"));
    return withAttributes ? [name, ...shown].join("; ") : name;
  });
  return cookies.sort().join(", ") || "none";
}

/** The members of all objects in the order of the text, with the JSON type of their values if wanted; the first 200 of each of the first 200 objects. */
function membersOf(root: Json, withTypes: boolean): string {
  const names: string[] = [];
  const ahead: Json[] = [root];
  while (ahead.length > 0 && names.length < 200) {
    const next = ahead.pop() as Json;
    if (typeof next !== "object" || next === null) continue;
    const members = Object.entries(next).slice(0, 200);
    if (!Array.isArray(next)) names.push(members.map(([name, value]) => (withTypes ? `${name}: ${typeOf(value)}` : name)).join(" "));
    else if (withTypes) names.push(`list of ${members.length}`);
    for (const [, value] of members.reverse()) ahead.push(value);
  }
  return names.join(" / ");
}

function typeOf(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
