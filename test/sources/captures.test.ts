import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaptureEvent } from "../../src/model/capture.ts";
import { type CaptureOptions, openCaptures } from "../../src/sources/captures.ts";
import { oneByOne } from "../../src/sources/merge.ts";
import type { CaptureProgress } from "../../src/sources/progress.ts";
import { entryOf, harOf } from "./kit.ts";

let cwd = "";
const har = (name: string) => harOf(entryOf({ request: { url: `https://api.example.com/${name}` } }));
/** An entry that does not compress well. */
const noise = (seed: string) =>
  entryOf({
    content: {
      text: Array.from({ length: 20 }, (_, i) =>
        createHash("sha256")
          .update(seed + i)
          .digest("base64"),
      ).join(""),
    },
  });

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "envelint-sources-"));
  await mkdir(join(cwd, "in/deep"), { recursive: true });
  await mkdir(join(cwd, "empty"));
  const files: Record<string, string | Buffer> = {
    "b.har": har("b"),
    "a.har": har("a"),
    "[odd].har": har("odd"),
    "in/2.har": har("2"),
    "in/1.har.gz": gzipSync(har("1")),
    "in/deep/3.ndjson": JSON.stringify(entryOf({ request: { url: "https://api.example.com/3" } })),
    "in/deep/4.jsonl.gz": gzipSync(JSON.stringify(entryOf({ request: { url: "https://api.example.com/4" } }))),
    "in/notes.txt": "no capture",
    "lines.har": JSON.stringify(JSON.parse(harOf(entryOf(), entryOf())), null, 2),
    "broken.har.gz": gzipSync(harOf(...["1", "2", "3"].map(noise))).subarray(0, -40),
    "damaged.har.gz": Buffer.concat([gzipSync(har("x")).subarray(0, 20), Buffer.alloc(40, 0xff)]),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
  await symlink(join(cwd, "a.har"), join(cwd, "same.har"));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function read(words: string[], options: CaptureOptions = {}) {
  const captures = await openCaptures(words, { cwd, ...options });
  const events: CaptureEvent[] = [];
  const paths: string[] = [];
  const accounts: unknown[] = [];
  for await (const event of oneByOne(captures.batches())) {
    events.push(event);
    if (event.kind !== "exchange") continue;
    paths.push(event.exchange.request.path);
    accounts.push(event.exchange.account);
  }
  return { captures, paths, accounts, faults: events.flatMap((event) => (event.kind === "fault" ? [event.fault] : [])), events };
}

describe("targets", () => {
  test("files, globs, folders: each capture once, sorted within a word", async () => {
    const { captures, faults, paths } = await read(["b.har", "{a,b,same}.har", "in", "in/*.har", join(cwd, "b.har")]);
    expect(captures.names).toEqual(["b.har", "a.har", "in/1.har.gz", "in/2.har", "in/deep/3.ndjson", "in/deep/4.jsonl.gz"]);
    expect(paths).toEqual(["/b", "/a", "/1", "/2", "/3", "/4"]);
    expect(faults).toEqual([]);
  });

  test("a file with magic in its name is a file", async () => {
    expect((await read(["[odd].har"])).paths).toEqual(["/odd"]);
  });

  test("outside of the working directory, names go up", async () => {
    const { captures } = await read([join(cwd, "a.har")], { cwd: join(cwd, "in") });
    expect(captures.names).toEqual(["../a.har"]);
  });

  test("what is not found is a fault that helps; the others are read", async () => {
    const { paths, faults } = await read(["a.hra", "nowhere/a.har", "x*.har", "empty", "b.har"]);
    expect(paths).toEqual(["/b"]);
    expect(faults).toMatchObject([
      { severity: "error", capture: "a.hra", message: "there is no file a.hra", advice: "did you mean a.har?" },
      { severity: "error", message: "there is no file nowhere/a.har", advice: expect.stringContaining("folder does not exist") },
      { severity: "error", message: "no file matches x*.har" },
      { severity: "error", message: "the folder empty holds no capture", advice: expect.stringContaining("*.ndjson") },
    ]);
  });
});

test("an empty name is none, and no folder", async () => {
  const { paths, faults } = await read(["", "a.har"], { accounts: [{ name: "alice", pattern: "" }] });
  expect(paths).toEqual(["/a"]);
  expect(faults).toMatchObject([
    { severity: "error", message: "an empty name is no capture" },
    { severity: "error", message: "account alice: an empty name matches none of the captures" },
  ]);
});

test.skipIf(process.platform === "win32")("a folder that cannot be read does not hide the others", async () => {
  const root = join(cwd, "part");
  await mkdir(join(root, "closed"), { recursive: true });
  await mkdir(join(root, "open"));
  await writeFile(join(root, "open/1.har"), har("1"));
  // Nothing is closed to root.
  const asRoot = process.geteuid?.() === 0;
  if (asRoot) for (const path of ["", "part", "part/open", "part/open/1.har"]) await chmod(join(cwd, path), 0o755);
  await chmod(join(root, "closed"), 0);
  try {
    if (asRoot) process.seteuid?.(65_534);
    const { paths, faults } = await read(["part"]);
    expect(paths).toEqual(["/1"]);
    expect(faults).toMatchObject([
      { severity: "error", capture: "part/closed", message: "the folder cannot be read: permission denied", advice: expect.any(String) },
    ]);
  } finally {
    if (asRoot) process.seteuid?.(0);
    await chmod(join(root, "closed"), 0o755);
  }
});

test("every fault knows its line", async () => {
  const lines = Array.from({ length: 60 }, (_, i) => (i % 3 === 1 ? "x" : JSON.stringify(entryOf())));
  await writeFile(join(cwd, "faults.ndjson.gz"), gzipSync(lines.join("\n")));
  const { faults } = await read(["faults.ndjson.gz"]);
  expect(faults.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, i) => 3 * i + 2));
});

