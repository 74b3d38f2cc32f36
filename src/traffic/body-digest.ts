import type { Body } from "../model/exchange.ts";
import { isObject } from "../model/json.ts";
import { canonicalJson } from "../syntax/canonical-json.ts";
import { digest } from "./request-fingerprint.ts";
import { keepable } from "./shortened.ts";

/** An object with more members is digested as a whole. */
const mostMembers = 32;

/** A body as one digest for each member of its object, or one under "" for anything else. Small, and comparable. */
export type BodyDigest = ReadonlyMap<string, string>;

/** The digest of a body, members that change with every answer left out; undefined where it was not (fully) captured. */
export function digestBody(body: Body, alsoVolatile: ReadonlySet<string> = new Set()): BodyDigest | undefined {
  if (body.state === "empty") return new Map();
  if (body.state === "not-captured" || body.truncated) return undefined;
  const parsed = body.json();
  const leaveOut = (name: string) => alsoVolatile.has(name) || isVolatile(name);
  if (!parsed.ok) return new Map([["", digest(body.text())]]);
  const members = isObject(parsed.value) ? Object.entries(parsed.value).filter(([name]) => !leaveOut(name)) : [];
  if (!isObject(parsed.value) || members.length > mostMembers) return new Map([["", digest(canonicalJson(parsed.value, leaveOut))]]);
  return new Map(members.map(([name, value]) => [keepable(name), digest(canonicalJson(value, leaveOut))]));
}

/** The first member, by name, that differs; undefined = none does. */
export function differingMember(a: BodyDigest, b: BodyDigest): string | undefined {
  return [...new Set([...a.keys(), ...b.keys()])].sort().find((name) => a.get(name) !== b.get(name));
}

/** Names of members that hold the moment or the request, and not the resource: `request_id`, `servedAt`, `timestamp`. */
function isVolatile(name: string): boolean {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll("-", "_");
  return /(?:^|_)(?:(?:request|trace|correlation|span)_?id|timestamp|date|time|nonce|elapsed|duration)$|_(?:at|in|ms)$/.test(snake);
}
