import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type Json, type JsonObject } from "../src/model/json.ts";
import { resolvePointer } from "../src/syntax/json-pointer.ts";
import { provocations } from "./kit/record/provocations.ts";
import { type Exchange, openSession, type Session } from "./kit/record/session.ts";
import { field } from "./kit/server/answer.ts";
import { faults } from "./kit/server/faults/index.ts";

/** An answer, as the table below looks at it. */
interface View {
  readonly status: number;
  readonly text: string;
  readonly body: Json | undefined;
  readonly error: JsonObject;
  readonly all: (name: string) => string[];
  readonly header: (name: string) => string | undefined;
}

/** By which each faulty answer is known. None of it holds of the answer that is right. */
const shows: Readonly<Record<string, (view: View) => unknown>> = {
  "status-in-body-differs": ({ status, error }) => status === 404 && error.status === 400,
  "html-page": ({ header, text }) => header("Content-Type")?.startsWith("text/html") && text.startsWith("<!DOCTYPE html>"),
  "html-as-json": ({ header, text }) => header("Content-Type") === "application/json" && text.startsWith("<!DOCTYPE html>"),
  "plain-text": ({ header, text }) => header("Content-Type") === "text/plain" && text === "Internal Server Error",
  "json-cut-short": ({ body, text }) => body === undefined && text.startsWith('{"detail":{"error":{"type"'),
  "empty-body": ({ text, header }) => text === "" && header("Content-Length") === "0",
  "bare-detail": ({ text }) => text === '{"detail":"Not Found"}',
  "framework-list": ({ body }) => Array.isArray(resolvePointer(body, "/detail")),
  "errors-array": ({ body }) => resolvePointer(body, "/errors/0/type") === "server_error",
  "type-missing": ({ error }) => !("type" in error) && "message" in error,
  "message-missing": ({ error }) => !("message" in error) && "type" in error,
  "message-null": ({ error }) => error.message === null,
  "message-number": ({ error }) => error.message === 500,
  "message-blank": ({ error }) => error.message === " ",
  "message-placeholder": ({ error }) => error.message === "undefined",
  "message-repeats-code": ({ error }) => error.message === error.code,
  "code-object": ({ error }) => isObject(error.code),
  "param-array": ({ error }) => Array.isArray(error.param),
  "envelope-elsewhere": ({ body }) => resolvePointer(body, "/error/type") === "server_error",
  "content-type-text": ({ header, error }) => header("Content-Type")?.startsWith("text/plain") && error.code === "course_not_found",
  "error-on-success": ({ status, error }) => status === 200 && error.code === "course_not_found",
  "duplicate-member": ({ text }) => text.split('"message":').length === 3,
  "param-unknown": ({ error }) => error.param === "colour",
  "proxy-page": ({ status, text }) => status === 502 && text.includes("nginx"),
  "extra-member": ({ error }) => "trace_id" in error,

  "demanded-header-missing": ({ status, header }) => status === 400 && header("Cache-Control") === undefined,
  "param-of-another-row": ({ error }) => error.param === "subtitle",
  "status-403": ({ status }) => status === 403,
  "status-422": ({ status }) => status === 422,
  "status-405": ({ status, header }) => status === 405 && header("Allow") === "GET, PATCH, DELETE",
  "status-503": ({ status }) => status === 503,
  "type-unknown": ({ error }) => error.type === "api_error",
  "type-misspelt": ({ error }) => error.type === "not-found_error",
  "type-of-another-status": ({ status, error }) => status === 401 && error.type === "invalid_request_error",
  "quota-as-rate-limit": ({ error }) => error.type === "rate_limit_error" && error.code === "quota_exceeded",
  "code-on-401": ({ status, error }) => status === 401 && "code" in error,
  "code-on-500": ({ status, error }) => status === 500 && "code" in error,
  "code-missing": ({ status, error }) => status === 404 && !("code" in error),
  "code-unknown": ({ status, error }) => status === 404 && error.code === "no_such_course",
  "code-reserved": ({ status, error }) => status === 400 && error.code === "preset_not_found",
  "quota-code-missing": ({ error }) => error.type === "quota_exceeded" && !("code" in error),
  "code-malformed": ({ error, header }) => error.code === "retry_after_soon" && header("Retry-After") === "60",
  "code-of-another-operation": ({ error }) => error.code === "idempotency_key_required",

  "retry-after-missing": ({ status, header }) => status === 429 && header("Retry-After") === undefined,
  "retry-after-fraction": ({ header }) => header("Retry-After") === "59.493",
  "retry-after-negative": ({ header }) => header("Retry-After") === "-60",
  "retry-after-unit": ({ header }) => header("Retry-After") === "60s",
  "retry-after-epoch": ({ header }) => Math.abs(Date.parse(header("Date") ?? "") / 1000 + 60 - Number(header("Retry-After"))) <= 1,
  "retry-after-date": ({ header }) => Date.parse(header("Retry-After") ?? "") - Date.parse(header("Date") ?? "") === 60_000,
  "retry-after-words": ({ header }) => header("Retry-After") === "in a minute",
  "retry-after-twice": ({ all }) => all("Retry-After").length === 2,
  "retry-after-disagrees": ({ header, error }) => header("Retry-After") === "45" && error.code === "retry_after_60",
  "retry-after-before-reset": ({ header }) => header("RateLimit") === '"account";r=0;t=80' && header("Retry-After") === "60",
  "retry-after-zero": ({ header, error }) => header("Retry-After") === "0" && error.code === "retry_after_0",
  "retry-after-too-long": ({ header, error }) => header("Retry-After") === "180" && error.code === "retry_after_180",
  "retry-after-on-quota": ({ error, header }) => error.code === "quota_exceeded" && header("Retry-After") === "60",
  "ratelimit-malformed": ({ header }) => header("RateLimit") === '"account";r=-1;t=soon',
  "released-late": ({ status }) => status === 429,
  "limit-not-enforced": ({ status }) => status === 200,

  "course-admitted": ({ status }) => status === 403,
  "preset-admitted": ({ status }) => status === 403,
  "row-of-another-resource": ({ status, error }) => status === 404 && error.code === "preset_not_found",
  "foreign-as-409": ({ status, error }) => status === 409 && error.code === "course_in_use",
  "foreign-message-differs": ({ status, error }) => status === 404 && error.message === "The course cannot be shown.",
  "foreign-param-differs": ({ status, error }) => status === 404 && error.param === "course_id",
  "foreign-member-order-differs": ({ error }) => Object.keys(error).join() === "message,code,type",
  "foreign-header-differs": ({ status, header }) => status === 404 && header("ETag") === '"1"',
  "foreign-cookie-differs": ({ status, header }) => status === 404 && header("Set-Cookie") !== undefined,
  "foreign-caching-differs": ({ status, header }) => status === 404 && header("Cache-Control") === "private, no-store",
  "foreign-validation-order-differs": ({ status, error }) => status === 400 && error.code === "malformed_body",
  "ownership-hinted": ({ status, error }) => status === 404 && /permission/.test(String(error.message)),
  "foreign-served": ({ status, body }) => status === 200 && isObject(body) && /^crs_/.test(String(body.id)),
  "refusal-cacheable": ({ status, header }) => status === 404 && header("Cache-Control") === undefined,
  "refusal-kept-for-an-hour": ({ status, header }) => status === 404 && header("Cache-Control") === "private, max-age=3600",

  "key-not-required": ({ status }) => status === 200,
  "missing-key-misanswered": ({ status, error }) => status === 400 && error.code === "header_missing",
  "present-key-rejected": ({ status, error }) => status === 400 && error.code === "idempotency_key_required",
  "replay-refused": ({ status, error }) => status === 409 && error.code === "already_launched",
  "replay-unmarked": ({ status, header }) => status === 200 && header("Idempotent-Replayed") === undefined,
  "replay-repeats": ({ status, body, text }) => status === 200 && isObject(body) && text.includes("crs_new00002"),
  "reuse-accepted": ({ status }) => status === 200,
  "key-crosses-accounts": ({ status, text }) => status === 200 && text.includes("crs_new00001"),

  "challenge-missing": ({ status, header }) => status === 401 && header("WWW-Authenticate") === undefined,
  "challenge-without-comma": ({ header }) => header("WWW-Authenticate") === 'Bearer realm="courses" Basic realm="courses"',
  "challenge-bare": ({ header }) => header("WWW-Authenticate") === "Bearer",
  "challenge-repeated": ({ header }) => header("WWW-Authenticate") === 'Bearer realm="courses", realm="all"',
  "missing-credential-as-403": ({ status }) => status === 403,
  "missing-credential-as-400": ({ status, error }) => status === 400 && error.code === "api_key_required",
  "bad-credential-as-403": ({ status }) => status === 403,
  "existence-before-authentication": ({ status, error }) => status === 404 && error.code === "course_not_found",
  "validation-before-authentication": ({ status, error }) => status === 400 && error.code === "malformed_body",
  "anonymous-served": ({ status }) => status === 200,

  "stack-trace": ({ error }) => String(error.message).includes("\n    at "),
  "stack-frame": ({ error }) => /^at \S+ \(\/srv/.test(String(error.message)),
  "exception-name": ({ error }) => String(error.message).startsWith("TypeError: "),
  "sql-error": ({ status, error }) => status === 409 && String(error.message).includes("courses_title_key"),
  "file-path": ({ error }) => String(error.message).includes("/srv/courses/"),
  "debug-page": ({ text }) => text.includes("Werkzeug Debugger"),
  "credential-echoed": ({ status, error }) => status === 404 && String(error.message).includes("kit-secret-of-alice"),
  "key-shown": ({ error }) => /_live_/.test(String(error.message)),
  "address-in-message": ({ error }) => String(error.message).includes("10.1.7.23"),
  "address-in-location": ({ header }) => header("Location")?.includes(".svc.cluster.local/"),
  "version-banner": ({ header }) => header("Server") === "gunicorn/19.9.0",
  "markup-reflected": ({ text }) => text.includes("<i>0001</i>"),
  "crash-on-bad-json": ({ status, error }) => status === 500 && error.type === "server_error",

  "allow-missing": ({ status, header }) => status === 405 && header("Allow") === undefined,
  "allow-lists-refused": ({ status, header }) => status === 405 && header("Allow")?.includes("PUT"),
  "content-type-missing": ({ error, header }) => error.type === "server_error" && header("Content-Type") === undefined,
  "head-not-routed": ({ status, text }) => status === 404 && text === "",
  "limit-cacheable": ({ status, header }) => status === 429 && header("Cache-Control") === "public, max-age=60",
  "unauthenticated-cacheable": ({ status, header }) => status === 401 && header("Cache-Control") === "max-age=600",
  "upgrade-missing": ({ status, header }) => status === 426 && header("Upgrade") === undefined,
  "date-missing": ({ status, header }) => status === 400 && header("Date") === undefined,
  "status-799": ({ status }) => status === 799,
  "status-420": ({ status }) => status === 420,
  "sent-to-login": ({ status, header }) => status === 302 && header("Location")?.startsWith("/login"),
  "cors-on-successes-only": ({ status, header }) => status === 404 && header("Access-Control-Allow-Origin") === undefined,
  "wait-not-exposed": ({ header }) => header("Retry-After") === "60" && header("Access-Control-Expose-Headers") === undefined,
};

let session: Session;
beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.close());

