import type { HeaderDuty, RetryAfterDuty, Row, SourceLine } from "../model/contract.ts";
import { makeSchema } from "../syntax/json-schema.ts";
import { type Condition, makeCondition } from "./condition.ts";
import type { RetryAfterEntry, RowEntry } from "./contract-file.ts";
import { type CompiledEnvelope, namesOf } from "./envelope.ts";
import { type CompiledMatcher, makeMatcher, matcherOrder, readings } from "./matcher.ts";
import { makeStatusSet, type StatusRange } from "./status-set.ts";

/** A row with what the compiler knows of it. */
export interface CompiledRow extends Row {
  readonly envelope: CompiledEnvelope;
  readonly status: StatusRange;
  readonly type: CompiledMatcher;
  readonly code: CompiledMatcher;
  readonly param: CompiledMatcher;
  readonly when: Condition | undefined;
  /** Place in the file, the base's rows first. */
  readonly index: number;
}

export function compileRow(entry: RowEntry, envelope: CompiledEnvelope, index: number, source: SourceLine): CompiledRow {
  return {
    name: entry.name,
    source,
    envelope,
    status: makeStatusSet(entry.status),
    type: makeMatcher(entry.type),
    code: makeMatcher(entry.code),
    param: makeMatcher(entry.param),
    when: entry.when === undefined ? undefined : makeCondition(entry.when),
    operations: namesOf(entry.operations),
    headers: Object.entries(entry.headers ?? {}).map(([name, header]) => compileHeader(name, header)),
    retryAfter: compileRetryAfter(entry.retryAfter),
    retry: entry.retry ?? "unspecified",
    docs: entry.docs,
    index,
  };
}

/** Negative: `a` is the more specific. Zero where the two tie, which only the file's order can decide. */
export function compareRows(a: CompiledRow, b: CompiledRow): number {
  if (a.when !== undefined && b.when !== undefined) return a.index - b.index;
  return (
    Number(b.when !== undefined) - Number(a.when !== undefined) ||
    Number(b.operations !== undefined) - Number(a.operations !== undefined) ||
    matcherOrder[b.code.kind] - matcherOrder[a.code.kind] ||
    matcherOrder[b.param.kind] - matcherOrder[a.param.kind] ||
    matcherOrder[b.type.kind] - matcherOrder[a.type.kind] ||
    Number(b.status.single) - Number(a.status.single)
  );
}

function compileHeader(name: string, header: NonNullable<RowEntry["headers"]>[string]): HeaderDuty {
  const schema = makeSchema(header.schema ?? true);
  return {
    name,
    required: header.required ?? false,
    fault(value) {
      const [first, ...others] = [value, ...readings(value)].map((reading) => schema.errorsOf(reading));
      if (first === undefined || first.length === 0 || others.some((errors) => errors.length === 0)) return undefined;
      // A schema that asks for a number is best explained by what is wrong with the number, where there is one.
      const told = others[0] ?? first;
      return told.map((error) => error.message ?? "is wrong").join(", ");
    },
  };
}

function compileRetryAfter(entry: RetryAfterEntry | undefined): RetryAfterDuty {
  const given: Exclude<RetryAfterEntry, string> = typeof entry === "object" ? entry : {};
  return {
    presence: typeof entry === "string" ? (entry as RetryAfterDuty["presence"]) : (given.presence ?? "optional"),
    form: given.form ?? "any",
    min: given.min ?? 0,
    max: given.max,
    equals: compileEquals(given.equals),
  };
}

type EqualsEntry = Exclude<RetryAfterEntry, string>["equals"];

function compileEquals(equals: EqualsEntry): RetryAfterDuty["equals"] {
  const tolerance = equals?.tolerance ?? 0;
  if (equals?.capture !== undefined) return { capture: equals.capture, tolerance };
  return equals?.member === undefined ? undefined : { member: equals.member, tolerance };
}
