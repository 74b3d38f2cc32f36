import type { Rule } from "../src/model/rule.ts";
import { authentication } from "./authentication/index.ts";
import { client } from "./client/index.ts";
import { disclosure } from "./disclosure/index.ts";
import { envelope } from "./envelope/index.ts";
import { http } from "./http/index.ts";
import { idempotency } from "./idempotency/index.ts";
import { masking } from "./masking/index.ts";
import { pairing } from "./pairing/index.ts";
import { rateLimit } from "./rate-limit/index.ts";
import { stability } from "./stability/index.ts";

/** Every rule, family by family: the order of `envelint rules`. */
export const rules: readonly Rule[] = [
  ...envelope,
  ...pairing,
  ...rateLimit,
  ...masking,
  ...idempotency,
  ...authentication,
  ...disclosure,
  ...http,
  ...client,
  ...stability,
];
