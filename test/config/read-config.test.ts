import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { Config } from "../../src/config/config.ts";
import { ConfigError } from "../../src/config/config-error.ts";
import { readConfig } from "../../src/config/read-config.ts";
import { formats } from "../../src/reporters/formats.ts";
import { faultsOf, makeFolder } from "./kit.ts";

const { folder, write } = makeFolder();
write("checks/own.mjs", "export default [];\n");
const known = [...formats.keys()];

function read(text: string, file = "c.yaml", cwd = folder): Promise<Config> {
  return readConfig(write(file, text), cwd, known);
}

/** Faults without the file's name. */
async function told(text: string, file = "c.yaml"): Promise<string[]> {
  return (await faultsOf(() => read(text, file))).map((line) => line.slice(file.length + 1));
}

test("all that a configuration can say", async () => {
  const { file, captures, formats, options, keys } = await read(`
$schema: ./node_modules/envelint/schemas/config.schema.json
contract: contracts/shop.yaml
captures: [captures/**/*.har, more]
accounts: { alice: a-*.har, bob: [b1.har, b2.har] }
servers: https://api.example.com/v1
subjects: [server, client]
customRules: ./checks/own.mjs
rules: { "masking/*": "off", http/date-missing: error }
severities:
  - { rule: "http/*", subject: server, operation: pay, row: bad-*, severity: note }
ignores:
  - rule: rate-limit/*
    fingerprint: 00112233445566aa
    reason: API-1
    until: 2027-01-31
require: [rate-limited]
minCoverage: 82.5
failOn: never
formats: [pretty, json=out/report.json]
baseline: known.txt
maxSamples: 0
together: true
strict: false
`);
  expect({ file, captures, formats, options }).toEqual({
    file: "c.yaml",
    captures: ["captures/**/*.har", "more"],
    formats: ["pretty", "json=out/report.json"],
    options: {
      contract: "contracts/shop.yaml",
      accounts: [
        { name: "alice", pattern: "a-*.har" },
        { name: "bob", pattern: "b1.har" },
        { name: "bob", pattern: "b2.har" },
      ],
      servers: ["https://api.example.com/v1"],
      subjects: ["server", "client"],
      rules: [["checks/own.mjs"], ["masking/*", "off"], ["http/date-missing", "error"]],
      severities: [{ rule: "http/*", subject: "server", operation: "pay", row: "bad-*", severity: "note" }],
      ignores: [
        {
          rule: "rate-limit/*",
          fingerprint: "00112233445566aa",
          reason: "API-1",
          until: "2027-01-31",
          source: { file: "c.yaml", line: 13 },
        },
      ],
      require: ["rate-limited"],
      minCoverage: 82.5,
      failOn: "never",
      baseline: "known.txt",
      maxSamples: 0,
      together: true,
      strict: false,
    },
  });
  expect(keys.get("captures")).toEqual({ file: "c.yaml", line: 4, column: 1 });
});

test("an empty map says nothing", async () => {
  expect(await read("{}")).toMatchObject({ captures: undefined, formats: undefined, options: {} });
});

test("JSON is read as well, and names its lines", async () => {
  expect((await read('{\n  "failOn": "warning"\n}', "c.json")).options).toEqual({ failOn: "warning" });
  expect(await told('{\n  "failOn": "eror"\n}', "c.json")).toEqual([
    '2:13: failOn: must be "error" or "warning" or "note" or "never", not "eror" (did you mean "error"?)',
  ]);
});

