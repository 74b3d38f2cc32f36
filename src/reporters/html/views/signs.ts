import type { Severity } from "../../../model/finding.ts";
import type { RowVerdict } from "../../../model/report.ts";
import type { State } from "../page-data.ts";
import { type Branch, h } from "../tree.ts";

const severitySigns: Readonly<Record<Severity | "stale", string>> = { error: "✖", warning: "▲", note: "●", stale: "↺" };
const verdictSigns: Readonly<Record<RowVerdict | "unjudged" | "pass" | "fail", string>> = {
  kept: "✔",
  pass: "✔",
  broken: "✖",
  fail: "✖",
  unjudged: "?",
  unseen: "○",
  skipped: "○",
  inconclusive: "?",
  "not observable": "?",
};

/** What a state means for the gate, after the name of a filter or a badge. */
export const stateWords: Readonly<Record<State, string>> = {
  new: "counts for the verdict",
  stale: "in the baseline, no longer found",
  known: "in the baseline, no reason to fail",
  ignored: "passed over by the configuration",
};

/** A severity as sign and word: never told by colour alone. */
export function severityBadge(severity: Severity | "stale"): Branch {
  return h("span", { class: `badge ${severity}` }, h("span", { "aria-hidden": "true" }, `${severitySigns[severity]} `), severity);
}

/** A verdict as sign and word; `before`: what is broken was so before this run. */
export function verdictBadge(verdict: keyof typeof verdictSigns, before?: "known" | "ignored"): Branch {
  const name = `verdict ${verdict.replace(" ", "-")}${before === undefined ? "" : " before"}`;
  const words = before === undefined ? verdict : `${verdict} (${before})`;
  return h("span", { class: name }, h("span", { "aria-hidden": "true" }, `${verdictSigns[verdict]} `), words);
}
