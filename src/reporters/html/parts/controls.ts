import { severities, subjects } from "../../../model/finding.ts";
import { number } from "../../layout.ts";
import { limits } from "../limits.ts";
import type { FindingData, GroupData, State } from "../page-data.ts";
import { type Branch, h, type Tree } from "../tree.ts";
import { severityBadge } from "../views/signs.ts";

const states: readonly State[] = ["new", "stale", "known", "ignored"];

/** Search and filters; hidden until the script is there to serve them. What occurs nowhere is not offered. */
export function controlsPart(groups: readonly GroupData[]): Branch {
  const all = groups.flatMap((group) => group.findings.map((finding) => ({ group, finding })));
  const count = (fits: (group: GroupData, finding: FindingData) => boolean) =>
    all.filter(({ group, finding }) => fits(group, finding)).length;
  return h(
    "search",
    { class: "controls", "data-scripted": true, hidden: true, "aria-label": "Findings" },
    h(
      "div",
      { class: "find" },
      h("label", { for: "q" }, "Search"),
      h("input", {
        id: "q",
        type: "search",
        placeholder: "message, rule, URL, operation  ( / )",
        autocomplete: "off",
        spellcheck: "false",
      }),
    ),
    checks(
      "severity",
      "Severity",
      severities.map((name) => [name, severityBadge(name), count(({ severity }) => severity === name)]),
    ),
    checks(
      "state",
      "State",
      states.map((name) => [name, name, count(({ state }) => state === name)]),
    ),
    checks(
      "subject",
      "Whose conduct",
      subjects.map((name) => [name, name, count((_, { subject }) => subject === name)]),
    ),
    h(
      "div",
      { class: "choices" },
      choice("rule", "Rule", ruleOptions(groups)),
      choice("operation", "Operation", options(all.map(({ finding }) => finding.operation))),
      choice("row", "Row", options(all.flatMap(({ finding }) => finding.row ?? []))),
    ),
    h(
      "div",
      { class: "acts" },
      h("span", { id: "active" }),
      h("button", { type: "button", "data-action": "clear", class: "quiet" }, "Clear filters"),
      h(
        "button",
        { type: "button", "data-action": "expand", class: "quiet" },
        "Open or close all ",
        h("kbd", { "aria-hidden": "true" }, "e"),
      ),
    ),
  );
}

function checks(name: string, legend: string, values: readonly (readonly [value: string, shown: Tree, count: number])[]): Tree {
  const met = values.filter(([, , count]) => count > 0);
  if (met.length < 2) return undefined;
  return h(
    "fieldset",
    {},
    h("legend", {}, legend),
    ...met.map(([value, shown, count]) =>
      h(
        "label",
        { class: "check" },
        h("input", { type: "checkbox", name, value }),
        shown,
        h("span", { class: "dim" }, ` ${number(count)}`),
      ),
    ),
  );
}

function choice(name: string, label: string, offered: readonly Tree[]): Tree {
  if (offered.length === 0) return undefined;
  return h(
    "div",
    { class: "choice" },
    h("label", { for: name }, label),
    h("select", { id: name }, h("option", { value: "" }, "all"), ...offered),
  );
}

/** Each value that occurs, with its count; the most frequent ones where there are too many. */
function options(values: readonly string[]): Branch[] {
  return listed(tally(values)).map(([value, count]) => h("option", { value }, `${value} (${number(count)})`));
}

/** A family's rules stand below it, and the family is a choice itself: `client/`. */
function ruleOptions(groups: readonly GroupData[]): Branch[] {
  const rules = listed(tally(groups.flatMap(({ rule, findings }) => findings.map(() => rule))));
  const families = new Map<string, typeof rules>();
  for (const entry of rules) {
    const family = `${entry[0].split("/")[0]}/`;
    families.set(family, [...(families.get(family) ?? []), entry]);
  }
  return [...families].map(([family, members]) =>
    h(
      "optgroup",
      { label: family },
      h("option", { value: family }, `${family}* (${number(members.reduce((sum, [, count]) => sum + count, 0))})`),
      ...members.map(([rule, count]) => h("option", { value: rule }, `${rule} (${number(count)})`)),
    ),
  );
}

function tally(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

function listed(counts: readonly [string, number][]): [string, number][] {
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, limits.listed);
  return frequent.sort(([a], [b]) => (a < b ? -1 : 1));
}