describe("faults", () => {
  test.each<[string, string | string[]]>([
    ["contrat: a.yaml", '1:1: contrat: is no key here: "contrat" (did you mean "contract"?)'],
    ["contract: 1", '1:11: contract: must be a text, not a number (for instance "./contract.yaml")'],
    ['contract: ""', '1:11: contract: must not be empty (for instance "./contract.yaml")'],
    ["captures: {}", "1:11: captures: must be a text or a list, not a map"],
    ["captures: []", "1:11: captures: must not be empty"],
    ["captures: [a.har, 1]", "1:19: captures[1]: must be a text, not a number"],
    ['captures: ["-"]', "1:12: captures[0]: standard input can be named on the command line alone"],
    ["accounts: [alice]", '1:11: accounts: must be a map, not a list (for instance {"alice":"captures/alice-*.har"})'],
    ['accounts: { alice: "-" }', "1:20: accounts.alice: standard input can be named on the command line alone"],
    ['accounts: { "": a.har }', "1:13: accounts.: is an account without a name"],
    ["servers: ftp://example.com", "1:10: servers: is not a URL prefix (for instance https://api.example.com/v1)"],
    ["subjects: [sever]", '1:12: subjects[0]: must be "server" or "client" or "capture", not "sever" (did you mean "server"?)'],
    ["customRules: checks/none.mjs", "1:14: customRules: is no file that can be read (it is looked for beside the configuration)"],
    ["customRules: checks", "1:14: customRules: is no file that can be read (it is looked for beside the configuration)"],
    [
      "rules: { ./checks/own.mjs: error }",
      "1:10: rules../checks/own.mjs: is a file: rule files stand under customRules (here their rules stand by id)",
    ],
    ["rules: { a/b: eror }", '1:15: rules.a/b: must be "error" or "warning" or "note" or "off", not "eror" (did you mean "error"?)'],
    ["rules: [a/b]", '1:8: rules: must be a map, not a list (for instance {"masking/*":"error","http/date-missing":"off"})'],
    ["severities: [{ row: a }]", '1:14: severities[0]: lacks "severity" (Their severity; `off`: they are not told at all.)'],
    [
      "severities: [{ severity: note }]",
      '1:14: severities[0]: names nothing, and would mean every finding (write rule: "*" if that is meant)',
    ],
    [
      "severities: [{ rows: a, severity: note }]",
      [
        '1:14: severities[0]: names nothing, and would mean every finding (write rule: "*" if that is meant)',
        '1:16: severities[0].rows: is no key here: "rows" (did you mean "row"?)',
      ],
    ],
    [
      "ignores: [{ row: a }]",
      [
        '1:11: ignores[0]: lacks "reason" (Why, for whoever reads the report.)',
        '1:11: ignores[0]: lacks "until" (The last day on which they are passed over (UTC).)',
      ],
    ],
    ["ignores: [{ row: a, reason: r, until: soon }]", '1:39: ignores[0].until: cannot be read: "soon" (for instance "2027-01-31")'],
    ["ignores: [{ row: a, reason: r, until: 2027-02-29 }]", "1:39: ignores[0].until: is no day of the calendar: 2027-02-29"],
    ["ignores: [{ row: a, reason: r, until: 2027-13-01 }]", "1:39: ignores[0].until: is no day of the calendar: 2027-13-01"],
    [
      "ignores: [{ row: a, reason: '', until: 2027-01-31 }]",
      '1:29: ignores[0].reason: must not be empty (for instance "API-1234: the gateway is replaced")',
    ],
    [
      "ignores: [{ fingerprint: 1234567890123456, reason: r, until: 2027-01-31 }]",
      '1:26: ignores[0].fingerprint: must be a text, not a number (for instance "3f9a0c1d52b7e846")',
    ],
    [
      "ignores: [{ fingerprint: 3F9A, reason: r, until: 2027-01-31 }]",
      '1:26: ignores[0].fingerprint: cannot be read: "3F9A" (for instance "3f9a0c1d52b7e846")',
    ],
    ["minCoverage: 101", "1:14: minCoverage: must be <= 100 (for instance 80)"],
    ['minCoverage: "80"', "1:14: minCoverage: must be a number, not a text (for instance 80)"],
    ["maxSamples: 1.5", "1:13: maxSamples: must be a whole number, not a number (for instance 1)"],
    ["together: yes", "1:11: together: must be true or false, not a text (for instance true)"],
    ["formats: jsn", '1:10: formats: is no format: "jsn" (did you mean "json"?)'],
    ["formats: [json=]", "1:11: formats[0]: names no file (for instance json=report.txt)"],
    ["formats: [pretty, json]", "1:19: formats[1]: goes to standard output as another one does (give it a file: json=report.txt)"],
    ["failOn: error\nfailOn: never", '2:1: failOn: stands here twice: "failOn", first on line 1'],
    [
      "failOn: !!js/function error",
      "1:23: failOn: has a tag, tag:yaml.org,2002:js/function (a configuration is plain data: leave the tag out)",
    ],
    ["", "1:1: is empty (a configuration needs at least one key, such as contract)"],
    ["- contract", "1:1: is not a configuration: that is a map of keys such as contract and captures"],
    ["failOn: [", "1:10: is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]"],
    ["envelint: 1\ntitle: T\nerrors: []", "1:1: is a contract, not a configuration (name it under contract, or with --contract)"],
    ["probe: 1\ntarget: http://x", "1:1: is a plan, not a configuration (`envelint probe` takes plans)"],
    ['{"log": {"version": "1.2"}}', "1:1: is a capture (HAR), not a configuration (name it under captures, or give it as a target)"],
  ])("%j", async (text, faults) => {
    const lines = await told(text);
    if (typeof faults === "string" && lines.length === 1 && lines[0]?.startsWith(faults)) return;
    expect(lines).toEqual([faults].flat());
  });

  test("a format that there is none like is told with those that there are", async () => {
    expect(await told("formats: xxxxxxxxx")).toEqual([`1:10: formats: is no format: "xxxxxxxxx" (there are ${known.join(", ")})`]);
  });
});

