import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formats } from "../src/reporters/formats.ts";

const page = readFileSync(new URL("../docs/formats.md", import.meta.url), "utf8");

describe("the page of the formats", () => {
  test("lists each with its summary, and no other", () => {
    const rows = [...page.matchAll(/^\| \[`([a-z]+)`\]\(#([a-z]+)\) \| (.+) \|$/gm)].map(([, name, , summary]) => [name, summary]);
    const theirs = [...formats].map(([name, { summary }]) => [name, summary]);
    expect(rows.sort()).toEqual(theirs.sort());
  });
  test.each([...formats.keys()])("has a section on %s", (name) => {
    expect(page).toContain(`\n## ${name}\n`);
  });
  test("links to files that exist", () => {
    for (const [, link = ""] of page.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      expect(() => readFileSync(new URL(`../docs/${link}`, import.meta.url))).not.toThrow(/ENOENT/);
  });
});
