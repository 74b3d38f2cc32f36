import type { Probe } from "../probe.ts";
import { accept } from "./accept/index.ts";
import { auth } from "./auth/index.ts";
import { body } from "./body/index.ts";
import { control, controlsAfter } from "./control/index.ts";
import { header } from "./header/index.ts";
import { idem, idemRefusals } from "./idem/index.ts";
import { mask } from "./mask/index.ts";
import { method } from "./method/index.ts";
import { rate } from "./rate/index.ts";
import { resource } from "./resource/index.ts";
import { route } from "./route/index.ts";
import { state } from "./state/index.ts";
import { uri } from "./uri/index.ts";

/** Every probe in the order of a run: is the plan right, what reads and refusals show, then what may change something, then what blocks the account. */
export const probes: readonly Probe[] = [
  ...control,
  ...auth,
  ...route,
  ...method,
  ...accept,
  ...resource,
  ...body,
  ...header,
  ...uri,
  ...idemRefusals,
  ...mask,
  ...idem,
  ...state,
  ...rate,
];

/** Asked at the end of every run. */
export { controlsAfter };
