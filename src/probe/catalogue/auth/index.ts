import type { Probe } from "../../probe.ts";
import { inQuery } from "./in-query.ts";
import { invalid } from "./invalid.ts";
import { malformed } from "./malformed.ts";
import { none } from "./none.ts";
import { order } from "./order.ts";

/** Strangers: is it looked at who asks, first of all, and answered as the contract says? */
export const auth: readonly Probe[] = [none, malformed, invalid, inQuery, order];