describe("hostile files", () => {
  test("aliases that multiply", async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${Array(9).fill(`*k${i}`).join(", ")}]`);
    expect(await told(`k0: &k0 [x]\n${levels.join("\n")}`)).toEqual([
      "1:1: holds more than 100000 values, counting what its aliases repeat",
    ]);
  });

  test("one that is too large, and one that is too deep", async () => {
    expect(await told(`contract: ${"x".repeat(600_000)}`)).toEqual(["1:1: is larger than 512 KiB, which no configuration is"]);
    expect(await told(`captures: ${"[".repeat(200)}${"]".repeat(200)}`)).toEqual(["1:1: is nested more than 64 levels deep"]);
  });

  test("a folder, and a file that is not there", async () => {
    mkdirSync(join(folder, "f.yaml"));
    expect(await faultsOf(() => readConfig(join(folder, "f.yaml"), folder, known))).toEqual(["f.yaml:1:1: cannot be read: it is a folder"]);
    expect(await faultsOf(() => readConfig(join(folder, "n.yaml"), folder, known))).toEqual([
      "n.yaml:1:1: cannot be read: there is no such file",
    ]);
  });

  test.skipIf(process.geteuid?.() === 0)("one that may not be read (root may read all)", async () => {
    chmodSync(write("locked.yaml", "{}"), 0);
    expect(await faultsOf(() => readConfig(join(folder, "locked.yaml"), folder, known))).toEqual([
      "locked.yaml:1:1: cannot be read: permission denied",
    ]);
  });

  test("names that mean something to JavaScript are names", async () => {
    expect(await told('{"__proto__": {"failOn": "never"}}')).toEqual([expect.stringContaining('has a member "__proto__"')]);
    expect(await told("constructor: 1")).toEqual([expect.stringContaining('is no key here: "constructor"')]);
    expect((await read("accounts: { toString: a.har }")).options.accounts).toEqual([{ name: "toString", pattern: "a.har" }]);
  });

  test("what looks like a secret is repeated nowhere", async () => {
    const secret = ["sk_", "live_", "9Qm3vT0xk9LrWz2uYpN6sD1f"].join("");
    const lines = await told(`${secret}: 1\nfailOn: ${secret}\nformats: ${secret}\n`);
    expect(lines).toHaveLength(3);
    expect(lines.join("\n")).not.toContain("9Qm3vT0x");
    const { options } = await read(`ignores: [{ row: a, reason: ${secret}, until: 2027-01-31 }]`);
    expect(options.ignores?.[0]?.reason).toBe("[masked]");
  });

  test("any text and any data is read or refused, never thrown on", () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 60 }), fc.anything({ withNullPrototype: false }).map(asYaml)), async (text) => {
        try {
          await read(text, "any.yaml");
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 300 },
    ));
});

/** Data under keys that a configuration has. */
function asYaml(value: unknown): string {
  try {
    return stringify({ captures: value, rules: value, severities: [value], ignores: [{ rule: value, until: value }], accounts: value });
  } catch {
    return "";
  }
}

describe("modules", () => {
  let count = 0;
  /** A module is run once, so that each has a name of its own. */
  const fresh = () => `m${count++}.mjs`;

  test("give an object, or a function of one; what is undefined is not said", async () => {
    expect((await read("export default { failOn: 'never', strict: undefined };", fresh())).options).toEqual({ failOn: "never" });
    expect((await read("export default () => ({ maxSamples: 1 });", fresh())).options).toEqual({ maxSamples: 1 });
    expect((await read("export default async () => ({ maxSamples: 2 });", fresh())).options).toEqual({ maxSamples: 2 });
  });

  test("an ignore in one is found in its file", async () => {
    const file = fresh();
    const { options } = await read("export default { ignores: [{ row: 'a', reason: 'r', until: '2027-01-31' }] };", file);
    expect(options.ignores?.[0]?.source).toEqual({ file, line: 1 });
  });

  test.each<[string, string]>([
    ["export default { failOn: 'eror' };", 'failOn: must be "error" or "warning" or "note" or "never", not "eror" (did you mean "error"?)'],
    [
      "export default { ignores: [{ row: 'a', reason: 'r' }] };",
      'ignores[0]: lacks "until" (The last day on which they are passed over (UTC).)',
    ],
    ["export const failOn = 'never';", "gives no configuration (write: export default { contract: … })"],
    ["export default () => {};", "gives no configuration (write: export default { contract: … })"],
    ["export default null;", "is not a configuration: that is a map of keys such as contract and captures"],
    ["export default 'never';", "is not a configuration: that is a map of keys such as contract and captures"],
    ["export default [];", "is not a configuration: that is a map of keys such as contract and captures"],
    ["export default { failOn: () => 'never' };", "failOn: must be plain data, not a function"],
    ["export default { minCoverage: 5n };", "minCoverage: must be plain data, not a bigint"],
    ["export default { captures: [undefined] };", "captures[0]: must be plain data, not undefined"],
    ["export default { captures: new Map() };", "captures: must be plain data, not an object of a class"],
    ["export default { ignores: [{ until: new Date(0) }] };", "ignores[0].until: must be plain data, not an object of a class"],
    ["const c = {}; c.rules = c; export default c;", "is nested more than 64 levels deep"],
    ["export default { get failOn() { throw new Error('no'); } };", "cannot be looked at: no"],
    ["throw new Error('out of tea');", "cannot be loaded: out of tea"],
    ["export default () => { throw 'tea'; };", "cannot be loaded: tea"],
    ["export default () => Promise.reject(new Error('late'));", "cannot be loaded: late"],
    ["import 'envelint-nowhere'; export default {};", "cannot be loaded: Cannot find package"],
  ])("%j is refused", async (text, fault) => {
    const file = fresh();
    const [line = "", ...more] = await faultsOf(() => read(text, file));
    expect(more).toEqual([]);
    expect(line.startsWith(`${file}: ${fault}`), line).toBe(true);
  });

  test("an array that is as long as it likes costs nothing", async () => {
    expect(await faultsOf(() => read("export default { captures: new Array(2 ** 31) };", fresh()))).toEqual([
      expect.stringMatching(/: (?:captures\[0\]: must be plain data, not undefined|cannot be looked at: )/),
    ]);
  });
});
