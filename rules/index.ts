import type { Rule } from "../src/model/rule.ts";
import { envelope } from "./envelope/index.ts";
import { idempotency } from "./idempotency/index.ts";
import { masking } from "./masking/index.ts";
import { pairing } from "./pairing/index.ts";
import { rateLimit } from "./rate-limit/index.ts";

/** Every rule, family by family: the order of `envelint rules`. */
export const rules: readonly Rule[] = [...envelope, ...pairing, ...rateLimit, ...masking, ...idempotency];
