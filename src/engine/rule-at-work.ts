import type { Subject } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";

/** What a report needs to know of a rule that ran. Plain data. */
export interface RuleAtWork {
  readonly id: string;
  readonly subject: Subject;
  /** How far apart what it compares may lie. */
  readonly spans: "exchange" | "timeline" | "captures";
}

export function atWork({ id, subject = "server", needs, spans }: Rule): RuleAtWork {
  return { id, subject, spans: spans ?? (needs === "accounts" ? "captures" : needs === "exchange" ? "exchange" : "timeline") };
}
