import { expect, test, vi } from "vitest";
import { entryOf, harOf, readText } from "./kit.ts";

vi.setConfig({ testTimeout: 30_000 });

const mega = (count: number) => "x".repeat(count << 20);
const one = JSON.stringify(entryOf());

test("a header list of some megabytes is read whole", async () => {
  const headers = [
    ...Array.from({ length: 30 }, (_, i) => ({ name: `X-${i}`, value: "y".repeat(100_000) })),
    { name: "Retry-After", value: "7" },
  ];
  const { seen, faults } = await readText(harOf(entryOf({ response: { headers }, entry: { _x: mega(5) } }), entryOf()), ({ response }) => [
    response.headers.get("retry-after"),
    response.headers.lines().length,
  ]);
  expect([seen, faults]).toEqual([
    [
      ["7", 31],
      [undefined, 1],
    ],
    [],
  ]);
});

test.each([
  ["a header list", { response: { headers: [{ name: "A", value: mega(10) }] } }],
  ["two header lists", { request: { headers: [{ name: "A", value: mega(5) }] }, response: { headers: [{ name: "A", value: mega(5) }] } }],
  ["a method", { request: { method: mega(10) } }],
  ["a URL", { request: { url: `https://api.example.com/${mega(10)}` } }],
])("%s too large to be kept is told, and the entry left out", async (_, change) => {
  const { seen, faults } = await readText(harOf(entryOf(), entryOf(change), entryOf()), (x) => x.origin.entry);
  expect(seen).toEqual([0, 2]);
  expect(faults).toMatchObject([
    { severity: "error", entry: 1, offset: expect.any(Number), message: "entry 1 is too large to be read whole: not judged" },
  ]);
});

test("members that are repeated take the room of one; the last counts", async () => {
  const size = { chunk: 1 << 16, limit: 1 << 18 };
  const text = `"text":"${mega(9)}",`.repeat(20);
  const url = `"url":"https://wrong.example/${mega(1)}",`.repeat(40);
  const response = `"response":{"status":500,"headers":[],"content":{"text":"${mega(9)}"}},`;
  const huge = one
    .replace('"text":', () => `${text}"text":`)
    .replace('"url":', () => `${url}"url":`)
    .replace('"response":', () => `${response}"response":`);
  const before = process.memoryUsage().rss;
  const { seen, faults } = await readText(
    `{"log":{"entries":[${huge},${one}]}}`,
    ({ request, response }) => [
      request.url,
      request.method,
      response.status,
      response.headers.get("content-type"),
      response.body.text(),
      response.body.truncated,
    ],
    { size, chunks: [1 << 18] },
  );
  const whole = ["https://api.example.com/v1/things?a=1", "GET", 200, "application/json", "{}", false];
  expect([seen, faults]).toEqual([[whole, whole], []]);
  expect(process.memoryUsage().rss - before).toBeLessThan(600 << 20);
});

test("a whole document of any size on a line is told for what it is", async () => {
  const text = `{"log":{"entries":[${one}],"_x":"${mega(9)}"}}\n${one}`;
  const { seen, faults } = await readText(text, (x) => x.origin.entry, { name: "a.ndjson" });
  expect(seen).toEqual([1]);
  expect(faults).toMatchObject([{ severity: "error", entry: 0, message: expect.stringContaining("whole HAR document") }]);
});
