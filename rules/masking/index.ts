import type { Rule } from "../../src/model/rule.ts";
import { cacheableRefusal } from "./cacheable-refusal.ts";
import { distinguishable } from "./distinguishable.ts";
import { existenceRevealed } from "./existence-revealed.ts";
import { foreignServed } from "./foreign-served.ts";
import { limitReveals } from "./limit-reveals.ts";
import { ownershipHinted } from "./ownership-hinted.ts";
import { timingDiffers } from "./timing-differs.ts";
import { wrongAnswer } from "./wrong-answer.ts";

export const masking: readonly Rule[] = [
  existenceRevealed,
  wrongAnswer,
  distinguishable,
  timingDiffers,
  ownershipHinted,
  foreignServed,
  cacheableRefusal,
  limitReveals,
];
