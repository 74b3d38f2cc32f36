import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderDocs } from "../bench/report/write-docs.mjs";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("page and picture of performance are made of bench/results.json (node bench/run.mjs --render)", () => {
  const page = read("docs/performance.md");
  const made = renderDocs(JSON.parse(read("bench/results.json")), page);
  expect(page).toBe(made.page);
  expect(read("docs/performance.svg")).toBe(made.picture);
});

test("a contender that failed has its reason in the table and no part in a goal", () => {
  const result = (id: string, walls: number[], more = {}) => ({ id, name: id, walls, peaks: [50], ...more });
  const capture = (profile: string, results: object[]) => ({
    id: `500MB-${profile}-compact`,
    kind: "capture",
    order: { profile, size: "500MB", layout: "compact" },
    ...{ date: "2026-01-01", bytes: 5e8, entries: 9, errors: 1, rounds: 3, results },
  });
  const { page, picture } = renderDocs(
    {
      machine: { cpu: "a processor", cores: 2, memoryGB: 8, system: "linux x64", node: "v20.19.0" },
      versions: { envelint: "1.0.0" },
      series: [
        capture("browser", [result("json-parse", [3000, 9000, 3100]), result("envelint", [280, 290, 900])]),
        capture("api", [result("json-parse", [], { failure: "fails: no <more> memory" }), result("envelint", [100, 100, 100])]),
      ],
    },
    read("docs/performance.md"),
  );
  // Medians: 3,100 ms against 290 ms.
  expect(page).toMatch(/^\| 500 MB browser: .* \| ≥ 10x \| ≥ 25x \| 11x \| must \|$/m);
  expect(page).toMatch(/^\| 500 MB api: the same \| ≥ 5x \| ≥ 10x \| – \| not measured \|$/m);
  expect(page).toMatch(/^\| json-parse \| 3\.1 s \| 11 \| 50 MB \|$/m);
  expect(page).toMatch(/^\| json-parse \| fails: no &lt;more> memory \| – \| 50 MB \|$/m);
  // The picture is of what could be compared.
  expect(picture).toContain("500 MB browser");
  expect(picture).not.toContain("500 MB api");
});
