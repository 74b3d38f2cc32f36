import type { Report } from "../../../model/report.ts";
import { counted, foreign, number } from "../../layout.ts";
import { nextStep, verdictOf } from "../../verdict.ts";
import { limits } from "../limits.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { filterLink } from "../views/links.ts";
import { verdictBadge } from "../views/signs.ts";

const titles: Readonly<Record<Report["command"], string>> = {
  audit: "Audit",
  diff: "Comparison of before and after",
  probe: "Probe of a live server",
  record: "Audit of recorded traffic",
};

/** What came out, of which contract and what traffic, and what it means for a pipeline. */
export function headerPart(report: Report): Branch {
  const { contract, verdict, seen, tool } = report;
  const servers = seen.inScope
    .map(({ server }) => foreign(server, 80))
    .slice(0, 4)
    .join(", ");
  const judged = `${number(seen.judged)} of ${counted(seen.exchanges, "exchange")} in ${counted(seen.captures, "capture")}, ${counted(seen.errors, "error answer")}`;
  return h(
    "div",
    { class: `page ${verdict}` },
    h("p", { class: "kicker" }, `${titles[report.command]} · ${foreign(`${tool.name} ${tool.version}`, 60)}`),
    h("h1", {}, verdictBadge(verdict), h("span", { class: "contract" }, foreign(contract.title, limits.name))),
    h("p", { class: "sum" }, sentence(verdictOf(report))),
    h(
      "dl",
      { class: "about" },
      fact("Contract", h("code", {}, foreign(contract.file, limits.name))),
      fact("Judged", `${judged}${servers === "" ? "" : `, of ${servers}`}`),
      fact("Exit code", exitText(report)),
      fact("Next", nextStep(report)),
      gateFact(report),
    ),
  );
}

function fact(name: string, ...shown: Tree[]): Branch {
  return h("div", {}, h("dt", {}, name), h("dd", {}, ...shown));
}

function exitText({ verdict, unjudged, stale }: Report): string {
  if (unjudged.length > 0) return "2: not everything could be judged, so that silence proves nothing.";
  if (verdict !== "broken") return "0: nothing stands in the way of a merge.";
  return stale.length > 0
    ? "1: a finding reaches the --fail-on level, or an entry of the baseline is stale (0 with --fail-on never)."
    : "1: a finding reaches the --fail-on level (0 with --fail-on never).";
}

function gateFact({ findings, known, stale, ignored, baseline }: Report): Tree {
  if (baseline === undefined && known.length + stale.length + ignored.length === 0) return undefined;
  const parts: [string, number][] = [
    ["new", findings.length],
    ["stale", stale.length],
    ["known", known.length],
    ["ignored", ignored.length],
  ];
  const links = parts.map(([state, count]) => [h("a", { href: filterLink({ state }) }, `${number(count)} ${state}`), " "]);
  return fact(
    "Gate",
    ...links,
    baseline === undefined ? undefined : h("span", { class: "dim" }, `(baseline ${foreign(baseline, limits.name)})`),
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
