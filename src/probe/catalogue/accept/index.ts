import type { Probe } from "../../probe.ts";
import { acceptNone } from "./none.ts";

/** What a client takes. */
export const accept: readonly Probe[] = [acceptNone];
