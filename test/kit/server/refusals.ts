import type { Masked, Refusal } from "./answer.ts";

/** The built-in contract's table of errors, one function a row. */
export const refusals = {
  keyRequired: (): Refusal =>
    refusal("idempotency-key-required", 400, {
      type: "invalid_request_error",
      code: "idempotency_key_required",
      message: "Launching a course needs an Idempotency-Key header.",
    }),

  invalid: (code: string, message: string, param?: string): Refusal =>
    refusal("invalid-request", 400, { type: "invalid_request_error", code, message, ...(param === undefined ? {} : { param }) }),

  unauthenticated: (): Refusal => ({
    ...refusal("unauthenticated", 401, { type: "authentication_error", message: "The API key is missing or invalid." }),
    headers: [["WWW-Authenticate", 'Bearer realm="courses"']],
  }),

  /** One answer for missing and foreign alike: nobody learns that the resource exists. */
  notFound: (about: Masked): Refusal => ({
    ...refusal(`${about.resource}-not-found`, 404, {
      type: "not_found_error",
      code: `${about.resource}_not_found`,
      message: `There is no ${about.resource} '${about.id}'.`,
    }),
    about,
  }),

  unknownRoute: (): Refusal => refusal("unknown-route", 404, { type: "not_found_error", message: "There is nothing at this address." }),

  alreadyLaunched: (): Refusal =>
    refusal("already-launched", 409, {
      type: "invalid_request_error",
      code: "already_launched",
      message: "The course was launched before.",
    }),

  conflict: (code: string, message: string): Refusal => refusal("conflict", 409, { type: "invalid_request_error", code, message }),

  rateLimited: (seconds: number): Refusal => ({
    ...refusal("rate-limited", 429, {
      type: "rate_limit_error",
      code: `retry_after_${seconds}`,
      message: `Too many requests. Try again in ${seconds} seconds.`,
    }),
    headers: [["Retry-After", String(seconds)]],
  }),

  regenCapReached: (): Refusal =>
    refusal("regen-cap-reached", 429, {
      type: "rate_limit_error",
      code: "regen_cap_reached",
      message: "The note is recorded, but no more artifacts can be regenerated.",
    }),

  quotaExceeded: (): Refusal =>
    refusal("quota-exceeded", 429, {
      type: "quota_exceeded",
      code: "quota_exceeded",
      message: "This month's generations are used up.",
    }),

  serverError: (): Refusal => refusal("server-error", 500, { type: "server_error", message: "Something went wrong on our side." }),
};

function refusal(row: Refusal["row"], status: number, error: Refusal["error"]): Refusal {
  return { kind: "refusal", row, status, headers: [], error };
}
