import type { Probe } from "../../probe.ts";
import { anonymous } from "./anonymous.ts";
import { list } from "./list.ts";
import { read } from "./read.ts";
import { subResource } from "./sub-resource.ts";
import { timing } from "./timing.ts";
import { write } from "./write.ts";

/** Does a stranger see a difference between what is another account's and what nobody has? */
export const mask: readonly Probe[] = [read, subResource, list, anonymous, timing, write];
