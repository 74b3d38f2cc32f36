import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ContractError } from "../../src/contract/contract-fault.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import { describeFault } from "../../src/yaml-source/fault.ts";

let cwd = "";

beforeEach(() => {
  cwd = join(mkdtempSync(join(tmpdir(), "envelint-contract-")), "project");
  mkdirSync(cwd);
});

afterEach(() => rmSync(dirname(cwd), { recursive: true }));

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), content);
}

async function faultsOf(reference: string): Promise<string[]> {
  try {
    await loadContract(reference, { cwd });
  } catch (error) {
    if (error instanceof ContractError) return error.faults.map(describeFault);
    throw error;
  }
  return [];
}

const head = "envelint: 1\ntitle: T\n";

describe("a file that cannot be a contract", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["UTF-16", Buffer.from("\uFEFFenvelint: 1", "utf16le"), "c.yaml:1:1: is UTF-16, not UTF-8 (save it as UTF-8)"],
    [
      "not UTF-8",
      Buffer.concat([Buffer.from("envelint: 1\ntitle: "), Buffer.from([0xe9, 0x74])]),
      "c.yaml:2:8: is not UTF-8 (save it as UTF-8)",
    ],
    ["huge", "#".repeat(512 * 1024 + 1), "c.yaml:1:1: is larger than 512 KiB, which no contract is"],
    [
      "a huge capture",
      `{"log": {"entries": [${'"x",'.repeat(1_500_000)}`,
      "c.yaml:1:1: is a capture (HAR), not a contract (captures are what a contract is held against: give it as a target)",
    ],
  ])("%s", async (_, content, expected) => {
    write("c.yaml", content);
    expect(await faultsOf("c.yaml")).toEqual([expected]);
  });

  test("none, and a folder", async () => {
    expect(await faultsOf("none.yaml")).toEqual(["none.yaml:1:1: cannot be read: there is no such file"]);
    expect(await faultsOf("slack")).toEqual(["slack:1:1: cannot be read: there is no such file (did you mean builtin:slack?)"]);
    expect(await faultsOf(".")).toEqual([expect.stringMatching(/:1:1: cannot be read: it is a folder$/)]);
  });

  test("an unknown built-in", async () => {
    expect(await faultsOf("builtin:course-apy")).toEqual([
      'builtin:course-apy:1:1: is no contract that ships with envelint (builtin:course-api, builtin:github, builtin:problem-details, builtin:slack, builtin:stripe) (did you mean "builtin:course-api"?)',
    ]);
    expect(await faultsOf("builtin:../package")).toHaveLength(1);
  });
});

test("a byte order mark and CRLF change nothing", async () => {
  write("c.yaml", "\uFEFFenvelint: 1\r\ntitle: T\r\nerrors:\r\n  - {name: a, status: 400}\r\n");
  expect((await loadContract("c.yaml", { cwd })).row("a")?.source).toEqual({ file: "c.yaml", line: 4, column: 5 });
});

