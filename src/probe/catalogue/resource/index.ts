import type { Probe } from "../../probe.ts";
import { missing } from "./missing.ts";
import { referencedMissing } from "./referenced-missing.ts";

/** Things that are not there. */
export const resource: readonly Probe[] = [missing, referencedMissing];
