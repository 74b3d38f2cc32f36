import type { Probe } from "../../probe.ts";
import { oversizedUri } from "./oversized.ts";

/** Addresses out of the ordinary. */
export const uri: readonly Probe[] = [oversizedUri];
