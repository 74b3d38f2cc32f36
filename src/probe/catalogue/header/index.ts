import type { Probe } from "../../probe.ts";
import { oversizedHeader } from "./oversized.ts";

/** Header lines out of the ordinary. */
export const header: readonly Probe[] = [oversizedHeader];
