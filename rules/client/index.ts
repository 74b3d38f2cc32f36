import type { Rule } from "../../src/model/rule.ts";
import { credentialInUrl } from "./credential-in-url.ts";
import { keyChangedOnRetry } from "./key-changed-on-retry.ts";
import { keyMissing } from "./key-missing.ts";
import { keyReused } from "./key-reused.ts";
import { keyWeak } from "./key-weak.ts";
import { overLimit } from "./over-limit.ts";
import { retriedEarly } from "./retried-early.ts";
import { retriedFinal } from "./retried-final.ts";
import { retriedTooOften } from "./retried-too-often.ts";
import { retriedWithoutBackoff } from "./retried-without-backoff.ts";
import { unsafeRetry } from "./unsafe-retry.ts";

export const client: readonly Rule[] = [
  retriedFinal,
  retriedEarly,
  retriedTooOften,
  retriedWithoutBackoff,
  keyChangedOnRetry,
  unsafeRetry,
  keyMissing,
  keyReused,
  keyWeak,
  overLimit,
  credentialInUrl,
];
