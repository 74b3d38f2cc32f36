import type { Probe } from "../../probe.ts";
import { concurrent } from "./concurrent.ts";
import { crossAccount } from "./cross-account.ts";
import { launch } from "./launch.ts";
import { missing, missingFresh } from "./missing.ts";
import { empty, otherForm, tooLong } from "./odd-keys.ts";
import { replay } from "./replay.ts";
import { reuse } from "./reuse.ts";

/** Keys that are missing or odd, where nothing is left to do: refused, or without effect (level 1). */
export const idemRefusals: readonly Probe[] = [missing, empty, tooLong, otherForm];

/** What acts once, and is asked again (level 2). `launch` comes first: its key is the one that is used again. */
export const idem: readonly Probe[] = [missingFresh, launch, replay, reuse, crossAccount, concurrent];
