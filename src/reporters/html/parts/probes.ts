import type { Report } from "../../../model/report.ts";
import { counted, foreign, number } from "../../layout.ts";
import { limits } from "../limits.ts";
import { h, type Tree } from "../tree.ts";
import { verdictBadge } from "../views/signs.ts";

/** What was asked of a live server, probe by probe; nothing for other commands. */
export function probesPart({ probe: run }: Report): Tree {
  if (run === undefined) return undefined;
  const heads = ["Probe", "Verdict", "Sent", "Why"];
  return h(
    "section",
    { id: "probes", "aria-labelledby": "probes-title" },
    h("h2", { id: "probes-title" }, "What was asked"),
    h(
      "p",
      {},
      h("code", {}, foreign(run.target, limits.name)),
      `: ${counted(run.sent, "request")} of ${number(run.budget)}${run.unsent === 0 ? "" : `, ${number(run.unsent)} left out`}; plan ${foreign(run.plan, limits.name)}.`,
    ),
    run.stopped === undefined ? undefined : h("p", {}, h("strong", {}, "Stopped: "), foreign(run.stopped, limits.sentence)),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": "Probes, scrolls sideways" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col", class: head === "Sent" ? "number" : undefined }, head)))),
        h(
          "tbody",
          {},
          ...run.probes
            .slice(0, limits.listed)
            .map(({ probe, verdict, sent, reason }) =>
              h(
                "tr",
                {},
                h("th", { scope: "row" }, foreign(probe, limits.name)),
                h("td", {}, verdictBadge(verdict)),
                h("td", { class: "number" }, number(sent)),
                h("td", {}, foreign(reason ?? "", limits.sentence)),
              ),
            ),
        ),
      ),
    ),
    run.made.length === 0
      ? undefined
      : h(
          "details",
          { class: "told", open: true },
          h("summary", {}, "Made or changed ", h("span", { class: "dim" }, number(run.made.length))),
          h("ul", {}, ...run.made.slice(0, limits.listed).map((made) => h("li", {}, foreign(made, limits.sentence)))),
        ),
  );
}
