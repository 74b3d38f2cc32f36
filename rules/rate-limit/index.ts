import type { Rule } from "../../src/model/rule.ts";
import { fieldMalformed } from "./field-malformed.ts";
import { notEnforced } from "./not-enforced.ts";
import { notReleased } from "./not-released.ts";
import { releasePostponed } from "./release-postponed.ts";
import { retryAfterDisagrees } from "./retry-after-disagrees.ts";
import { retryAfterMalformed } from "./retry-after-malformed.ts";
import { retryAfterMissing } from "./retry-after-missing.ts";
import { retryAfterOutOfRange } from "./retry-after-out-of-range.ts";
import { retryAfterUnexpected } from "./retry-after-unexpected.ts";
import { wrongScope } from "./wrong-scope.ts";

export const rateLimit: readonly Rule[] = [
  retryAfterMissing,
  retryAfterMalformed,
  retryAfterDisagrees,
  retryAfterOutOfRange,
  retryAfterUnexpected,
  fieldMalformed,
  notReleased,
  notEnforced,
  releasePostponed,
  wrongScope,
];
