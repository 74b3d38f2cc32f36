import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBaseline, writeBaseline } from "../../src/baseline/baseline-file.ts";
import type { BaselineEntry } from "../../src/engine/baseline.ts";

const fits = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(await readFile(new URL("../../schemas/baseline.schema.json", import.meta.url), "utf8")),
);
let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "envelint-"));
});
afterAll(() => rm(cwd, { recursive: true }));

const head = '{"envelint":"baseline","version":1}';
const line = '{"rule":"a/b","note":"n","operation":"o","row":null,"fingerprint":"f1","message":"m"}';
const reading = async (text: string) => {
  await writeFile(join(cwd, "base.jsonl"), text);
  return readBaseline("base.jsonl", cwd).catch((error: Error) => error.message);
};

/** Lone surrogates have no UTF-8. */
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).map((written) => `${written}\u202e\u001b\n`);
const entries = fc.uniqueArray(
  fc.record({ rule: text, note: text, operation: text, row: fc.option(text), fingerprint: text, message: text }),
  { selector: ({ fingerprint }) => fingerprint, maxLength: 8 },
);

describe("a baseline", () => {
  it("is read as it was written, one entry a line, in one order, and hides no character from a reviewer", () =>
    fc.assert(
      fc.asyncProperty(entries, async (given) => {
        await writeBaseline("base.jsonl", cwd, given);
        const written = await readFile(join(cwd, "base.jsonl"), "utf8");
        expect(written.split("\n")).toHaveLength(given.length + 2);
        for (const each of written.trimEnd().split("\n")) expect([fits(JSON.parse(each)), fits.errors]).toEqual([true, null]);
        expect(written.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        const read = await readBaseline("base.jsonl", cwd);
        const plain = ({ line: _, ...entry }: BaselineEntry) => entry;
        const key = ({ fingerprint }: { readonly fingerprint: string }) => fingerprint;
        expect(read.entries.map(plain).sort((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
          [...given].sort((a, b) => (key(a) < key(b) ? -1 : 1)),
        );
        await writeBaseline("base.jsonl", cwd, [...given].reverse());
        expect(await readFile(join(cwd, "base.jsonl"), "utf8")).toBe(written);
      }),
      { numRuns: 60 },
    ));

  it("tells the line of each entry; blank lines, CRLF and a byte order mark do no harm", async () => {
    const read = await reading(`\ufeff${head}\r\n\r\n${line}\r\n`);
    expect(read).toMatchObject({ file: "base.jsonl", entries: [{ fingerprint: "f1", line: 3 }] });
  });

  it.each([
    ["", "base.jsonl:1 is empty"],
    ["{", "base.jsonl:1 is no entry of a baseline"],
    ['{"log":{}}', "base.jsonl:1 is not the beginning of a baseline"],
    ['{"envelint":"baseline","version":2}', "base.jsonl:1: the baseline has version 2, and this envelint reads version 1."],
    [`${head}\n<<<<<<< HEAD\n${line}`, "base.jsonl:2 is the mark of a merge conflict"],
    [`${head}\n${line}\n${line}`, "base.jsonl:3 lists the finding f1 again, after line 2."],
    [`${head}\n${line.replace('"note"', '"nota"')}`, 'base.jsonl:2: "nota" is no member of an entry. Did you mean "note"?'],
    [`${head}\n${line.replace('"n"', "7")}`, "base.jsonl:2: note must be a text."],
    [`${head}\n${line.replace(',"message":"m"', "")}`, "base.jsonl:2: message must be a text, and there is none."],
    [`${head}\n${line.replace("null", "1")}`, "base.jsonl:2: row must be a row's name, or null."],
    [`${head}\n[]`, "base.jsonl:2 is no entry of a baseline"],
  ])("%j is told with its line", async (content, message) => {
    expect(await reading(content)).toContain(message);
  });

  it("that is not there says how to begin one", async () => {
    await expect(readBaseline("none.jsonl", cwd)).rejects.toThrow("add --update-baseline --accept-new");
    expect(await readBaseline("none.jsonl", cwd, true)).toEqual({ file: "none.jsonl", entries: [] });
    await expect(readBaseline(".", cwd)).rejects.toThrow("it is a folder");
  });
});
