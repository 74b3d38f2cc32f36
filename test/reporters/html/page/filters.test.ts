import fc from "fast-check";
import { expect, test } from "vitest";
import { type Filters, noFilters, readHash, writeHash } from "../../../../src/reporters/html/page/filters.ts";
import { filterLink } from "../../../../src/reporters/html/views/links.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const filters: fc.Arbitrary<Filters> = fc.record({
  q: text,
  severity: fc.subarray(["error", "warning", "note"]),
  state: fc.subarray(["new", "known", "stale"]),
  subject: fc.subarray(["server", "client"]),
  rule: text,
  operation: text,
  row: text,
});

test("an address gives back the filters that it was made of", () => {
  fc.assert(
    fc.property(filters, fc.nat(1000), (wanted, page) => {
      const hash = writeHash(wanted, page);
      expect(readHash(`#${hash}`)).toEqual({ kind: "filters", filters: wanted, page });
    }),
  );
});

test("a link of the page's own is such an address", () => {
  fc.assert(
    fc.property(text, text, (row, operation) => {
      fc.pre(row !== "" && operation !== "");
      expect(readHash(filterLink({ row, operation }))).toEqual({ kind: "filters", filters: { ...noFilters, row, operation }, page: 0 });
    }),
  );
});

test("any address is read as something", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (hash) => {
      expect(["finding", "filters", "place"]).toContain(readHash(hash).kind);
    }),
  );
  expect(readHash("#finding-f00d")).toEqual({ kind: "finding", anchor: "finding-f00d" });
  expect(readHash("#findings")).toEqual({ kind: "place" });
  expect(readHash("#page=-3")).toEqual({ kind: "filters", filters: noFilters, page: 0 });
});
