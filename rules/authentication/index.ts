import type { Rule } from "../../src/model/rule.ts";
import { anonymousServed } from "./anonymous-served.ts";
import { challengeMalformed } from "./challenge-malformed.ts";
import { challengeMissing } from "./challenge-missing.ts";
import { checkedTooLate } from "./checked-too-late.ts";
import { wrongAnswer } from "./wrong-answer.ts";

export const authentication: readonly Rule[] = [anonymousServed, wrongAnswer, checkedTooLate, challengeMissing, challengeMalformed];