describe("extends", () => {
  const base = `${head}
operations: {one: GET /one, two: GET /two}
envelopes: {api: {pointer: /error, members: {type: /type, code: /code}}, other: {when: {status: 418}}}
errors:
  - {name: a, status: 400, type: x}
  - {name: b, status: 404, type: x}
client: {maxRetries: 3, jitter: true}
masking: [{resource: r, operations: [one], answer: b}, {resource: s, operations: [two], answer: b}]
`;

  test("merges by name, and replaces the rest", async () => {
    write("base/base.yaml", base);
    write(
      "api.yaml",
      `envelint: 1
title: Mine
extends: ./base/base.yaml
operations: {two: PUT /two, three: GET /three}
envelopes: {tea: {when: {status: 419}}, other: {when: {status: 420}}}
errors:
  - {name: c, status: 409, type: y}
  - {name: a, status: 422, type: x}
client: {backoff: linear}
masking: [{resource: s, operations: [three], answer: b, never: [401]}]
`,
    );
    const contract: Contract = await loadContract("api.yaml", { cwd });
    expect(contract.title).toBe("Mine");
    expect(contract.file).toBe("api.yaml");
    expect(contract.operations.map(({ name, templates }) => [name, ...templates])).toEqual([
      ["one", "GET /one"],
      ["two", "PUT /two"],
      ["three", "GET /three"],
    ]);
    expect(contract.envelopes.map(({ name }) => name)).toEqual(["api", "other", "tea"]);
    expect(contract.rows.map(({ name, status, source }) => [name, status.text, source.file, source.line])).toEqual([
      ["a", "422", "api.yaml", 8],
      ["b", "404", "base/base.yaml", 8],
      ["c", "409", "api.yaml", 7],
    ]);
    expect(contract.masking.map(({ resource, never }) => [resource, never])).toEqual([
      ["r", [403]],
      ["s", [401]],
    ]);
    expect(contract.client).toEqual({ maxRetries: undefined, backoff: "linear", jitter: undefined, unlisted: "unspecified" });
  });

  test("takes a contract that ships, and text without a file", () => {
    const contract = parseContract(
      "envelint: 1\ntitle: Mine\nextends: builtin:course-api\nerrors: [{name: gone, status: 410, type: not_found_error}]",
      { cwd },
    );
    expect(contract.rows).toHaveLength(13);
    expect(contract.row("server-error")?.source.file).toBe("builtin:course-api");
    expect(contract.types).toContain("quota_exceeded");
  });

  test("checks the result, not the base alone", async () => {
    write("part.yaml", "errors: [{name: a, status: 400}]");
    write("whole.yaml", `${head}extends: part.yaml\nauthentication: {missing: a}`);
    expect((await loadContract("whole.yaml", { cwd })).authentication.missing?.name).toBe("a");
  });

  test("never in a circle", async () => {
    write("a.yaml", `${head}extends: b.yaml`);
    write("b.yaml", `${head}extends: ./sub/../a.yaml`);
    expect(await faultsOf("a.yaml")).toEqual(["b.yaml:3:10: *: extends itself, directly or by way of others"]);
    write("self.yaml", `${head}extends: self.yaml`);
    expect(await faultsOf("self.yaml")).toEqual(["self.yaml:3:10: extends: extends itself, directly or by way of others"]);
  });

  test("names the nearest of what ships", async () => {
    write("a.yaml", `${head}extends: builtin:problem-detail`);
    expect(await faultsOf("a.yaml")).toEqual([
      'a.yaml:3:10: extends: names no contract that ships with envelint: builtin:problem-detail (did you mean "builtin:problem-details"?)',
    ]);
  });

  test.each(["/etc/passwd", "../secret.yaml", "sub/../../secret.yaml", "link.yaml", "folder/secret.yaml", "../none.yaml"])(
    "never outside the working directory: %s",
    async (target) => {
      writeFileSync(join(dirname(cwd), "secret.yaml"), "hunter2: x");
      mkdirSync(join(cwd, "sub"));
      symlinkSync(join(dirname(cwd), "secret.yaml"), join(cwd, "link.yaml"));
      symlinkSync(dirname(cwd), join(cwd, "folder"));
      write("a.yaml", `${head}extends: ${target}`);
      expect(await faultsOf("a.yaml")).toEqual(["a.yaml:3:10: extends: lies outside the working directory"]);
    },
  );

  test("beside the contract that is named, wherever it lies, but no further", async () => {
    const home = join(dirname(cwd), "home");
    mkdirSync(home);
    writeFileSync(join(dirname(cwd), "secret.yaml"), "hunter2: x");
    writeFileSync(join(home, "base.yaml"), "errors: [{name: a, status: 400}]");
    writeFileSync(join(home, "a.yaml"), `${head}extends: base.yaml`);
    writeFileSync(join(home, "b.yaml"), `${head}extends: ../secret.yaml`);
    expect((await loadContract("../home/a.yaml", { cwd })).rows.map(({ name }) => name)).toEqual(["a"]);
    expect(await faultsOf("../home/b.yaml")).toEqual(["../home/b.yaml:3:10: extends: lies outside the working directory"]);
  });

  test.each([
    ["not YAML", 'hunter2: "hunter2\n: hunter2'],
    ["no map", "hunter2"],
    ["pairs of secrets", "hunter2: hunter2\nhunter2b: {hunter2: hunter2}"],
    ["names twice", "hunter2: 1\nhunter2: 2"],
    ["a tag", "errors: !hunter2 hunter2"],
    [
      "secrets where a contract's values stand",
      "operations: {hunter2: hunter2}\nerrors: [{name: hunter2, status: hunter2, hunter2: x}]\nenvelopes: {hunter2: {pointer: hunter2, members: {hunter2: hunter2}}}",
    ],
    [
      "a contract of secrets that refers to nothing",
      "operations: {hunter2: GET /{hunter2}/{hunter2}}\ntypes: [hunter2]\nenvelopes: {hunter2: {members: {type: /hunter2}, schema: {type: hunter2}}}\nerrors: [{name: hunter2, status: 400, operations: [hunter22], type: hunter23}, {name: hunter2, status: 400}]",
    ],
    [
      "a contract of secrets whose rows quarrel",
      "envelopes: {hunter2: {members: {type: /hunter2}}}\noperations: {hunter2: 'GET /{hunter2x}'}\nerrors: [{name: hunter2, status: 400}, {name: hunter2b, status: 400}, {name: hunter2c, status: 200, type: hunter2}]\nmasking: [{resource: x, parameter: hunter2x, answer: hunter2b, never: [400]}]\nauthentication: {missing: hunter2d}",
    ],
    ["an extends of its own", "extends: ../hunter2"],
  ])("repeats nothing of the base: %s", async (_, text) => {
    write("secret.yaml", text);
    write("a.yaml", `envelint: 1\ntitle: T\nextends: secret.yaml`);
    const told = await faultsOf("a.yaml");
    expect(told.length).toBeGreaterThan(0);
    expect(told.join("\n")).not.toContain("hunter2");
  });

  test("repeats nothing of the base where the own file is at fault either", async () => {
    write(
      "secret.yaml",
      "operations: {hunter2: GET /{hunter2p}}\nenvelopes: {hunter2e: {members: {code: /code}}}\nerrors: [{name: hunter2r, status: 404}]",
    );
    write(
      "a.yaml",
      `${head}extends: secret.yaml
authentication: {missing: hunter2q, public: [hunter3]}
masking: [{resource: r, parameter: hunter2o, answer: hunter2r, never: [404]}, {resource: s, parameter: hunter2p, answer: hunter2r, never: [404]}]
errors: [{name: mine, status: 404, envelope: hunter2f}, {name: hunter2r, status: 404}]`,
    );
    const told = (await faultsOf("a.yaml")).join("\n");
    expect(told).not.toContain("did you mean");
    write(
      "b.yaml",
      `${head}extends: secret.yaml\nerrors: [{name: mine, status: 404}, {name: typed, status: 400, type: x}]\nmasking: [{resource: s, parameter: hunter2p, answer: mine, never: [404]}]`,
    );
    const quarrel = (await faultsOf("b.yaml")).join("\n");
    expect(quarrel).toContain("secret.yaml:3");
    expect(quarrel).not.toContain("hunter2e");
    expect(quarrel).not.toContain("hunter2r");
  });
});
