import type { Exchange, Headers } from "../model/exchange.ts";
import type { JsonObject } from "../model/json.ts";
import { type JsonSchema, makeSchema, type SchemaSource } from "../syntax/json-schema.ts";
import { essenceOf, matchesMediaRange } from "../syntax/media-type.ts";
import type { WhenEntry } from "./contract-file.ts";
import { acceptsText, type CompiledMatcher, type MatcherSource, makeMatcher } from "./matcher.ts";
import { makeStatusSet, type StatusRange } from "./status-set.ts";

/** `unknown`: what would decide it was not captured. */
export type Holding = boolean | "unknown";

/** What of an answer a condition may look at. */
interface Scene {
  readonly exchange: Exchange;
  /** False: the body says nothing, for it was not captured or there cannot be one. */
  readonly readable: boolean;
  /** Finds the error object in question; undefined where what it says is unknown. */
  readonly error: (() => JsonObject | undefined) | undefined;
}

/** A `when`, compiled. */
export interface Condition {
  readonly status: StatusRange | undefined;
  /** Matchers of response header fields. */
  readonly headers: readonly HeaderMatcher[];
  /** Is there no condition on anything else? */
  readonly onlyHeaders: boolean;
  /** For people. */
  readonly text: string;
  holds(scene: Scene): Holding;
}

type HeaderMatcher = readonly [name: string, matcher: CompiledMatcher];
type Check = (scene: Scene) => Holding;

/** Checks run from cheap to dear, and stop at the first that fails. */
export function makeCondition(when: WhenEntry | undefined): Condition {
  const status = when?.status === undefined ? undefined : makeStatusSet(when.status);
  const headers = compileHeaders(when?.headers);
  const checks: Check[] = [];
  if (status !== undefined) checks.push(({ exchange }) => status.has(exchange.response.status));
  if (when?.request?.methods !== undefined) checks.push(checkMethods(when.request.methods));
  if (when?.mediaTypes !== undefined) checks.push(checkMediaTypes(when.mediaTypes));
  if (when?.headers !== undefined) checks.push(checkHeaders(headers, (exchange) => exchange.response.headers));
  if (when?.request?.headers !== undefined)
    checks.push(checkHeaders(compileHeaders(when.request.headers), (exchange) => exchange.request.headers));
  if (when?.body !== undefined) checks.push(checkBody(when.body));
  if (when?.error !== undefined) checks.push(checkError(when.error));
  if (when?.request?.body !== undefined) checks.push(checkRequestBody(when.request.body));
  const onlyHeaders = Object.keys(when ?? {}).every((key) => key === "headers");
  return { status, headers, onlyHeaders, text: describeWhen(when ?? {}, headers), holds: (scene) => allHold(checks, scene) };
}

/** The media type a response is labelled with: its Content-Type field, else what the capture says. */
export function mediaTypeOf(exchange: Exchange): string | undefined {
  return essenceOf(exchange.response.headers.get("content-type") ?? exchange.response.body.mediaType);
}

function allHold(checks: readonly Check[], scene: Scene): Holding {
  let sum: Holding = true;
  for (const check of checks) {
    const holding = check(scene);
    if (holding === false) return false;
    if (holding === "unknown") sum = "unknown";
  }
  return sum;
}

function checkMethods(methods: readonly string[]): Check {
  return ({ exchange }) => methods.includes(exchange.request.method);
}

function checkMediaTypes(ranges: readonly string[]): Check {
  const lower = ranges.map((range) => range.toLowerCase());
  return ({ exchange }) => {
    const essence = mediaTypeOf(exchange);
    return essence !== undefined && lower.some((range) => matchesMediaRange(essence, range));
  };
}

function compileHeaders(matchers: Readonly<Record<string, MatcherSource>> = {}): HeaderMatcher[] {
  return Object.entries(matchers).map(([name, matcher]) => [name, makeMatcher(matcher)]);
}

function checkHeaders(matchers: readonly HeaderMatcher[], headersOf: (exchange: Exchange) => Headers): Check {
  return ({ exchange }) => matchers.every(([name, matcher]) => acceptsText(matcher, headersOf(exchange).get(name)));
}

function describeWhen(when: WhenEntry, headers: readonly HeaderMatcher[]): string {
  const parts = headers.map(([name, matcher]) => `header ${name}: ${matcher.text}`);
  if (when.status !== undefined) parts.push(`status ${makeStatusSet(when.status).text}`);
  if (when.mediaTypes !== undefined) parts.push(`sent as ${when.mediaTypes.join(" or ")}`);
  if (when.body !== undefined) parts.push(`body fitting ${JSON.stringify(when.body)}`);
  if (when.error !== undefined) parts.push(`error fitting ${JSON.stringify(when.error)}`);
  if (when.request?.methods !== undefined) parts.push(`request ${when.request.methods.join(" or ")}`);
  for (const [name, matcher] of compileHeaders(when.request?.headers)) parts.push(`request header ${name}: ${matcher.text}`);
  if (when.request?.body !== undefined) parts.push(`request body fitting ${JSON.stringify(when.request.body)}`);
  return parts.join("; ");
}

function checkBody(source: SchemaSource): Check {
  const schema = makeSchema(source);
  const words = wordsRequired(source);
  return ({ exchange, readable }) => {
    if (!readable) return "unknown";
    const { body } = exchange.response;
    // Success bodies pass here by the thousand: most can be told from an error without being parsed.
    if (body.state === "empty" || words.some((word) => !body.mayMention(word))) return false;
    return fits(schema, body);
  };
}

function checkRequestBody(source: SchemaSource): Check {
  const schema = makeSchema(source);
  return ({ exchange }) => {
    const { body } = exchange.request;
    if (body.state === "not-captured" || body.truncated) return "unknown";
    return body.state === "present" && fits(schema, body);
  };
}

function checkError(source: SchemaSource): Check {
  const schema = makeSchema(source);
  return ({ error }) => (error === undefined ? "unknown" : schema.accepts(error()));
}

function fits(schema: JsonSchema, body: Exchange["response"]["body"]): boolean {
  const parsed = body.json();
  return parsed.ok && schema.accepts(parsed.value);
}

/** Member names without which a schema cannot hold, where a body can be searched for them as they are. */
function wordsRequired(source: SchemaSource): string[] {
  const required = typeof source === "object" && Array.isArray(source.required) ? source.required : [];
  return required.filter((name): name is string => typeof name === "string" && /^[\w .:@$-]+$/.test(name));
}
