import type { Probe } from "../../probe.ts";
import { conflict } from "./conflict.ts";

export const state: readonly Probe[] = [conflict];