describe("pipes", () => {
  test.each([
    ["HAR", Buffer.from(har("p"))],
    ["gzip", gzipSync(har("p"))],
    ["NDJSON", Buffer.from(JSON.stringify(entryOf({ request: { url: "https://api.example.com/p" } })))],
  ])("%s on the standard input", async (_, bytes) => {
    const stdin = Readable.from([bytes.subarray(0, 1), bytes.subarray(1, 30), bytes.subarray(30)]);
    const { captures, paths, events, faults } = await read(["-"], { stdin });
    expect(captures.names).toEqual(["<stdin>"]);
    expect([paths, faults]).toEqual([["/p"], []]);
    expect(events[0]).toMatchObject({ exchange: { origin: { capture: "<stdin>", line: 1 } } });
  });

  test("nothing on the standard input", async () => {
    expect((await read(["-"], { stdin: Readable.from([]) })).faults).toMatchObject([
      { capture: "<stdin>", message: "the capture is empty" },
    ]);
  });

  test.skipIf(process.platform === "win32")("a named pipe is read once", async () => {
    const pipe = join(cwd, "pipe.har");
    execFileSync("mkfifo", [pipe]);
    const [{ paths, faults }] = await Promise.all([read(["pipe.har"]), writeFile(pipe, har("fifo"))]);
    expect([paths, faults]).toEqual([["/fifo"], []]);
    // In a folder it is nobody's capture, and would be waited for.
    const { captures } = await read(["."]);
    await rm(pipe);
    expect(captures.names).not.toContain("pipe.har");
  });
});

describe("gzip", () => {
  test("cut off: what can be read is judged, then one located error", async () => {
    const { paths, faults } = await read(["broken.har.gz"]);
    expect(paths).toHaveLength(2);
    expect(faults).toMatchObject([{ severity: "error", message: expect.stringContaining("ends too early"), line: expect.any(Number) }]);
  });

  test("damaged: a fault, no stack", async () => {
    const { faults } = await read(["damaged.har.gz", "a.har"]);
    expect(faults).toMatchObject([{ severity: "error", capture: "damaged.har.gz" }]);
    expect(faults[0]?.message).toMatch(/gzip data is damaged/);
  });
});

test("every exchange knows its line", async () => {
  const { events } = await read(["lines.har", "in/1.har.gz"]);
  const origins = events.flatMap((event) => (event.kind === "exchange" ? [event.exchange.origin] : []));
  const text = JSON.stringify(JSON.parse(harOf(entryOf(), entryOf())), null, 2);
  expect(origins.map(({ capture, line }) => [capture, line])).toEqual([
    ...origins.slice(0, 2).map(({ offset }) => ["lines.har", text.slice(0, offset).split("\n").length]),
    ["in/1.har.gz", 1],
  ]);
});

describe("accounts named by the user", () => {
  test("belong to all exchanges of a capture, the same id for the same name", async () => {
    const { accounts, faults } = await read(["a.har", "b.har", "in"], {
      accounts: [
        { name: "alice", pattern: "[ab].har" },
        { name: "bob", pattern: "in/deep" },
      ],
    });
    expect(faults).toEqual([]);
    expect(accounts).toMatchObject([{ name: "alice" }, { name: "alice" }, undefined, undefined, { name: "bob" }, { name: "bob" }]);
    const [alice, again, , , bob] = accounts as { id: string }[];
    expect(alice?.id).toBe(again?.id);
    expect(alice?.id).not.toBe(bob?.id);
  });

  test("a pattern that matches none of the captures, or a capture of two accounts, is an error", async () => {
    const { faults } = await read(["a.har"], {
      accounts: [
        { name: "alice", pattern: "b.har" },
        { name: "bob", pattern: "a.har" },
        { name: "carol", pattern: "*.har" },
      ],
    });
    expect(faults).toMatchObject([
      { severity: "error", message: "account alice: b.har matches none of the captures" },
      { severity: "error", message: expect.stringContaining("two accounts, bob and carol") },
    ]);
  });
});

test("progress is told for each chunk, and reaches the end", async () => {
  const told: CaptureProgress[] = [];
  await read(["a.har", "in/1.har.gz"], { onProgress: (progress) => told.push(progress) });
  const last = told.at(-1);
  expect(last?.bytes).toBe(last?.totalBytes);
  expect(last?.entries).toBe(2);
  expect(told.every(({ bytes }, index) => bytes >= (told[index - 1]?.bytes ?? 0))).toBe(true);
});

test("each capture ends with its counts", async () => {
  const { events } = await read(["lines.har"]);
  expect(events.at(-1)).toEqual({ kind: "end", capture: "lines.har", bytes: expect.any(Number), entries: 2 });
});
