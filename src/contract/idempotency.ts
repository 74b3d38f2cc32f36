import type { Idempotency, Row, SourceLine } from "../model/contract.ts";
import type { Request } from "../model/exchange.ts";
import type { Place } from "../model/place.ts";
import { resolvePointer } from "../syntax/json-pointer.ts";
import type { IdempotencyEntry } from "./contract-file.ts";
import { isAbsent } from "./matcher.ts";
import type { Router } from "./operations.ts";

export function compileIdempotency(
  entry: IdempotencyEntry,
  router: Router,
  row: (name: string | undefined) => Row | undefined,
  source: SourceLine,
): Idempotency {
  const duties = new Map(
    router.operations.flatMap((operation) => {
      const duty = entry.operations[operation.name];
      return duty === undefined ? [] : [[operation, { duty, operation }] as const];
    }),
  );
  const header = entry.key?.header ?? "Idempotency-Key";
  const pointer = entry.key?.pointer;
  const { syntax = "opaque", maxLength } = entry;
  return {
    keyOf: (request) => (pointer === undefined ? keyInHeader(request, header) : keyInBody(request, pointer)),
    isValidKey: (key) => fitsSyntax(key, syntax) && [...key].length <= (maxLength ?? Number.POSITIVE_INFINITY),
    dutyOf(request) {
      for (const operation of router.match(request)) {
        const duty = duties.get(operation);
        if (duty !== undefined) return duty;
      }
      return undefined;
    },
    operations: entry.operations,
    keyText: pointer === undefined ? `header ${header}` : `body ${pointer}`,
    keyPlace: pointer === undefined ? { header } : { pointer },
    syntax,
    maxLength,
    missing: row(entry.missing),
    reuse: row(entry.reuse),
    inFlight: row(entry.inFlight),
    replay: entry.replay ?? "unspecified",
    replayHeader: entry.replayHeader,
    retention: entry.retention === undefined ? undefined : parseDuration(entry.retention),
    source,
  };
}

function keyInHeader(request: Request, name: string) {
  const place: Place = { kind: "header", name, of: "request" };
  return { key: request.headers.get(name), place, known: true };
}

function keyInBody(request: Request, pointer: string) {
  const place: Place = { kind: "body", pointer, of: "request" };
  const known = request.body.state !== "not-captured" && !request.body.truncated;
  const parsed = known && request.body.state === "present" ? request.body.json() : undefined;
  const value = parsed?.ok ? resolvePointer(parsed.value, pointer) : undefined;
  return { key: isAbsent(value) ? undefined : typeof value === "string" ? value : JSON.stringify(value), place, known };
}

function fitsSyntax(key: string, syntax: NonNullable<IdempotencyEntry["syntax"]>): boolean {
  switch (syntax) {
    case "opaque":
      return key.trim() !== "";
    case "uuid":
      return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(key);
    case "sf-string":
      // RFC 9651 3.3.3: printable ASCII in double quotes, with quote and backslash escaped.
      return /^"(?:[ !#-[\]-~]|\\["\\])+"$/.test(key);
  }
}

/** An ISO 8601 duration in milliseconds; a year counts 365 days and a month 30. */
function parseDuration(text: string): number {
  const match = /^P(?:(\d+)W|(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/.exec(text);
  const [weeks, years, months, days, hours, minutes, seconds] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  const allDays = (weeks ?? 0) * 7 + (years ?? 0) * 365 + (months ?? 0) * 30 + (days ?? 0);
  return (((allDays * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
