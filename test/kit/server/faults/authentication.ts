import type { Fault } from "../fault.ts";

export const authenticationFaults: readonly Fault[] = [];
