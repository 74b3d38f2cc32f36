import type { Probe } from "../../probe.ts";
import { ownA } from "./own-a.ts";
import { ownB } from "./own-b.ts";
import { unchanged } from "./unchanged.ts";

/** Are the accounts and ids of the plan what it says? If not, nothing that rests on them is known. */
export const control: readonly Probe[] = [ownA, ownB];

/** Asked last: was anything changed by the run? */
export const controlsAfter: readonly Probe[] = [unchanged];
