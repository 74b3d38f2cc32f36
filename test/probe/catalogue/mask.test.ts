import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mask } from "../../../src/probe/catalogue/mask/index.ts";
import type { Depth } from "../../../src/probe/probe.ts";
import { askingFor, asks, linesOf, skips } from "./walk.ts";

const plan = readFileSync(new URL("../../../examples/probe/plan.yaml", import.meta.url), "utf8");
const at = (depth: Depth, text = plan) => askingFor(text, undefined, depth);
const probe = (id: string) => mask.find((each) => each.id === id) as (typeof mask)[number];

describe("mask/read", () => {
  it("asks eight pairs by GET and HEAD for each resource, one before them, and the owner once", async () => {
    const asked = asks(await at("plain"), ...mask);
    expect(asked).toHaveLength(2 * (1 + 2 + 32));
    expect(new Set(asked.map(({ level }) => level))).toEqual(new Set([0]));
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET", "HEAD"]));
    for (const group of new Set(asked.flatMap(({ group = [] }) => group))) {
      const pairs = asked.filter((ask) => ask.group === group && (ask.pair ?? -1) >= 0);
      const of = (is: string) => pairs.filter(({ target }) => target?.is === is);
      expect(of("foreign").map(({ pair }) => pair)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(new Set(of("foreign").map(({ path }) => path)).size).toBe(1);
      expect(new Set(of("missing").map(({ path }) => path)).size).toBe(8);
      expect(of("missing").every(({ as }) => typeof as === "object" && "account" in as && as.account === "bob")).toBe(true);
    }
  });

  it("asks in no order that could be guessed", async () => {
    const asked = asks(await at("all"), probe("mask/read")).filter(({ pair = -1 }) => pair >= 0);
    const firsts = asked.filter((_, index) => index % 2 === 0).map(({ target }) => target?.is);
    const foreign = firsts.filter((is) => is === "foreign").length / firsts.length;
    expect(foreign).toBeGreaterThan(0.3);
    expect(foreign).toBeLessThan(0.7);
  });

  it("has nothing to ask where nothing is masked", async () => {
    const bare = `envelint: 1\ntitle: bare\nenvelopes: { api: { pointer: "", members: { message: /message } } }\nerrors: [{ name: gone, status: 404 }]\n`;
    const planned = "probe: 1\ntarget: http://127.0.0.1:1\naccounts: { alice: { credential: A } }\nrequests: { other: [GET /things] }\n";
    const asking = await askingFor(planned, bare);
    expect(asks(asking, ...mask)).toEqual([]);
    // A larger budget would not help.
    expect(skips(asking, ...mask)).toEqual(mask.map(() => "the contract masks nothing"));
  });

  it("knows nothing without a second account", async () => {
    const alone = plan.replace(/^ {2}bob:.*\n/m, "").replace(/^ {4}bob: \{.*\n/gm, "");
    const asking = await at("plain", alone);
    expect(asks(asking, ...mask)).toEqual([]);
    expect(skips(asking, probe("mask/read"))).toEqual(["masking needs two accounts in the plan"]);
  });

  it("stands in for the whole path where that is the resource", async () => {
    const contract = `envelint: 1
title: files
extends: builtin:course-api
operations: { readFile: GET /files/** }
errors: [{ name: file-not-found, status: 404, type: not_found_error, code: file_not_found }]
masking: [{ resource: file, operations: [readFile], answer: file-not-found }]
`;
    const files = `probe: 1
target: http://127.0.0.1:1
accounts: { alice: { credential: A }, bob: { credential: B } }
resources: { file: { alice: { own: /files/a/notes.txt }, bob: { own: /files/b/list.txt } } }
requests: { readFile: [GET /files/a/notes.txt] }
`;
    const asked = asks(await askingFor(files, contract), probe("mask/read"));
    const paths = (is: string) => new Set(asked.filter(({ target }) => target?.is === is).map(({ path }) => path));
    expect([...paths("foreign")]).toEqual(["/files/a/notes.txt"]);
    expect(paths("missing").size).toBe(1 + 1 + 16);
    expect([...paths("missing")].every((path) => path.startsWith("/files/"))).toBe(true);
  });
});

describe("mask/write", () => {
  it("acts on what may be lost alone, and is to be refused", async () => {
    const asked = asks(await at("all"), probe("mask/write")).filter(({ group }) => group !== undefined);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.every(({ mustFail, level }) => mustFail === true && level > 0)).toBe(true);
    const foreign = (level: number) =>
      new Set(asked.filter((ask) => ask.level === level && ask.target?.is === "foreign").map(({ path }) => path));
    expect([...foreign(2)].every((path) => path.includes("crs_biology1"))).toBe(true);
    expect([...foreign(1)].every((path) => path.includes("crs_biology1"))).toBe(true);
    expect(foreign(1).size).toBeGreaterThan(0);
    // Only what cannot be read comes below level 2.
    const variants = new Set(asked.filter(({ level }) => level === 1).map(({ group = "" }) => group.split(", ").slice(1).join(", ")));
    expect(variants).toEqual(new Set(["invalid JSON", "a media type nobody takes"]));
    expect(asked.filter(({ method, level }) => method === "DELETE" && level < 2)).toEqual([]);
  });

  it("never names the owner's own, which is not to be lost", async () => {
    const asking = await at("all");
    const asked = asks(asking, probe("mask/write"));
    expect(asked.filter(({ path, target }) => target?.resource === "preset" || /crs_geometry|pre_evenings/.test(path))).toEqual([]);
    expect(skips(asking, probe("mask/write"))).toContain("no preset in the plan on which PATCH /v1/presets/{preset_id} does nothing");
    const keep = plan.replace(", throwAway: crs_biology1", "").replace(/^ {4}done:.*\n/m, "");
    expect(asks(await at("all", keep), probe("mask/write"))).toEqual([]);
  });

  it("says so where a made-up id might be somebody's, and takes the plan's where it gives one", async () => {
    const without = await at("all", plan.replaceAll(/^ {4}missing:.*\n/gm, ""));
    expect(asks(without, probe("mask/write"))).toEqual([]);
    const why = (name: string) => `ids of this look (${name}) are too few to find one that nobody has: give \`missing\` in the plan`;
    expect(skips(without, probe("mask/write"))).toEqual([why("course"), why("preset")]);
    expect(asks(without, probe("mask/list")).filter(({ level }) => level > 0)).toEqual([]);
    expect(asks(without, probe("mask/read")).length).toBeGreaterThan(100);
    const missing = asks(await at("all"), probe("mask/write")).filter(({ target }) => target?.is === "missing");
    expect(missing.length).toBeGreaterThan(50);
    expect(missing.every(({ path }) => path.includes("crs_nothing0"))).toBe(true);
    const uuid = await at("all", plan.replace("missing: crs_nothing0", "missing: 8f14e45f-ceea-467f-a8b2-1c5d2f0e9a77"));
    const paths = asks(uuid, probe("mask/write")).filter(({ target }) => target?.is === "missing");
    expect(new Set(paths.map(({ path }) => path)).size).toBe(paths.length);
  });

  it("reads before and after what it tries to write", async () => {
    const asked = asks(await at("all"), probe("mask/write"));
    expect(
      [asked[0], asked.filter(({ target }) => target?.resource === "course").at(-1)].map((ask) => linesOf(ask ? [ask] : [])[0]),
    ).toEqual(["0 alice GET /v1/courses/crs_biology1 → -", "0 alice GET /v1/courses/crs_biology1 → -"]);
  });
});

it("each group is of requests that differ in the id alone", async () => {
  const asked = asks(await at("timing"), ...mask).filter(({ pair = -1 }) => pair >= 0);
  const groups = new Map<string, Set<string>>();
  const sizes = new Map<string, number>();
  for (const { group = "", method, path, headers = [], body, as, target } of asked) {
    const keys = headers.map(([name, value]) => [name, /key/i.test(name) ? "k" : value]);
    const content = typeof body?.content === "string" ? body.content.replace(/(?:pre|crs)_\w+/, "ID") : "";
    const shape = JSON.stringify([method, path.replace(/(?:pre|crs)_\w+(?=[/?]|$)/g, "ID"), keys, content, body?.mediaType, as]);
    const key = `${target?.resource} ${group}`;
    groups.set(key, (groups.get(key) ?? new Set()).add(shape));
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  expect([...groups].filter(([, shapes]) => shapes.size > 1)).toEqual([]);
  expect(new Set(sizes.values())).toEqual(new Set([16, 408]));
});