describe("faults", () => {
  it("have names of their own, at least forty, over all the families", () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(40);
    expect([...new Set(faults.map(({ rule }) => rule.split("/")[0]))]).toEqual([
      "envelope",
      "pairing",
      "rate-limit",
      "masking",
      "idempotency",
      "authentication",
      "disclosure",
      "http",
    ]);
    expect(Object.keys(shows)).toEqual(faults.map(({ name }) => name));
  });

  it.each(faults)("$name: $breaks", async ({ name, provokedBy }) => {
    const provoke = async (...on: string[]) => {
      session.server.reset();
      session.server.use(...on);
      return view(await provocations[provokedBy](session, "0001"));
    };
    expect(shows[name]?.(await provoke())).toBeFalsy();
    expect(shows[name]?.(await provoke(name))).toBe(true);
  });

  it("must exist", () => {
    expect(() => session.server.use("no-such-fault")).toThrow("There is no fault named no-such-fault.");
  });
});

function view({ response }: Exchange): View {
  const body = parse(response.text);
  const error = resolvePointer(body, session.server.envelope.place);
  return {
    status: response.status,
    text: response.text,
    body,
    error: isObject(error) ? error : {},
    all: (name) => response.headers.filter((line) => line[0] === name).map(([, value]) => value),
    header: (name) => field(response.headers, name),
  };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
