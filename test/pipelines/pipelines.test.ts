import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runAction, shell } from "./run-action.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let checkout = "";
let path = "";

/** A project that has captures and a contract, and where `npx envelint` and `npm ci` do what they would. */
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "envelint-"));
  await mkdir(join(checkout, "captures"));
  await mkdir(join(checkout, "bin"));
  for (const name of ["bad.har", "good.har"]) await cp(at(`../cli/fixtures/${name}`), join(checkout, "captures", name));
  await cp(at("../cli/fixtures/shop.yaml"), join(checkout, "errors.yaml"));
  await writeFile(join(checkout, "bin/npx"), `#!/bin/sh\nshift\nexec node '${at("../../bin/envelint.js")}' "$@"\n`);
  await writeFile(join(checkout, "bin/envelint"), `#!/bin/sh\nexec node '${at("../../bin/envelint.js")}' "$@"\n`);
  await writeFile(join(checkout, "bin/npm"), "#!/bin/sh\nexit 0\n");
  for (const name of ["npx", "npm", "envelint"]) await chmod(join(checkout, "bin", name), 0o755);
  path = `${join(checkout, "bin")}:${process.env.PATH}`;
});
afterAll(() => rm(checkout, { recursive: true }));

const bad = { captures: "captures/bad.har", contract: "errors.yaml" };

describe("the action", () => {
  it("annotates, writes every report, summarises, and fails last", async () => {
    const { exitCode, stdout, outputs, summary, used } = await runAction(checkout, { ...bad, "upload-sarif": "true" });
    expect(exitCode).toBe(1);
    expect(outputs).toEqual({ "exit-code": "1", verdict: "broken", findings: "2", output: "envelint-report" });
    expect(stdout).toMatch(/^::error file=errors\.yaml,line=14,/m);
    expect(summary).toContain("rate-limit/retry-after-missing");
    expect(used).toEqual(["github/codeql-action/upload-sarif@v3"]);
    const sarif = JSON.parse(await readFile(join(checkout, "envelint-report/envelint.sarif"), "utf8"));
    expect(sarif.runs[0].results).toHaveLength(2);
    for (const report of ["json", "html", "md"]) await readFile(join(checkout, `envelint-report/envelint.${report}`));
  });

  it("is green where the contract is kept, and sends nothing unasked", async () => {
    const { exitCode, outputs, used } = await runAction(checkout, { ...bad, captures: "captures/good.har" });
    expect([exitCode, outputs.verdict, used]).toEqual([0, "kept", []]);
  });

  it("goes by a baseline and by further arguments, and takes what they say for nothing but words", async () => {
    await shell(
      "envelint captures --contract errors.yaml --baseline base.jsonl --update-baseline --accept-new --quiet >/dev/null",
      checkout,
      { PATH: path },
    );
    expect((await runAction(checkout, { ...bad, baseline: "base.jsonl" })).exitCode).toBe(0);
    const odd = "--rule=pairing/*=off\n--server=https://api.example.com/$(id>pwned)`id>pwned`;id>pwned";
    const { exitCode, outputs } = await runAction(checkout, { ...bad, args: odd });
    expect([exitCode, outputs.verdict]).toEqual([2, "unjudged"]);
    expect((await shell("ls", checkout, {})).stdout).not.toContain("pwned");
  });

  it("takes no capture for an option, and no line of an input for an output", async () => {
    const options = { ...bad, captures: "captures/bad.har\n--fail-on=never\n--rule=./evil.mjs" };
    expect((await runAction(checkout, options)).exitCode).toBe(2);
    const lines = { ...bad, output: "rep\nexit-code=0\nverdict=kept" };
    const { exitCode, outputs } = await runAction(checkout, lines);
    expect([exitCode, outputs["exit-code"], outputs.verdict]).toEqual([1, "1", "broken"]);
    expect((await runAction(checkout, { ...bad, args: "--version" })).exitCode).toBe(2);
  });

  it("exits 2 for what cannot be run, says so where people look, and leaves no old report behind", async () => {
    const { exitCode, stdout, stderr, outputs, summary } = await runAction(checkout, {
      ...bad,
      args: "--formt=json",
      "upload-sarif": "true",
    });
    expect(exitCode).toBe(2);
    expect(outputs).toEqual({ "exit-code": "2", verdict: "unjudged", findings: "0", output: "envelint-report" });
    const message = 'There is no option --formt. Did you mean --format? See "envelint audit --help".';
    expect(stdout).toBe(`::error title=envelint::${message}\n`);
    expect(stderr).toContain(message);
    expect(summary).toBe(`### ? envelint could not run\n\n    envelint: ${message}\n\n`);
  });

  it.each([
    ["a contract that is not there", { ...bad, contract: "erors.yaml" }, "erors.yaml"],
    ["no captures", { ...bad, captures: "" }, "capture"],
    ["a folder that cannot be made", { ...bad, output: "errors.yaml/reports" }, "errors.yaml"],
    ["an option without its =", { ...bad, args: "--server https://api.example.com" }, "Write --server=https://api.example.com"],
  ])("annotates %s", async (_, given, told) => {
    const { exitCode, stdout, outputs, summary } = await runAction(checkout, given);
    expect([exitCode, outputs.verdict, outputs.findings]).toEqual([2, "unjudged", "0"]);
    expect(stdout).toMatch(/^::error title=envelint::[^\n]+\n$/);
    expect(stdout).toContain(told);
    expect(summary).toContain(told);
  });

  it("takes what a file says for nothing but words, in an annotation and in the summary", async () => {
    const hostile = "title: x%0A\n<b>~~~`````::error::</b>: [1\n::warning::gotcha: 2\n";
    await writeFile(join(checkout, "hostile.yaml"), hostile);
    const { stdout, stderr, summary } = await runAction(checkout, { ...bad, contract: "hostile.yaml" });
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toContain("%0A  hostile.yaml:");
    expect(stderr).not.toMatch(/^\s*::/m);
    for (const line of summary.split("\n").slice(1)) expect(line).toMatch(/^(?: {4}.*)?$/);
    expect((await runAction(checkout, { ...bad, args: "--fail-on=100%0A::x" })).stdout).toContain("100%250A");
  });

  it("builds with what builds it, though the job's NODE_ENV is production", async () => {
    const bare = await mkdtemp(join(tmpdir(), "envelint-"));
    await writeFile(join(bare, "npm"), `#!/bin/sh\necho "$@" > '${join(bare, "called")}'\n`);
    await chmod(join(bare, "npm"), 0o755);
    await shell(`bash '${at("../../scripts/action-install.sh")}'`, checkout, {
      PATH: `${bare}:${path}`,
      GITHUB_ACTION_PATH: bare,
      NODE_ENV: "production",
    });
    expect(await readFile(join(bare, "called"), "utf8")).toMatch(/^ci --include=dev /);
    await rm(bare, { recursive: true });
  });
});

