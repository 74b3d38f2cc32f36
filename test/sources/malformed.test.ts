import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { entryOf, harOf, readText } from "./kit.ts";

const one = JSON.stringify(entryOf());
const three = harOf(entryOf(), entryOf({ entry: { _x: 1 } }), entryOf());
const within = (put: string) => three.replace('"_x":1', () => put);
const outside = (put: string) => three.replace('"version":"1.2"', () => put);
const lines = (put: string) => `${one}\n${put}\n${one}`;

/** What docs/limits.md lists, each with captures and the entries that are still judged: all of them, a list, or at least the first. */
const cases: Record<string, readonly (readonly [capture: string, judged: readonly number[] | "the first", name?: string])[]> = {
  "a comma, colon, number or literal too many, missing or misspelt in an entry": [
    ...[
      '"_x" 1',
      '"_x":1,',
      '"_x"::1',
      '"_x":01',
      '"_x":1.',
      '"_x":-',
      '"_x":tru',
      '"_x":nul',
      '"_x":1,,"y":2',
      '"_x":[1 2]',
      '"_x":[1,]',
    ].map((put) => [within(put), [0, 2]] as const),
  ],
  "a bracket or a quote too many or missing in an entry": [
    ...['"_x":[1', '"_x":1]', '"_x":{"y":1', '"_x":1}', '"_x":"1', '_x":1', '"_x":1"', '"_x":[{]}'].map(
      (put) => [within(put), "the first"] as const,
    ),
  ],
  "a control byte or a wrong escape (`\\q`, `\\u12G4`) in a string or a name of an entry": [
    ...['"_x":"\u0001"', '"_x":"a\nb"', '"_x":["\\q"]', '"_x":{"y":"\\u12G4"}', '"_\\x":1', '"_\t":1'].map(
      (put) => [within(put), [0, 2]] as const,
    ),
    [within(`"_x":"${"y".repeat(5 << 20)}\u0001"`), [0, 2]],
  ],
  "a control byte or a wrong escape in a string or a name outside of the entries": [
    ...['"version":"\u001f"', '"version":"\\q"', '"ver\nsion":1', '"version":{"a":["\\u12"]}'].map(
      (put) => [outside(put), [0, 1, 2]] as const,
    ),
    [`${three.slice(0, -1)},"z":"\\x"}`, [0, 1, 2]],
  ],
  "anything else that is not JSON outside of the entries, a comma that is missing between two of them": [
    ...['"version":tru', '"version" 1', "version:1", '"version":[1}'].map((put) => [outside(put), []] as const),
    [`${three.slice(0, -1)},}`, [0, 1, 2]],
    [three.replace("]}}", ",]}}"), [0, 1, 2]],
    [`{"log":{"entries":[${one},${one} ${one}]}}`, [0, 1]],
  ],
  "an entry that is no object": [[`{"log":{"entries":[${one},17,${one}]}}`, [0, 2]]],
  "a line of NDJSON that is no JSON object": [
    ...["17", '{"a":', "{,}", "[]", '{"request":{"url":"\\q"}}'].map((put) => [lines(put), [0, 2], "a.ndjson"] as const),
  ],
  "something after the entry on a line of NDJSON": [[lines(`${one} ${one}`), [0, 1, 2], "a.ndjson"]],
  "the capture, or its gzip data, ends early": [
    [three.slice(0, -3), [0, 1, 2]],
    [three.slice(0, three.indexOf('"_x":1')), [0]],
  ],
  "gzip data that is damaged, or followed by something else": [],
  'something after the document\'s end, a second `"log"` or `"entries"`': [
    [`${three}x`, [0, 1, 2]],
    [`${three}{}`, [0, 1, 2]],
    [`${three.slice(0, -1)},"log":{}}`, [0, 1, 2]],
    [`${three.slice(0, -2)},"entries":[]}}`, [0, 1, 2]],
  ],
};

test.each(Object.entries(cases))("%s", async (_, captures) => {
  for (const [capture, judged, name = "a.har"] of captures) {
    const fast = await readText(capture, (x) => x.origin.entry, { name, both: capture.length < 10_000 });
    const seen = judged === "the first" ? fast.seen.slice(0, 1) : fast.seen;
    expect([capture.slice(0, 5000), seen]).toEqual([capture.slice(0, 5000), judged === "the first" ? [0] : judged]);
    expect(fast.faults.map(({ severity }) => severity)).toContain("error");
    expect(await readText(capture, (x) => x.origin.entry, { name, strict: true })).toEqual(fast);
  }
});

// Gzip data has tests of its own, in gzip.test.ts.
test("is what docs/limits.md says", () => {
  const page = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");
  const rows = page.slice(page.indexOf("| what is wrong |"), page.indexOf("A byte order mark")).matchAll(/^\| (.+?) \| .+ \|$/gm);
  expect([...rows].map(([, what]) => what).slice(1)).toEqual(Object.keys(cases));
});
