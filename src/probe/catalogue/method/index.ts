import type { Probe } from "../../probe.ts";
import { head } from "./head.ts";
import { options } from "./options.ts";
import { unknownMethod } from "./unknown.ts";
import { unsupported } from "./unsupported.ts";

/** Methods that are not there, and those that must say the same as GET. */
export const method: readonly Probe[] = [head, options, unsupported, unknownMethod];