describe("GitLab's example", () => {
  const jobs = async () => parse(await readFile(at("../../examples/pipelines/gitlab-ci.yml"), "utf8"));

  it("judges, and leaves what the job says it leaves", async () => {
    const { "api-errors": job } = await jobs();
    await shell(
      "envelint captures --contract errors.yaml --baseline errors.baseline.jsonl --update-baseline --accept-new --quiet >/dev/null",
      checkout,
      { PATH: path },
    );
    for (const line of job.script) expect(await shell(line, checkout, { PATH: path })).toMatchObject({ exitCode: 0 });
    const left = [...job.artifacts.paths, ...(Object.values(job.artifacts.reports) as string[])];
    for (const file of left) expect((await readFile(join(checkout, file), "utf8")).length).toBeGreaterThan(2);
  });

  it("judges in parts, and merges them", async () => {
    const { "api-errors-part": part, "api-errors-whole": whole } = await jobs();
    for (let index = 1; index <= part.parallel; index++)
      for (const line of part.script)
        expect(await shell(line, checkout, { PATH: path, CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: `${part.parallel}` })).toMatchObject({
          exitCode: 0,
        });
    for (const line of whole.script) expect(await shell(line, checkout, { PATH: path })).toMatchObject({ exitCode: 0 });
  });
});

describe("GitHub's examples", () => {
  it("judge in parts, and merge them", async () => {
    const { jobs } = parse(await readFile(at("../../examples/pipelines/github-shards.yml"), "utf8"));
    const lines = (job: { readonly steps: readonly { readonly run?: string }[] }) => job.steps.flatMap(({ run }) => run ?? []);
    for (const shard of jobs.part.strategy.matrix.shard)
      for (const line of lines(jobs.part))
        expect(await shell(line.replaceAll(/\$\{\{ matrix\.shard \}\}/g, shard), checkout, { PATH: path })).toMatchObject({ exitCode: 0 });
    for (const line of lines(jobs.whole)) expect(await shell(line, checkout, { PATH: path })).toMatchObject({ exitCode: 0 });
  });

  it("name inputs that the action has", async () => {
    const { jobs } = parse(await readFile(at("../../examples/pipelines/github.yml"), "utf8"));
    const { inputs } = parse(await readFile(at("../../action.yml"), "utf8"));
    const used = jobs.errors.steps.find(({ uses = "" }) => uses.startsWith("envelint/"));
    for (const name of Object.keys(used.with)) expect(Object.keys(inputs)).toContain(name);
  });
});

describe("the hooks of pre-commit", () => {
  it("take several files, and fail for a faulty contract and a broken one", async () => {
    const hooks = parse(await readFile(at("../../.pre-commit-hooks.yaml"), "utf8")) as {
      id: string;
      entry: string;
      args: string[];
      files: string;
    }[];
    const run = (id: string, files: readonly string[], own?: readonly string[]) => {
      const { entry = "", args = [], files: pattern = "" } = hooks.find((hook) => hook.id === id) ?? {};
      for (const file of files) expect(file).toMatch(new RegExp(pattern));
      return shell([entry, ...(own ?? args), ...files].join(" "), checkout, { PATH: path });
    };
    const { repos } = parse(await readFile(at("../../examples/pipelines/pre-commit-config.yaml"), "utf8"));
    const shown = repos[0].hooks.find(({ id }: { readonly id: string }) => id === "envelint").args as string[];
    await cp(at("../cli/fixtures/faulty.yaml"), join(checkout, "faulty.errors.yaml"));
    expect((await run("envelint-contract", ["errors.yaml"])).exitCode).toBe(0);
    const faulty = await run("envelint-contract", ["errors.yaml", "faulty.errors.yaml"]);
    expect(faulty.exitCode).toBe(1);
    expect(faulty.stdout).toContain("errors.yaml: no faults");
    expect(faulty.stdout).toMatch(/^faulty\.errors\.yaml:\d+:\d+/m);
    expect((await run("envelint", ["captures/bad.har", "captures/good.har"], shown)).exitCode).toBe(1);
    // A file's name is no option.
    await cp(join(checkout, "captures/bad.har"), join(checkout, "--fail-on=never.har"));
    expect((await run("envelint", ["--fail-on=never.har"], shown)).exitCode).toBe(1);
  });
});
