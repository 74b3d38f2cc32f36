import type { Rule } from "../../src/model/rule.ts";
import { inFlightMisanswered } from "./in-flight-misanswered.ts";
import { keyNotRequired } from "./key-not-required.ts";
import { missingKeyMisanswered } from "./missing-key-misanswered.ts";
import { presentKeyRejected } from "./present-key-rejected.ts";
import { replayDiffers } from "./replay-differs.ts";
import { replayRepeats } from "./replay-repeats.ts";
import { replayUnmarked } from "./replay-unmarked.ts";
import { reuseAccepted } from "./reuse-accepted.ts";

export const idempotency: readonly Rule[] = [
  keyNotRequired,
  missingKeyMisanswered,
  presentKeyRejected,
  replayDiffers,
  replayRepeats,
  replayUnmarked,
  reuseAccepted,
  inFlightMisanswered,
];
