import type { Report } from "../../model/report.ts";
import { foreign } from "../layout.ts";
import { script, style } from "./assets.ts";
import { embedJson } from "./embed-json.ts";
import { gatherPage } from "./gather.ts";
import { contractPart } from "./parts/contract.ts";
import { findingsPart } from "./parts/findings.ts";
import { headerPart } from "./parts/header.ts";
import { helpPart, toolsPart } from "./parts/help.ts";
import { probesPart } from "./parts/probes.ts";
import { seenPart, warningsPart } from "./parts/told.ts";
import { policyOf } from "./policy.ts";
import { h, type Tree } from "./tree.ts";
import { escapeHtml, writeTree } from "./write-tree.ts";

/** A report as one HTML document that needs nothing else. */
export function writeDocument(report: Report): string {
  const { data, leftOut } = gatherPage(report);
  const body: Tree = [
    h("a", { class: "skip", href: "#findings" }, "Skip to the findings"),
    h("header", {}, toolsPart(), headerPart(report)),
    h(
      "main",
      {},
      warningsPart(report, leftOut),
      contractPart(report, data.groups),
      probesPart(report),
      findingsPart(data),
      seenPart(report),
    ),
    helpPart(),
    h("p", { id: "said", role: "status", class: "offscreen" }),
    hatching(),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policyOf({ script, style }))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(`${report.verdict}: ${foreign(report.contract.title, 120)} – envelint`)}</title>
<style>${style}</style>
</head>
<body>
${writeTree(body)}
<script type="application/json" id="data">${embedJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Waits are hatched, so that they show in print and to whoever sees no colours. */
function hatching(): Tree {
  return h(
    "svg",
    { class: "patterns", width: 0, height: 0, "aria-hidden": "true" },
    h(
      "defs",
      {},
      h(
        "pattern",
        { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        h("rect", { class: "hatch-ground", width: 7, height: 7 }),
        h("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 7 }),
      ),
    ),
  );
}
