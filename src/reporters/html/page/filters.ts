/** What findings are wanted; empty = all. */
export interface Filters {
  /** Words that must all occur. */
  readonly q: string;
  readonly severity: readonly string[];
  readonly state: readonly string[];
  readonly subject: readonly string[];
  /** A rule, or a family: `client/`. */
  readonly rule: string;
  readonly operation: string;
  readonly row: string;
}

export const manyNames = ["severity", "state", "subject"] as const;
export const oneNames = ["rule", "operation", "row"] as const;

export const noFilters: Filters = { q: "", severity: [], state: [], subject: [], rule: "", operation: "", row: "" };

/** What an address asks for: a finding, filters and a page of the list (from 0), or neither (a place of the page). */
export type Asked =
  | { readonly kind: "finding"; readonly anchor: string }
  | { readonly kind: "filters"; readonly filters: Filters; readonly page: number }
  | { readonly kind: "place" };

/** Reads the part of an address after `#`. Whatever it says, something sensible comes of it. */
export function readHash(hash: string): Asked {
  const text = hash.replace(/^#/, "");
  if (text.startsWith("finding-")) return { kind: "finding", anchor: text };
  if (text !== "" && !text.includes("=")) return { kind: "place" };
  const values = new URLSearchParams(text);
  const one = (name: string) => values.get(name) ?? "";
  const many = (name: string) =>
    one(name)
      .split(",")
      .filter((value) => value !== "");
  const page = Math.floor(Number(one("page"))) - 1;
  const filters: Filters = {
    q: one("q"),
    severity: many("severity"),
    state: many("state"),
    subject: many("subject"),
    rule: one("rule"),
    operation: one("operation"),
    row: one("row"),
  };
  return { kind: "filters", filters, page: page > 0 && Number.isSafeInteger(page) ? page : 0 };
}

/** The same as an address has it, without `#`; "" = no filter, first page. */
export function writeHash(filters: Filters, page: number): string {
  const values: [string, string][] = [
    ["q", filters.q],
    ...manyNames.map((name): [string, string] => [name, filters[name].join(",")]),
    ...oneNames.map((name): [string, string] => [name, filters[name]]),
    ["page", page > 0 ? String(page + 1) : ""],
  ];
  return values
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed()).replaceAll("%2C", ",")}`)
    .join("&");
}
