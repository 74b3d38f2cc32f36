import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config/read-config.ts";
import type { Report } from "../../src/model/report.ts";
import { formats } from "../../src/reporters/formats.ts";
import { type Ran, runCommand } from "../cli/run-command.ts";
import { makeFolder } from "./kit.ts";

const { folder, write } = makeFolder();
const fixture = (name: string) => readFileSync(new URL(`../cli/fixtures/${name}`, import.meta.url), "utf8");

/** Runs in a folder below the repository. */
function run(words: string, cwd = folder, env = {}): Promise<Ran> {
  return runCommand(words === "" ? [] : words.split(" "), { cwd, env });
}

async function report(words: string, cwd = folder): Promise<Report> {
  const { stdout, stderr } = await run(`${words} --format json`.trim(), cwd);
  if (!stdout.startsWith("{")) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const file = "envelint.config.yaml";
beforeAll(() => {
  for (const name of ["good.har", "bad.har", "shop.yaml", "changed.har"]) write(name, fixture(name));
  write("app/.keep");
  write(
    "checks/any-error.mjs",
    `export default { id: "own/any-error", summary: "an error\\u001b[31m", severity: "note", needs: "exchange", advice: "a",
      watch: ({ tell }) => ({ error: (answer) => tell({ on: answer, say: { note: "any", text: "error" }, place: { kind: "status" }, expected: "e", found: "f" }) }) };`,
  );
  write("checks/any-error.md", "# own/any-error\n\nA page of one's own.\n");
});

describe("the command line and the file", () => {
  test("the file says what the command line does not, from any folder below it", async () => {
    write(file, "contract: shop.yaml\ncaptures: bad.har\nfailOn: never\n");
    for (const [cwd, prefix] of [
      [folder, ""],
      [join(folder, "app"), "../"],
    ] as const) {
      const { contract, findings, verdict } = await report("", cwd);
      expect(contract.file).toBe(`${prefix}shop.yaml`);
      expect(verdict).toBe("kept");
      expect(findings.map(({ rule }) => rule)).toEqual(["rate-limit/retry-after-missing", "pairing/type-mismatch"]);
    }
  });

  test("each option wins by itself", async () => {
    write(file, "contract: shop.yaml\ncaptures: bad.har\nfailOn: never\nmaxSamples: 1\n");
    const { verdict, findings } = await report("--fail-on error");
    expect(verdict).toBe("broken");
    expect(findings.every(({ samples }) => samples.length === 1)).toBe(true);
    expect((await report("good.har --fail-on error")).verdict).toBe("kept");
    expect((await report("--no-config bad.har")).contract.file).toBe("builtin:course-api");
    expect((await report("--contract builtin:course-api")).contract.file).toBe("builtin:course-api");
  });

  test("a switch can be turned back", async () => {
    write(file, "contract: shop.yaml\ncaptures: good.har\ntogether: true\nstrict: true\n");
    const values = async (words: string) => JSON.parse((await run(`config --json ${words}`)).stdout).values;
    expect(await values("--quiet")).toMatchObject({
      together: { value: true, from: `${file}:3` },
      strict: { value: true, from: `${file}:4` },
    });
    expect(await values("--together=false")).toMatchObject({ together: { value: false, from: "--together" }, strict: { value: true } });
  });

  test("rules given on the command line come after the file's", async () => {
    write(file, "contract: shop.yaml\ncaptures: bad.har\nrules: { '*': note, pairing/*: warning }\n");
    const severities = async (words: string) =>
      Object.fromEntries((await report(words)).findings.map(({ rule, severity }) => [rule, severity]));
    expect(await severities("")).toEqual({ "pairing/type-mismatch": "warning", "rate-limit/retry-after-missing": "note" });
    expect(await severities("--rule rate-limit/*=error")).toEqual({
      "pairing/type-mismatch": "warning",
      "rate-limit/retry-after-missing": "error",
    });
    expect(await severities("--rule *=off --rule pairing/*=error")).toEqual({ "pairing/type-mismatch": "error" });
  });

  test("a rule file of the configuration, seen from a folder below", async () => {
    write(file, "contract: shop.yaml\ncaptures: bad.har\ncustomRules: [checks/any-error.mjs]\nrules: { '*': off, own/*: error }\n");
    const { findings } = await report("", join(folder, "app"));
    expect(findings.map(({ rule, severity }) => [rule, severity])).toContainEqual(["own/any-error", "error"]);
    expect(new Set(findings.map(({ rule }) => rule)).size).toBe(1);
  });

  test("without captures both ways to give them are told", async () => {
    write(file, "contract: shop.yaml\n");
    const { exitCode, stderr } = await run("", join(folder, "app"));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("as in envelint traffic.har. Or name captures in ../envelint.config.yaml, under captures.");
  });

  test("--config names one that is not looked for, also one by another name", async () => {
    write(file, "failOn: [");
    write("ci/strict.yaml", "contract: ../shop.yaml\ncaptures: ../good.har\n");
    expect((await report("--config ci/strict.yaml")).contract.file).toBe("shop.yaml");
    for (const [words, fault] of [
      ["--config ci/none.yaml", "  ci/none.yaml:1:1: cannot be read: there is no such file"],
      ["--config ci", "  ci:1:1: cannot be read: it is a folder"],
      ["--config bad.har", "  bad.har:1:1: is a capture (HAR), not a configuration (name it under captures, or give it as a target)"],
      ["--config shop.yaml", "  shop.yaml:2:1: is a contract, not a configuration (name it under contract, or with --contract)"],
      ["--config -", "envelint: A configuration cannot be read from standard input. Give its file."],
      ["--config ci/strict.yaml --no-config", "envelint: --config and --no-config do not go together."],
    ] as const) {
      const { exitCode, stderr } = await run(`good.har ${words}`);
      expect([exitCode, stderr.trimEnd().split("\n").at(-1)], words).toEqual([2, fault]);
    }
  });

  test("a contract that is not there is a fault of the configuration, unless another is given", async () => {
    write(file, "captures: good.har\ncontract: shops.yaml\n");
    expect((await run("")).stderr).toBe(
      `envelint: the configuration cannot be used:\n  ${file}:2:1: contract: is no file that can be read: "shops.yaml" (it is looked for beside the configuration)\n`,
    );
    expect((await report("--contract shop.yaml")).verdict).toBe("kept");
  });

  test("a report is not written over the configuration", async () => {
    write(file, `contract: shop.yaml\ncaptures: good.har\nformats: json=${file}\n`);
    expect((await run("", join(folder, "app"))).stderr).toBe(
      `envelint: --format json=../${file} would overwrite ../${file}, which this command reads. Give the report another file.\n`,
    );
  });

  test("reports go where the file says, seen from its folder; a format given goes alone", async () => {
    write(file, "contract: shop.yaml\ncaptures: good.har\nformats: [json=out.json]\n");
    const { stdout, exitCode } = await run("", join(folder, "app"));
    expect([stdout, exitCode]).toEqual(["", 0]);
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toMatchObject({ verdict: "kept" });
    expect((await run("--format pretty")).stdout).toContain("kept: no finding");
  });

  test("nothing that a file says is obeyed by a terminal", async () => {
    write(file, 'captures: good.har\n"evil\\u001b[31m\\u202e": 1\ncontract: "no\\u001b[2J.yaml"\n');
    const { stderr } = await run("");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(stderr).not.toMatch(/[\u001b\u202e]/);
    expect(stderr).toContain("evil\\u001b[31m");
  });
});

describe("other commands", () => {
  test("diff takes what it has a use for", async () => {
    write(
      file,
      "contract: shop.yaml\ncaptures: nowhere.har\nrequire: [bad-order]\nsubjects: [client]\ntogether: true\nrules: { stability/*: note }\n",
    );
    const { command, findings } = await report("diff good.har changed.har");
    expect(command).toBe("diff");
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(["note"]));
  });

  test("a plan's contract comes before the file's, the command line's before both", async () => {
    write(file, "contract: shop.yaml\nservers: https://api.example.com\nformats: [pretty, json=never.json]\n");
    const plan = (contract: string) => `probe: 1\ntarget: http://127.0.0.1:9\n${contract}accounts: { a: { credential: A } }\n`;
    const contractOf = async (words: string) => {
      const { stdout, stderr } = await run(`probe plan.yaml --dry-run --format json ${words}`.trim());
      return stdout === "" ? stderr : (JSON.parse(stdout) as Report).contract.file;
    };
    write("plan.yaml", plan(""));
    expect(await contractOf("")).toBe("shop.yaml");
    expect(await contractOf("--contract builtin:course-api")).toBe("builtin:course-api");
    write("plan.yaml", plan("contract: builtin:course-api\n"));
    expect(await contractOf("")).toBe("builtin:course-api");
    expect((await run("probe plan.yaml --dry-run")).stdout).toContain("Nothing was sent.");
    expect((await run("probe --init")).stdout).toContain("contract: shop.yaml");
  });

  test("explain and rules know the file's contract and rules", async () => {
    write(file, "contract: shop.yaml\ncustomRules: checks/any-error.mjs\n");
    const cwd = join(folder, "app");
    expect((await run("explain not-found", cwd)).stdout).toContain("../shop.yaml:13");
    expect((await run("explain own/any-error", cwd)).stdout).toContain("A page of one's own.");
    const listed = await run("rules", cwd);
    expect(listed.stdout).toMatch(/own\/any-error +an error\\u001b\[31m/);
    expect((await run("rules --no-config", cwd)).stdout).not.toContain("own/any-error");
    expect(JSON.parse((await run("rules --format json", cwd)).stdout)).toContainEqual(
      expect.objectContaining({ id: "own/any-error", docs: "../checks/any-error.md" }),
    );
  });
});

describe("envelint config", () => {
  test("what it prints is a configuration that says the same", async () => {
    const name = fc.stringMatching(/^[a-z*:"'#{}[\], é\u202e-]{1,12}$/);
    const words = fc.array(
      name.filter((text) => text.trim() === text && text !== "-"),
      { minLength: 1, maxLength: 3 },
    );
    const severity = fc.constantFrom("error", "warning", "note", "off");
    const config = fc.record(
      {
        captures: words,
        accounts: fc.dictionary(fc.stringMatching(/^[a-z: #]{1,6}$/), words, { minKeys: 1, maxKeys: 2 }),
        servers: fc.constant(["https://api.example.com/v1", "api.example.com"]),
        subjects: fc.constant(["client"]),
        rules: fc.record({ "masking/*": severity, "http/date-missing": severity }),
        severities: fc.array(fc.record({ row: fc.constant("not-*"), severity }), { minLength: 1, maxLength: 2 }),
        ignores: fc.array(
          fc.record({ rule: fc.constant("*"), reason: fc.string({ minLength: 1, maxLength: 30 }), until: fc.constant("2999-01-31") }),
          { minLength: 1, maxLength: 2 },
        ),
        require: fc.constant(["not-found"]),
        minCoverage: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => Math.round(value * 10) / 10),
        failOn: fc.constantFrom("error", "warning", "note", "never"),
        formats: fc.constant(["pretty", "json=o ut.json"]),
        baseline: fc.constant("known#1.txt"),
        maxSamples: fc.nat(100),
        together: fc.boolean(),
        strict: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(config, async (said) => {
        const path = write("given.json", JSON.stringify({ contract: "shop.yaml", ...said }));
        const { stdout, stderr } = await run("config --config given.json");
        expect(stderr).toBe("");
        const known = [...formats.keys()];
        const [given, printed] = [await readConfig(path, folder, known), await readConfig(write("printed.yaml", stdout), folder, known)];
        for (const key of Object.keys(said).filter((key) => key !== "rules" && key !== "ignores"))
          expect({ ...printed, ...printed.options }).toHaveProperty(key, { ...given, ...given.options }[key as "captures"]);
        const plain = (config: typeof given) => config.options.ignores?.map(({ source: _, ...ignore }) => ignore);
        expect(plain(printed)).toEqual(plain(given));
        const effective = said.rules && new Map(printed.options.rules as [string, string][]);
        expect(effective?.get("http/date-missing")).toBe(said.rules?.["http/date-missing"]);
        expect(effective?.get("masking/cacheable-refusal")).toBe(said.rules?.["masking/*"]);
      }),
      { numRuns: 25 },
    );
  });

  test("a name that meets nothing, a format that there is none of, a contract with faults are refused here as well", async () => {
    write(file, "contract: shop.yaml\nignores: [{ row: not-fond, reason: r, until: 2999-01-31 }]\n");
    expect((await run("config")).stderr).toContain(`${file}:2:18: ignores[0].row: meets no row of shop.yaml: "not-fond"`);
    write(file, "contract: shop.yaml\n");
    expect((await run("config --format jsn")).exitCode).toBe(2);
    expect((await run("config --rule nope/*=off")).exitCode).toBe(2);
    write(file, "contract: broken.yaml\n");
    write("broken.yaml", "envelint: 1\n");
    expect((await run("config")).stderr).toContain("envelint: the contract cannot be used:");
  });

  test("servers that the contract names, and rules that are off", async () => {
    write("served.yaml", `${fixture("shop.yaml")}servers: [https://api.example.com]\n`);
    write(file, "contract: served.yaml\nrules: { http/*: off }\nseverities: [{ rule: http/*, row: '*', severity: error }]\n");
    const { stdout } = await run("config");
    expect(stdout).toContain("servers: [https://api.example.com] # the contract, served.yaml\n");
    expect(stdout).toContain(`  http/date-missing: off # ${file}:2; its own is note\n`);
    expect(stdout).toContain(`severity: error } # ${file}:3; its rules are off\n`);
  });

  test("a secret in one is not shown", async () => {
    const secret = ["sk_", "live_", "9Qm3vT0xk9LrWz2uYpN6sD1f"].join("");
    write(file, `contract: shop.yaml\naccounts: { ${secret}: a.har }\nbaseline: ${secret}.txt\n`);
    for (const words of ["config", "config --json"]) {
      const { stdout } = await run(words);
      expect(stdout).toContain("[masked]");
      expect(stdout).not.toContain("9Qm3vT0x");
    }
  });
});
