import type { Probe } from "../../probe.ts";
import { unknown } from "./unknown.ts";

/** Addresses that nobody answers for. */
export const route: readonly Probe[] = [unknown];
