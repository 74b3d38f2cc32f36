import type { Matcher } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import { makeSchema, type SchemaSource } from "../syntax/json-schema.ts";
import { groupNames, makePattern, type Pattern } from "../syntax/pattern.ts";

/** What a contract file holds where a matcher is expected. */
export type MatcherSource = string | number | boolean | readonly (string | number)[] | { readonly [keyword: string]: unknown };

/** A matcher as the compiler needs it. */
export interface CompiledMatcher extends Matcher {
  readonly pattern: Pattern | undefined;
  /** Names of the pattern's groups. */
  readonly groups: readonly string[];
  /** Equal texts = the same matcher. */
  readonly identity: string;
}

/** How much a matcher pins down: literal or list, then pattern, another schema, absent, any. */
export const matcherOrder: Readonly<Record<Matcher["kind"], number>> = { literal: 4, pattern: 3, schema: 2, absent: 1, any: 0 };

export function makeMatcher(source: MatcherSource | undefined): CompiledMatcher {
  if (source === undefined || source === true) return plain("any", "any", () => true);
  if (source === false) return plain("absent", "absent", isAbsent);
  if (typeof source === "object" && !isList(source)) return fromSchema(source);
  return literal(isList(source) ? source : [source], () => true);
}

/** null counts as absent, everywhere. */
export function isAbsent(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}

function fromSchema(source: { readonly [keyword: string]: unknown }): CompiledMatcher {
  const schema = makeSchema(source as SchemaSource);
  const fits = (value: Json | undefined) => !isAbsent(value) && schema.accepts(value);
  const rest = Object.keys(source).filter((keyword) => !["type", "description", "title", "examples", "$comment"].includes(keyword));
  const values = "const" in source ? [source.const] : Array.isArray(source.enum) ? source.enum : undefined;
  if (values !== undefined && values.length > 0 && values.every(isScalar)) {
    // ajv is asked only where the schema says more than the values do.
    return literal(values, rest.length === 1 && source.type === undefined ? () => true : fits);
  }
  if (typeof source.pattern === "string") return fromPattern(source.pattern, source, rest, fits);
  const text =
    typeof source.type === "string" && rest.length === 0
      ? `${/^[aeiou]/.test(source.type) ? "an" : "a"} ${source.type}`
      : "fitting its schema";
  return { ...plain("schema", text, fits), identity: JSON.stringify(source) };
}

/** A pattern asks for a string, unless the schema names another type: JSON Schema's own `pattern` lets every number pass. */
function fromPattern(
  text: string,
  source: { readonly type?: unknown },
  rest: readonly string[],
  fits: (value: Json | undefined) => boolean,
): CompiledMatcher {
  const pattern = makePattern(text);
  const onlyText = source.type === undefined || source.type === "string";
  const accepts = (value: Json | undefined) => {
    if (typeof value === "string") return pattern.test(value) && (rest.length === 1 || fits(value));
    return !onlyText && fits(value);
  };
  return { ...plain("pattern", `matching ${text}`, accepts), pattern, groups: groupNames(text), identity: JSON.stringify(source) };
}

function literal(values: readonly (string | number)[], fits: (value: Json | undefined) => boolean): CompiledMatcher {
  const accepted = new Set<Json | undefined>(values);
  const text = values.length < 2 ? String(values[0]) : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
  const matcher = plain("literal", text, (value) => accepted.has(value) && fits(value));
  return { ...matcher, values: [...values], identity: JSON.stringify(values) };
}

function plain(kind: Matcher["kind"], text: string, accepts: Matcher["accepts"]): CompiledMatcher {
  return { kind, text, values: [], accepts, pattern: undefined, groups: [], identity: kind };
}

function isList(source: object | string | number): source is readonly (string | number)[] {
  return Array.isArray(source);
}

function isScalar(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** A header's value is text: it may stand for the number or boolean that a matcher asks for. */
export function acceptsText(matcher: Matcher, text: string | undefined): boolean {
  return matcher.accepts(text) || (text !== undefined && readings(text).some((value) => matcher.accepts(value)));
}

/** The numbers and booleans a header's text may stand for. */
export function readings(text: string): Json[] {
  if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text)) return [Number(text)];
  return text === "true" ? [true] : text === "false" ? [false] : [];
}
