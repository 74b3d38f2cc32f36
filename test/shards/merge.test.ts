import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../cli/run-command.ts";

const fixtures = fileURLToPath(new URL("../cli/fixtures/", import.meta.url));
let cwd = "";
const run = (line: string) => runCommand(line.split(" "), { cwd });
const captures = ["bad.har", "changed.har", "elsewhere.har", "good.har", "quiet.har"];

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "envelint-"));
  await cp(fixtures, cwd, { recursive: true });
  for (let part = 1; part <= 3; part++)
    await run(`${captures.join(" ")} --contract shop.yaml --shard ${part}/3 --format json=p${part}.json --quiet`);
});
afterAll(() => rm(cwd, { recursive: true }));

describe("shards", () => {
  it.each(["json", "pretty"])("merge to the very bytes of a run over the same partition: %s", async (format) => {
    const whole = await run(`${captures.join(" ")} --contract shop.yaml --shard all/3 --format ${format} --quiet`);
    const merged = await run(`merge p1.json p2.json p3.json --format ${format} --quiet`);
    expect(merged).toEqual(whole);
    // The order in which they are named is nothing.
    expect((await run(`merge p3.json p1.json p2.json --format ${format} --quiet`)).stdout).toBe(whole.stdout);
  });

  it("merge to the same bytes under a configuration", async () => {
    await writeFile(join(cwd, "gate.yaml"), "contract: shop.yaml\nignores:\n  - { rule: pairing/*, reason: r, until: 2999-01-01 }\n");
    for (const part of [1, 2]) await run(`${captures.join(" ")} --config gate.yaml --shard ${part}/2 --format json=c${part}.json --quiet`);
    const merged = await run("merge c1.json c2.json --config gate.yaml --format json --quiet");
    expect(merged).toEqual(await run(`${captures.join(" ")} --config gate.yaml --shard all/2 --format json --quiet`));
    expect(JSON.parse(merged.stdout)).toMatchObject({ config: "gate.yaml", ignored: [{}, {}] });
  });

  it("find what one run over all finds, and say what rules that compare captures could not see", async () => {
    const plain = JSON.parse((await run(`${captures.join(" ")} --contract shop.yaml --format json --quiet`)).stdout);
    const merged = JSON.parse((await run("merge p1.json p2.json p3.json --format json --quiet")).stdout);
    const across = merged.coverage.notObservable.filter(({ reason }: { reason: string }) => reason === "not observable across shards");
    expect(across.map(({ rule }: { rule: string }) => rule)).toContain("masking/distinguishable");
    expect(across.map(({ rule }: { rule: string }) => rule)).not.toContain("client/retried-early");
    const told = merged.coverage.notObservable.filter((one: unknown) => !across.includes(one));
    expect({ ...merged, coverage: { ...merged.coverage, notObservable: told } }).toEqual(plain);
  });

  it("write parts that fit their schemas", async () => {
    const read = async (path: string) => JSON.parse(await readFile(path, "utf8"));
    const schemas = await Promise.all(
      ["report", "part"].map((name) => read(fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url)))),
    );
    const [report, part] = schemas.map((schema) => new Ajv2020({ schemas: schemas.filter((other) => other !== schema) }).compile(schema));
    const written = await read(join(cwd, "p1.json"));
    expect([report?.(written), report?.errors, part?.(written.shard.state), part?.errors]).toEqual([true, null, true, null]);
  });

  it("hold no secret", async () => {
    for (const part of ["p1.json", "p2.json", "p3.json"])
      expect(await readFile(join(cwd, part), "utf8")).not.toMatch(/abcdef123456|topsecrettoken/);
  });

  it("each tell of their own part, and leave to the whole what only it can tell", async () => {
    const part = await run(`${captures.join(" ")} --contract shop.yaml --require bad-order --shard 3/3 --quiet`);
    expect(part.stdout).not.toContain("bad-order is required");
    const parts = ["1", "2", "3"];
    for (const index of parts)
      await run(`${captures.join(" ")} --contract shop.yaml --require bad-order --shard ${index}/3 --format json=r${index}.json --quiet`);
    const merged = await run("merge r1.json r2.json r3.json --quiet");
    expect(merged.stdout).toContain("bad-order is required, but was not put to the test");
    expect(merged.exitCode).toBe(2);
  });

  it("that are not all there are merged, and are no whole", async () => {
    const { exitCode, stdout } = await run("merge p1.json p3.json");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("Shard 2 of 3 is missing");
  });

  it.each([
    ["merge p1.json p1.json p2.json p3.json", 1, ""],
    ["merge p1.json nowhere.json p2.json p3.json", 2, "There is no part nowhere.json."],
    ["merge nowhere.json", 2, "There is no part nowhere.json."],
    ["merge good.har", 2, "good.har is no part of a whole"],
    ["merge not-a-capture.har", 2, "not-a-capture.har cannot be read: it is no JSON"],
    ["merge faulty.yaml", 2, "faulty.yaml cannot be read: it is no JSON"],
    ["merge", 2, "Give the parts"],
    ["merge p1.json --formt json", 2, "There is no option --formt. Did you mean --format?"],
    ["merge p1.json --format json=p1.json", 2, "would overwrite p1.json"],
    ["good.har --shard 4/3", 2, '--shard cannot be "4/3"'],
    ["good.har --shard 0/3", 2, '--shard cannot be "0/3"'],
    ["- --shard 1/3", 2, "Standard input cannot be parted"],
    ["diff bad.har good.har --shard 1/2", 2, "There is no option --shard"],
  ])("%s", async (line, code, says) => {
    const { exitCode, stdout, stderr } = await run(line);
    expect(exitCode).toBe(code);
    expect(stdout + stderr).toContain(says);
  });

  it("of other measures are not added up", async () => {
    await run(`${captures.join(" ")} --contract shop.yaml --shard 2/3 --rule masking/*=off --format json=q2.json --quiet`);
    expect((await run("merge p1.json q2.json p3.json")).stderr).toContain("p1.json and q2.json differ in the rules or their severities");
    await run(`${captures.join(" ")} --shard 2/3 --format json=q2.json --quiet`);
    expect((await run("merge p1.json q2.json p3.json")).stderr).toContain("differ in the contract");
  });

  it("that were read otherwise, or by other code, are not added up", async () => {
    await run(`${captures.join(" ")} --contract shop.yaml --shard 2/3 --strict --format json=q2.json --quiet`);
    expect((await run("merge p1.json q2.json p3.json")).stderr).toContain("differ in --account or --strict");
    for (const part of [1, 2]) {
      await run(
        `${captures.join(" ")} --contract shop.yaml --rule ./checks/teapot.mjs --shard ${part}/2 --format json=o${part}.json --quiet`,
      );
      await writeFile(join(cwd, "checks/teapot.mjs"), `${await readFile(join(cwd, "checks/teapot.mjs"), "utf8")}\n// changed\n`);
    }
    expect((await run("merge o1.json o2.json")).stderr).toContain("differ in the rules or their severities");
  });

  it("of a job that has seen nothing keep the whole from being green", async () => {
    await run("good.har --contract shop.yaml --shard 1/1 --format json=full.json --quiet");
    await writeFile(join(cwd, "empty.har"), '{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[]}}');
    const alone = await run("empty.har --contract shop.yaml --shard 1/1 --format json=empty.json --quiet");
    expect(alone.exitCode).toBe(2);
    const { exitCode, stdout } = await run("merge full.json empty.json");
    expect(exitCode).toBe(2);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("empty.json: No exchange was read");
  });

  it("that say to be one of a thousand million cost no time", async () => {
    const part = JSON.parse(await readFile(join(cwd, "p2.json"), "utf8"));
    await writeFile(join(cwd, "many.json"), JSON.stringify({ ...part, shard: { ...part.shard, of: 1_000_000_000 } }));
    const { exitCode, stdout } = await run("merge many.json");
    expect(exitCode).toBe(2);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("Shards 1, 3, 4, 5, 6 and 999999994 more of 1000000000 are missing");
  });

  it("that are damaged are told, and cost the others nothing", async () => {
    const part = JSON.parse(await readFile(join(cwd, "p2.json"), "utf8"));
    for (const [damage, says] of [
      [{ ...part, tool: { ...part.tool, version: "0.0.9" } }, "was made by envelint 0.0.9"],
      [{ ...part, shard: { ...part.shard, state: {} } }, "is damaged"],
      [
        { ...part, shard: { ...part.shard, state: { ...part.shard.state, gathered: { ...part.shard.state.gathered, bytes: "many" } } } },
        "is damaged: /gathered/bytes must be integer",
      ],
    ] as const) {
      await writeFile(join(cwd, "d2.json"), JSON.stringify(damage));
      const { exitCode, stdout } = await run("merge p1.json d2.json p3.json");
      expect(exitCode).toBe(2);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(says);
      expect(stdout).toContain("rate-limit/retry-after-missing");
    }
  });

  it("of several jobs, each whole, are added up; a capture that two of them hold is told", async () => {
    await run("bad.har --contract shop.yaml --shard 1/1 --format json=j1.json --quiet");
    await run("good.har --contract shop.yaml --shard 1/1 --format json=j2.json --quiet");
    const both = JSON.parse((await run("merge j1.json j2.json --format json")).stdout);
    expect(both.seen.captures).toBe(2);
    expect(both.unjudged).toEqual([]);
    await run("good.har bad.har --contract shop.yaml --shard 1/1 --format json=j3.json --quiet");
    expect((await run("merge j1.json j3.json")).stdout.replaceAll(/\s+/g, " ")).toContain("bad.har is in j1.json and in j3.json");
  });

  it("that let nothing fail are no reason for the whole to be green", async () => {
    for (const index of [1, 2, 3])
      await run(`${captures.join(" ")} --contract shop.yaml --fail-on never --shard ${index}/3 --format json=n${index}.json --quiet`);
    expect((await run("merge n1.json n2.json n3.json --quiet")).exitCode).toBe(1);
    expect((await run("merge n1.json n2.json n3.json --fail-on never --quiet")).exitCode).toBe(0);
    await writeFile(join(cwd, "level.yaml"), "failOn: never\n");
    expect((await run("merge n1.json n2.json n3.json --config level.yaml --quiet")).exitCode).toBe(0);
    expect((await run("merge n1.json n2.json n3.json --config level.yaml --fail-on error --quiet")).exitCode).toBe(1);
  });

  it("are gated by a baseline as a whole", async () => {
    await run("merge p1.json p2.json p3.json --baseline base.jsonl --update-baseline --accept-new --quiet");
    expect((await run("merge p1.json p2.json p3.json --baseline base.jsonl --quiet")).exitCode).toBe(0);
  });
});
