import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { damaged } from "../scanner/json-texts.ts";
import { entryOf, harOf, readText, snapshot } from "./kit.ts";

vi.setConfig({ testTimeout: 30_000 });

const entries = [
  entryOf({ content: { text: 'é"\\😀{\n' }, entry: { _x: [1, { "y\\": "\\" }, "\u0001", -1.5e3, null, true] } }),
  entryOf({ request: { method: "POST", postData: { mimeType: "application/json", text: '{"a":"b"}' } }, response: { status: 404 } }),
  entryOf(),
];
const document = { a: ["\\", { b: "\t" }], log: { version: "1.2", pages: [{ title: "x\ty" }], entries, comment: "z" }, z: 1 };
const captures = fc.constantFrom(JSON.stringify(document), JSON.stringify(document, null, 2), harOf(...entries));
const lines = fc.constantFrom(entries.map((entry) => JSON.stringify(entry)).join("\n"));
const sizes = fc.constantFrom({ chunk: 64, limit: 64 }, { chunk: 64, limit: 512 }, { chunk: 1 << 16, limit: 1 << 20 });
const chunks = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 });

test.each([
  ["a.har", captures],
  ["a.ndjson", lines],
])("%s, damaged anywhere: what JSON.parse refuses is an error without --strict, the same as with it", (name, texts) =>
  fc.assert(
    fc.asyncProperty(damaged(texts), sizes, chunks, async (text, size, parts) => {
      const fast = await readText(text, snapshot, { name, size, chunks: parts, both: true });
      expect(await readText(text, snapshot, { name, size, chunks: parts, strict: true })).toEqual(fast);
      const documents = name === "a.har" ? [text] : text.split("\n").filter((line) => line.trim() !== "");
      if (!documents.every(isJson)) expect(fast.faults.map(({ severity }) => severity)).toContain("error");
    }),
    { numRuns: 250 },
  ),
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
