import { counted } from "../../layout.ts";
import type { ExchangeData, FindingData, GroupData } from "../page-data.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { copyButton } from "./copyable.ts";
import { findingView } from "./finding.ts";
import { severityBadge, stateWords } from "./signs.ts";

const operationsListed = 3;

/** What of a group is shown. */
export interface GroupLook {
  readonly open: boolean;
  /** undefined: the body is made when it is opened. */
  readonly body: Tree;
}

/** A group as a card: a line to read in a list of many, and a body behind it. `findings`: those of the group that are wanted. */
export function groupView(group: GroupData, findings: readonly FindingData[], { open, body }: GroupLook): Branch {
  const { severity, rule, message, state } = group;
  return h(
    "li",
    { class: `card ${severity ?? "stale"}` },
    h(
      "details",
      { class: "finding", open, "data-group": true },
      h(
        "summary",
        {},
        h(
          "span",
          { class: "top" },
          severityBadge(severity ?? "stale"),
          h("code", { class: "rule" }, rule),
          state === "new" || state === "stale" ? undefined : h("span", { class: "state" }, `${state}: ${stateWords[state]}`),
          h("span", { class: "count" }, countText(findings)),
        ),
        h("h3", {}, message),
        h("span", { class: "where" }, whereText(findings)),
      ),
      h("div", { class: "body" }, body),
    ),
  );
}

/** A group's body: what to do, then each finding. */
export function groupBody(
  group: GroupData,
  findings: readonly FindingData[],
  exchanges: readonly ExchangeData[],
  most: { readonly findings: number; readonly samples: number },
): Tree {
  const more = findings.length - most.findings;
  return [
    group.advice === "" ? undefined : h("p", { class: "advice" }, h("strong", {}, "Fix "), group.advice),
    ...findings.slice(0, most.findings).map((finding) => findingView(finding, group, exchanges, most.samples)),
    more > 0
      ? h(
          "p",
          { class: "more" },
          h(
            "button",
            { type: "button", "data-action": "more" },
            `Show ${counted(more, "more finding")} that ${more === 1 ? "says" : "say"} the same`,
          ),
        )
      : undefined,
    explainView(group),
  ];
}

/** How to learn more of the rule. */
function explainView({ rule, docs, state }: GroupData): Tree {
  if (state === "stale") return undefined;
  if (docs !== null) return h("p", { class: "dim" }, "More of this rule: ", h("code", {}, docs));
  return h(
    "p",
    { class: "copyable dim" },
    "More of this rule: ",
    h("code", { "data-copied": true }, `envelint explain ${rule}`),
    copyButton("command"),
  );
}

function countText(findings: readonly FindingData[]): string {
  const count = findings.reduce((sum, finding) => sum + finding.count, 0);
  return count === 0 ? "" : count === 1 ? "once" : counted(count, "time");
}

function whereText(findings: readonly FindingData[]): Tree {
  const operations = [...new Set(findings.map(({ operation }) => operation))];
  const rows = [...new Set(findings.flatMap(({ row }) => row ?? []))];
  const list = (names: readonly string[]) =>
    names.slice(0, operationsListed).join(", ") + (names.length > operationsListed ? ` and ${names.length - operationsListed} more` : "");
  return `in ${list(operations)}${rows.length === 0 ? "" : ` · ${rows.length === 1 ? "row" : "rows"} ${list(rows)}`}`;
}
