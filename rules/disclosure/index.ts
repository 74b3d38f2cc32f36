import type { Rule } from "../../src/model/rule.ts";
import { crashedOnBadInput } from "./crashed-on-bad-input.ts";
import { internalAddress } from "./internal-address.ts";
import { internals } from "./internals.ts";
import { markupReflected } from "./markup-reflected.ts";
import { secretEchoed } from "./secret-echoed.ts";
import { versionBanner } from "./version-banner.ts";

export const disclosure: readonly Rule[] = [internals, secretEchoed, internalAddress, versionBanner, markupReflected, crashedOnBadInput];
