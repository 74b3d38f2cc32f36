import { counted, number } from "../../layout.ts";
import { limits } from "../limits.ts";
import type { PageData } from "../page-data.ts";
import { type Branch, h } from "../tree.ts";
import { groupBody, groupView } from "../views/group.ts";
import { controlsPart } from "./controls.ts";

/** The findings: filters, and the first groups, which the script replaces by all of them, a page of the list at a time. */
export function findingsPart({ groups, exchanges }: PageData): Branch {
  const shown = groups.slice(0, limits.groupsWithoutScript);
  const all = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  const most = { findings: limits.findingsWithoutScript, samples: 1 };
  return h(
    "section",
    { id: "findings", "aria-labelledby": "findings-title" },
    h("h2", { id: "findings-title" }, "Findings"),
    all === 0 ? h("p", {}, "None.") : controlsPart(groups),
    h("p", { id: "count", role: "status", class: "dim" }, countSentence(all, groups.length)),
    h("p", { id: "print-note" }),
    h(
      "p",
      { class: "told scriptless" },
      `Without its script this page shows the first ${counted(shown.length, "group")} of ${number(groups.length)}, and of each the first findings with one sample; no search, filters or copying.`,
    ),
    pager("top"),
    h(
      "ol",
      { id: "list", class: "cards" },
      ...shown.map((group, index) =>
        groupView(group, group.findings, { open: index < openAtFirst, body: groupBody(group, group.findings, exchanges, most) }),
      ),
    ),
    pager("bottom"),
  );
}

/** Cards that stand open where the page is not asked for anything else. */
const openAtFirst = 3;

function pager(place: string): Branch {
  return h(
    "nav",
    { class: "pager", hidden: true, "aria-label": `Pages of the list, ${place}` },
    h("button", { type: "button", "data-action": "previous" }, "← Previous"),
    h("span", { class: "range" }),
    h("button", { type: "button", "data-action": "next" }, "Next →"),
  );
}

function countSentence(findings: number, groups: number): string {
  return `${counted(findings, "finding")}${groups === findings ? "" : ` in ${counted(groups, "group")}`}`;
}
