import type { Field } from "../answer.ts";
import type { Fault } from "../fault.ts";
import { header, onRow, setHeader, status, waitOf } from "./change.ts";

const retryAfter = header("Retry-After");

/** Answers that say "later", and do not say when, or not truly. */
export const rateLimitFaults: readonly Fault[] = [
  {
    name: "retry-after-missing",
    breaks: "A rate limit has no Retry-After.",
    rule: "rate-limit/retry-after-missing",
    note: "missing",
    row: "rate-limited",
    place: retryAfter,
    provokedBy: "rate limit",
    ...setHeader("rate-limited", "Retry-After", undefined),
  },
  malformed("fraction", "a fraction of a second", (wait) => `${wait - 1}.493`),
  malformed("negative", "a negative number", (wait) => `-${wait}`),
  malformed("unit", "a number with a unit", (wait) => `${wait}s`),
  malformed("epoch", "a point in time, in seconds since 1970", (wait, now) => String(Math.floor(now / 1000) + wait)),
  malformed("date", "a date where the contract wants seconds", (wait, now) => new Date(now + wait * 1000).toUTCString(), "wrongForm"),
  malformed("words", "words", () => "in a minute"),
  {
    name: "retry-after-twice",
    breaks: "Retry-After stands there twice.",
    rule: "rate-limit/retry-after-malformed",
    note: "malformed",
    row: "rate-limited",
    place: retryAfter,
    provokedBy: "rate limit",
    ...onRow("rate-limited", (refusal) => ({ ...refusal, headers: [...refusal.headers, ...refusal.headers] })),
  },
  {
    name: "retry-after-disagrees",
    breaks: "Retry-After and the code name different waits.",
    rule: "rate-limit/retry-after-disagrees",
    note: "disagrees",
    row: "rate-limited",
    place: retryAfter,
    provokedBy: "rate limit",
    ...setHeader("rate-limited", "Retry-After", ({ answer }) => String(waitOf(answer) - 15)),
  },
  {
    name: "retry-after-before-reset",
    breaks: "Retry-After ends before the RateLimit field's reset.",
    rule: "rate-limit/retry-after-disagrees",
    note: "beforeReset",
    row: "rate-limited",
    place: retryAfter,
    provokedBy: "rate limit",
    ...setHeader("rate-limited", "RateLimit", ({ answer }) => `"account";r=0;t=${waitOf(answer) + 20}`),
  },
  outOfRange("zero", "no wait at all", 0, "below"),
  outOfRange("too-long", "a longer wait than the limit's window", 180, "beyondWindow"),
  {
    name: "retry-after-on-quota",
    breaks: "The monthly quota invites a retry.",
    rule: "rate-limit/retry-after-unexpected",
    note: "pointless",
    row: "quota-exceeded",
    place: retryAfter,
    provokedBy: "quota",
    ...setHeader("quota-exceeded", "Retry-After", "60"),
  },
  {
    name: "ratelimit-malformed",
    breaks: "The RateLimit field is not a structured field.",
    rule: "rate-limit/field-malformed",
    note: "malformed",
    row: null,
    place: header("RateLimit"),
    provokedBy: "rate limit",
    ...setHeader("rate-limited", "RateLimit", '"account";r=-1;t=soon'),
  },
  {
    name: "released-late",
    breaks: "An account is still limited after the wait it was told.",
    rule: "rate-limit/not-released",
    note: "stillLimited",
    row: "rate-limited",
    place: status,
    provokedBy: "rate limit waited out",
    policy: { releaseLate: 45_000 },
  },
  {
    name: "limit-not-enforced",
    breaks: "More requests are served than the limit allows.",
    rule: "rate-limit/not-enforced",
    note: "exceeded",
    row: null,
    place: { kind: "exchange" },
    provokedBy: "burst",
    policy: { limited: false },
  },
];

function malformed(name: string, what: string, value: (wait: number, now: number) => string, note = "malformed"): Fault {
  return {
    name: `retry-after-${name}`,
    breaks: `Retry-After is ${what}.`,
    rule: "rate-limit/retry-after-malformed",
    note,
    row: "rate-limited",
    place: retryAfter,
    provokedBy: "rate limit",
    ...setHeader("rate-limited", "Retry-After", ({ answer, now }) => value(waitOf(answer), now)),
  };
}

/** Header and code agree, and both are wrong. */
function outOfRange(name: string, what: string, seconds: number, note: string): Fault {
  return {
    name: `retry-after-${name}`,
    breaks: `Retry-After is ${what}.`,
    rule: "rate-limit/retry-after-out-of-range",
    note,
    row: "rate-limited",
    place: retryAfter,
    provokedBy: "rate limit",
    ...onRow("rate-limited", (refusal) => ({
      ...refusal,
      error: { ...refusal.error, code: `retry_after_${seconds}` },
      headers: refusal.headers.map(([field, value]): Field => [field, field === "Retry-After" ? String(seconds) : value]),
    })),
  };
}
