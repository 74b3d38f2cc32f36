import type { Probe } from "../../probe.ts";
import { burst } from "./burst.ts";
import { notProvoked } from "./not-provoked.ts";

export const rate: readonly Probe[] = [burst, notProvoked];
