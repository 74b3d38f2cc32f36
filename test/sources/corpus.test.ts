import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CaptureFault } from "../../src/model/capture.ts";
import { openCaptures } from "../../src/sources/captures.ts";
import { listLines } from "../../src/sources/header-lines.ts";
import { oneByOne } from "../../src/sources/merge.ts";

const corpus = process.env.ENVELINT_CORPUS;
if (corpus === undefined) console.log("ENVELINT_CORPUS is not set: the reader is not tried on real captures");

interface Plain {
  readonly request?: { readonly url?: unknown; readonly method?: string; readonly headers?: unknown };
  readonly response?: {
    readonly status?: number;
    readonly headers?: unknown;
    readonly content?: { readonly text?: string; readonly encoding?: string };
  };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describe.skipIf(corpus === undefined)("real captures", () => {
  const root = corpus ?? "";

  test("are read as JSON.parse reads them", async () => {
    const files = listFiles(join(root, "captures"));
    const plain = new Map<string, readonly Plain[]>();
    for (const file of files) {
      const json = JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, "")) as { log?: { entries?: Plain[] } };
      plain.set(file, json.log?.entries ?? []);
    }
    const captures = await openCaptures(files, { cwd: root });
    expect(captures.names).toHaveLength(files.length);
    let exchanges = 0;
    const lost: CaptureFault[] = [];
    for await (const event of oneByOne(captures.batches())) {
      if (event.kind === "fault" && event.fault.severity === "error") lost.push(event.fault);
      if (event.kind === "end")
        expect([event.capture, event.entries]).toEqual([event.capture, plain.get(join(root, event.capture))?.length]);
      if (event.kind !== "exchange") continue;
      const { origin, request, response } = event.exchange;
      const entry = plain.get(join(root, origin.capture))?.[origin.entry];
      const content = entry?.response?.content;
      const own = [request.url, request.method, request.headers.lines(), response.status, response.headers.lines()];
      expect(own).toEqual([
        entry?.request?.url,
        entry?.request?.method?.toUpperCase(),
        listLines(entry?.request?.headers),
        entry?.response?.status ?? 0,
        listLines(entry?.response?.headers),
      ]);
      for (const [name] of response.headers.lines()) expect(response.headers.get(name)).toBeDefined();
      const text = response.body.text();
      const packed = content?.encoding === "base64" || content?.text?.startsWith('["') || content?.text?.startsWith("\u001f");
      if (!packed) expect(text).toBe(content?.text ?? "");
      // Whatever a rule may ask must be answered without an exception.
      void [
        event.exchange.notJudged,
        event.exchange.account,
        event.exchange.endedAt,
        response.body.truncated,
        request.body.text(),
        request.body.json(),
      ];
      exchanges++;
    }
    expect(exchanges).toBeGreaterThan(2500);
    // An entry without URL, and a file that is one entry, are all that real tools have lost.
    for (const fault of lost)
      expect(fault).toMatchObject({
        message: expect.stringMatching(/no request URL|absolute request URL|"log" is missing/),
        line: expect.any(Number),
      });
  }, 60_000);

  test("malformed ones end in located messages, with nothing lost", async () => {
    for (const file of listFiles(join(root, "malformed"))) {
      let entries = 0;
      const faults: CaptureFault[] = [];
      for await (const event of oneByOne((await openCaptures([file], { cwd: root })).batches())) {
        if (event.kind === "exchange") entries++;
        if (event.kind === "fault") faults.push(event.fault);
      }
      const errors = faults.filter(({ severity }) => severity === "error");
      expect(entries + errors.length).toBeGreaterThan(0);
      for (const fault of errors)
        expect(fault).toMatchObject({
          line: expect.any(Number),
          advice: expect.any(String),
          message: expect.not.stringMatching(/\n|Error:| at /),
        });
    }
  });
});
