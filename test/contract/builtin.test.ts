import { describe, expect, test } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { makeExchange } from "../kit/exchange.ts";
import { readError, tell } from "./kit.ts";

const contract = await loadContract();
const launch = { method: "POST", url: "/v1/courses/c_1/launch" };
const course = { url: "/v1/courses/c_1" };
const nowhere = { url: "/v1/nowhere" };

/** Every line of the documented table, as a request is answered. */
const documented = [
  [launch, 400, "invalid_request_error", "idempotency_key_required", "met idempotency-key-required"],
  [course, 400, "invalid_request_error", "title_too_long", "met invalid-request"],
  [course, 400, "invalid_request_error", undefined, "met invalid-request"],
  [course, 401, "authentication_error", undefined, "met unauthenticated"],
  [course, 401, "authentication_error", null, "met unauthenticated"],
  [course, 404, "not_found_error", "course_not_found", "met course-not-found"],
  [course, 404, "not_found_error", "preset_not_found", "met preset-not-found"],
  [nowhere, 404, "not_found_error", undefined, "met unknown-route"],
  [launch, 409, "invalid_request_error", "already_launched", "met already-launched"],
  [course, 409, "invalid_request_error", "wrong_state", "met conflict"],
  [course, 409, "invalid_request_error", undefined, "met conflict"],
  [course, 429, "rate_limit_error", "retry_after_12", "met rate-limited"],
  [course, 429, "rate_limit_error", "regen_cap_reached", "met regen-cap-reached"],
  [course, 429, "quota_exceeded", "quota_exceeded", "met quota-exceeded"],
  [course, 500, "server_error", undefined, "met server-error"],
  // Breaches, each named by the step that failed.
  [course, 403, "authentication_error", undefined, /^refused status: idempotency-key-required, invalid-request, /],
  [course, 404, "not_found", "course_not_found", "refused type: course-not-found, preset-not-found, unknown-route"],
  [course, 400, "invalid_request_error", "course_not_found", "refused code: idempotency-key-required, invalid-request"],
  [course, 409, "invalid_request_error", "retry_after_5", "refused code: already-launched, conflict"],
  [course, 400, "invalid_request_error", "idempotency_key_required", "refused operation: idempotency-key-required"],
  [course, 404, "not_found_error", undefined, "refused operation: unknown-route"],
  [course, 401, "authentication_error", "expired", "refused code: unauthenticated"],
  [course, 429, "rate_limit_error", "retry_after_x", "refused code: rate-limited, regen-cap-reached"],
  [course, 429, "rate_limit_error", "quota_exceeded", "refused code: rate-limited, regen-cap-reached"],
  [course, 429, "server_error", undefined, "refused type: rate-limited, regen-cap-reached, quota-exceeded"],
] as const;

describe.each([
  ["/detail/error", (error: Record<string, unknown>) => ({ detail: { error } })],
  ["/error", (error: Record<string, unknown>) => ({ error })],
  ["", (error: Record<string, unknown>) => error],
])("with the envelope at %j", (pointer, wrap) => {
  test.each(documented)("%j %i %s %s: %s", (request, status, type, code, expected) => {
    const exchange = makeExchange({ ...request, status, body: wrap({ type, code, message: "Told to people." }) });
    expect(tell(contract, exchange)).toMatch(typeof expected === "string" ? new RegExp(`^${expected}$`) : expected);
    expect(readError(contract, exchange).pointer).toBe(pointer);
  });
});

test("names the seconds of a rate limit", () => {
  const body = { error: { type: "rate_limit_error", code: "retry_after_12", message: "Slow down." } };
  const [meeting] = readError(contract, makeExchange({ status: 429, body })).meetings;
  expect(meeting).toMatchObject({ kind: "met", captures: { seconds: "12" } });
});

test("finds operations, the most specific first, and the resources in the path", () => {
  const { request } = makeExchange({ method: "POST", url: "/api/v2/courses/a%2Fb/launch/?x=1" });
  expect(contract.operationsOf(request).map(({ name }) => name)).toEqual(["launchCourse", "anyCourse"]);
  expect(contract.resourcesOf(request).map(({ id, masking }) => [masking.resource, id])).toEqual([["course", "a/b"]]);
  const nested = makeExchange({ url: "/courses/c/presets/p" }).request;
  expect(contract.resourcesOf(nested).map(({ id }) => id)).toEqual(["c", "p"]);
  expect(contract.operationsOf(makeExchange({ url: "/courses" }).request)).toEqual([]);
});

test("a 403 on a course reveals it, on anything else it does not", () => {
  const body = { error: { type: "authentication_error", message: "No." } };
  expect(readError(contract, makeExchange({ status: 403, body })).reveals?.resource).toBe("course");
  expect(readError(contract, makeExchange({ status: 403, body, url: "/courses/c/presets/p" })).reveals?.resource).toBe("preset");
  expect(readError(contract, makeExchange({ status: 403, body, url: "/v1/account" })).reveals).toBeUndefined();
  expect(readError(contract, makeExchange({ status: 404, body })).reveals).toBeUndefined();
});

test("declares what the documentation does", () => {
  expect(contract.types).toEqual([
    "invalid_request_error",
    "authentication_error",
    "not_found_error",
    "rate_limit_error",
    "quota_exceeded",
    "server_error",
  ]);
  expect(contract.row("rate-limited")?.retryAfter).toEqual({
    presence: "required",
    form: "seconds",
    min: 1,
    max: undefined,
    equals: { capture: "seconds", tolerance: 0 },
  });
  expect(contract.idempotency?.dutyOf(makeExchange(launch).request)?.duty).toBe("required");
  expect(contract.idempotency?.dutyOf(makeExchange().request)).toBeUndefined();
  expect(contract.authentication).toMatchObject({ credentials: [{ header: "Authorization" }], public: ["health"], challenge: "optional" });
  expect(contract.client).toMatchObject({ maxRetries: 3, backoff: "exponential", jitter: true });
});

test("a success is no error, and costs no look at its body", () => {
  const exchange = makeExchange({ status: 200 });
  const body = {
    ...exchange.response.body,
    text: () => {
      throw new Error("looked");
    },
    json: () => {
      throw new Error("looked");
    },
  };
  expect(contract.read({ ...exchange, response: { ...exchange.response, body } })).toBeUndefined();
});

test("reads an exchange once", () => {
  const exchange = makeExchange({ status: 500 });
  expect(contract.read(exchange)).toBe(contract.read(exchange));
});

test("finds an error in a success, but not a resource that has a member called error", () => {
  const find = (body: object) => contract.findErrors(makeExchange({ body: body as Record<string, unknown> }).response.body);
  expect(find({ error: { type: "server_error", message: "Oops." } })).toMatchObject({ pointer: "/error" });
  expect(find({ detail: { error: { type: "server_error", message: "Oops.", code: null } } })).toMatchObject({ pointer: "/detail/error" });
  expect(find({ error: { type: "fatal", message: "Oops." } })).toBeUndefined();
  expect(find({ error: { type: "server_error", message: 5 } })).toBeUndefined();
  expect(find({ error: { type: "server_error" } })).toBeUndefined();
  expect(find({ error: null, type: "course" })).toBeUndefined();
});
