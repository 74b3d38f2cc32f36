import type { Coverage, Report, RowVerdict } from "../../../model/report.ts";
import { type Before, brokenBefore } from "../../broken-before.ts";
import { foreign, number } from "../../layout.ts";
import { limits } from "../limits.ts";
import type { GroupData } from "../page-data.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { type FilterLink, filterLink } from "../views/links.ts";
import { verdictBadge } from "../views/signs.ts";

/** The contract as tables: its rows, what it promises beyond them, its operations; each with its verdict and links to its findings. */
export function contractPart(report: Report, groups: readonly GroupData[]): Tree {
  const { command, coverage } = report;
  const { rows, provisions, operations } = coverage;
  // A comparison holds nobody to the contract's rows.
  if (command === "diff" || rows.length + provisions.length + operations.length === 0) return undefined;
  const counts = countFindings(groups);
  const before = brokenBefore(report);
  const link = (filter: FilterLink) => findingsCell(counts, filter);
  return h(
    "section",
    { id: "contract", "aria-labelledby": "contract-title" },
    h("h2", { id: "contract-title" }, "The contract"),
    legend(coverage, before.rows),
    table(
      "Rows",
      ["Row", "Verdict", "Seen", "Findings", "Promised at"],
      rows.map(({ row, verdict, seen, promise, reason }) => {
        const name = foreign(row, limits.name);
        return [[name, note(reason)], verdictBadge(verdict, before.rows.get(row)), number(seen), link({ row: name }), whereOf(promise)];
      }),
    ),
    table(
      "Beyond the rows",
      ["Provision", "Verdict", "Cases", "Findings of the family", "Promised at"],
      provisions.map(({ provision, verdict, seen, promise, note: how, reason }) => {
        const name = [foreign(provision, limits.name), note(how), note(reason)];
        return [name, verdictBadge(verdict, before.provisions.get(provision)), number(seen), link(familyOf(provision)), whereOf(promise)];
      }),
    ),
    table(
      "Operations",
      ["Operation", "Verdict", "Errors", "Findings", "Exchanges"],
      operations.map(({ operation, verdict, exchanges, errors }) => {
        const name = foreign(operation, limits.name);
        return [
          name,
          verdictBadge(verdict, before.operations.get(operation)),
          number(errors),
          link({ operation: name }),
          number(exchanges),
        ];
      }),
    ),
  );
}

function table(caption: string, heads: readonly string[], rows: readonly (readonly Tree[])[]): Tree {
  if (rows.length === 0) return undefined;
  const more = rows.length - limits.listed;
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": `${caption}, scrolls sideways` },
    h(
      "table",
      { class: "contract" },
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...heads.map((head, index) => h("th", { scope: "col", class: isNumber(index, heads) }, head)))),
      h(
        "tbody",
        {},
        ...rows
          .slice(0, limits.listed)
          .map(([first, ...cells]) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, first),
              ...cells.map((cell, index) => h("td", { class: isNumber(index + 1, heads) }, cell)),
            ),
          ),
        more > 0 ? h("tr", {}, h("td", { colspan: heads.length }, `and ${number(more)} more: --format json lists them all`)) : undefined,
      ),
    ),
  );
}

function isNumber(index: number, heads: readonly string[]): string | undefined {
  return ["Seen", "Cases", "Findings", "Findings of the family", "Errors", "Exchanges"].includes(heads[index] ?? "") ? "number" : undefined;
}

function note(text: string | undefined): Tree {
  return text === undefined ? undefined : h("span", { class: "dim small" }, ` ${foreign(text, limits.sentence)}`);
}

function whereOf({ file, line }: { readonly file: string; readonly line: number }): Branch {
  return h("code", {}, foreign(file, limits.name), h("span", { class: "whole" }, `:${line}`));
}

/** The findings that can be about a provision: of its family of rules, and of its operation where it has one. */
function familyOf(provision: string): FilterLink {
  const [family = "", ...rest] = foreign(provision, limits.name).split(":");
  return { rule: `${family}/`, ...(family === "idempotency" && { operation: rest.slice(0, -1).join(":") }) };
}

/** How many findings each link would show. */
function countFindings(groups: readonly GroupData[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (filter: FilterLink) => counts.set(filterLink(filter), (counts.get(filterLink(filter)) ?? 0) + 1);
  for (const { rule, findings } of groups)
    for (const { operation, row } of findings) {
      const family = `${rule.split("/")[0]}/`;
      add({ operation });
      add({ rule: family });
      add({ rule: family, operation });
      if (row !== null) add({ row });
    }
  return counts;
}

function findingsCell(counts: ReadonlyMap<string, number>, filter: FilterLink): Tree {
  const count = counts.get(filterLink(filter)) ?? 0;
  return count === 0 ? h("span", { class: "dim" }, "–") : h("a", { href: filterLink(filter) }, number(count));
}

function legend({ rows }: Coverage, before: ReadonlyMap<string, Before>): Tree {
  const order: readonly RowVerdict[] = ["broken", "kept", "inconclusive", "skipped", "unseen", "not observable"];
  const kinds = order.flatMap((verdict) => ([undefined, "known", "ignored"] as const).map((why) => ({ verdict, why })));
  const met = kinds.flatMap(({ verdict, why }) => {
    const { length } = rows.filter((row) => row.verdict === verdict && before.get(row.row) === why);
    return length === 0 ? [] : [{ verdict, why, count: length }];
  });
  return h(
    "p",
    { class: "legend" },
    `Of ${number(rows.length)} rows: `,
    ...met.flatMap(({ verdict, why, count }) => [verdictBadge(verdict, why), ` ${number(count)}  `]),
  );
}
