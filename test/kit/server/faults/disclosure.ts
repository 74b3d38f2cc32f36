import type { Fault } from "../fault.ts";

export const disclosureFaults: readonly Fault[] = [];
