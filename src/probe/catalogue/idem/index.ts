import type { Probe } from "../../probe.ts";
import { concurrent } from "./concurrent.ts";
import { crossAccount } from "./cross-account.ts";
import { launch } from "./launch.ts";
import { missing, missingFresh } from "./missing.ts";
import { empty, otherForm, tooLong } from "./odd-keys.ts";
import { replay } from "./replay.ts";
import { reuse } from "./reuse.ts";

/** Those of level 1 first. A used key is used again after `launch`. */
export const idem: readonly Probe[] = [missing, empty, tooLong, otherForm, missingFresh, launch, replay, reuse, crossAccount, concurrent];
