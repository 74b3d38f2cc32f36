import { describe, expect, test } from "vitest";
import { audit } from "../../src/audit.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { AuditOptions } from "../../src/options/options.ts";

const capture = "test/cli/fixtures/good.har";

async function refusal(options: unknown, targets: unknown = capture): Promise<string> {
  try {
    await audit(targets as string, options as AuditOptions);
    return "none";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

describe("audit refuses", () => {
  test.each<[unknown, string]>([
    [{ failOn: "eror" }, 'RangeError: The option failOn cannot be "eror". Did you mean "error"? It takes error, warning, note or never.'],
    [{ failOn: true }, "TypeError: The option failOn must be error, warning, note or never, not true."],
    [{ failon: "error" }, 'TypeError: audit has no option "failon". Did you mean "failOn"? It has contract, servers,'],
    [
      { rules: [["*", "eror"]] },
      'RangeError: The option rules: "*" cannot be "eror". Did you mean "error"? It takes error, warning, note or off.',
    ],
    [{ rules: { "*": "off" } }, 'TypeError: The option rules must be an array of pairs such as [["masking/*", "off"]], not an object.'],
    [{ rules: ["masking/*=off"] }, 'TypeError: Each of the option rules must be a pair such as ["masking/*", "off"], not "masking/*=off".'],
    [{ rules: [[1, "off"]] }, "TypeError: The option rules: a rule must be an id, a glob or a rule file, not 1."],
    [{ rules: [["masking/*"]] }, 'TypeError: The option rules: "masking/*" must be error, warning, note or off, not undefined.'],
    [{ rules: [["maskin/*", "off"]] }, 'OptionError: There is no rule "maskin/*".'],
    [
      { severities: {} },
      'TypeError: The option severities must be an array such as [{ row: "rate-limited", severity: "note" }], not an object.',
    ],
    [{ severities: [1] }, "TypeError: Each of the option severities must be an object such as "],
    [{ severities: [{ severity: "off" }] }, "RangeError: The option severities: each must name one of rule, subject, operation, row."],
    [{ severities: [{ rule: "*" }] }, "TypeError: The option severities: severity must be error, warning, note or off, not undefined."],
    [{ severities: [{ rows: "a", severity: "off" }] }, 'TypeError: The option severities: "rows" is no key.'],
    [
      { severities: [{ subject: "sever", severity: "off" }] },
      'RangeError: The option severities: subject cannot be "sever". Did you mean "server"?',
    ],
    [{ severities: [{ row: 1, severity: "off" }] }, "TypeError: The option severities: row must be a text that is not empty, not 1."],
    [
      { ignores: [{ until: "2027-01-31", reason: "r" }] },
      "RangeError: The option ignores: each must name one of rule, subject, operation, row, fingerprint.",
    ],
    [{ ignores: [{ rule: "*", until: "2027-01-31" }] }, "TypeError: The option ignores: reason must be a text, not undefined."],
    [{ ignores: [{ rule: "*", reason: "r" }] }, 'TypeError: The option ignores: until must be a day such as "2027-01-31", not undefined.'],
    [
      { ignores: [{ rule: "*", reason: "r", until: "2027-02-29" }] },
      'RangeError: The option ignores: "2027-02-29" is no day. Write it like 2027-01-31.',
    ],
    [
      { ignores: [{ rule: "*", reason: "r", until: "2027-01-31", source: "c" }] },
      "TypeError: The option ignores: source must be an object such as ",
    ],
    [{ servers: [1] }, "TypeError: Each of the option servers must be a text that is not empty, not 1."],
    [{ servers: [""] }, 'TypeError: Each of the option servers must be a text that is not empty, not "".'],
    [{ servers: {} }, "TypeError: The option servers must be an array of URL prefixes, not an object."],
    [{ servers: "ftp://x" }, 'RangeError: The option servers: "ftp://x" is not a URL prefix. Write it like https://api.example.com/v1.'],
    [{ accounts: { alice: "*" } }, "TypeError: The option accounts must be an array such as "],
    [{ accounts: ["alice=*"] }, 'TypeError: Each of the option accounts must be an object with name and pattern, not "alice=*".'],
    [{ accounts: [{ name: "a" }] }, "TypeError: The option accounts: pattern must be a text, not undefined."],
    [{ maxSamples: "5" }, 'TypeError: The option maxSamples must be a whole number; 0 stands for all, not "5".'],
    [{ maxSamples: -1 }, "RangeError: The option maxSamples cannot be -1. It takes a whole number; 0 stands for all."],
    [{ maxSamples: Number.NaN }, "RangeError: The option maxSamples cannot be NaN."],
    [{ maxSamples: 1.5 }, "RangeError: The option maxSamples cannot be 1.5."],
    [
      { contract: { title: "T" } },
      "TypeError: The option contract must be a path, builtin:NAME or what loadContract returned, not an object.",
    ],
    [{ contract: null }, "TypeError: The option contract must be a path, builtin:NAME or what loadContract returned, not null."],
    [{ strict: "false" }, 'TypeError: The option strict must be true or false, not "false".'],
    [{ stdin: "x" }, "TypeError: The option stdin must be an async iterable"],
    [{ onProgress: {} }, "TypeError: The option onProgress must be a function, not an object."],
    [{ cwd: 1 }, "TypeError: The option cwd must be a folder, not 1."],
    [null, "TypeError: The options of audit must be an object, not null."],
    ["strict", 'TypeError: The options of audit must be an object, not "strict".'],
  ])("%j", async (options, told) => {
    expect(await refusal(options)).toContain(told);
  });

  test.each<[unknown, string]>([
    [undefined, "TypeError: The first argument of audit must be a path, or an array of paths, not undefined."],
    [[1], "TypeError: Each of the first argument of audit must be a text that is not empty, not 1."],
    ["", 'TypeError: Each of the first argument of audit must be a text that is not empty, not "".'],
    [[], "RangeError: The first argument of audit is empty: name a capture (a file, a glob, a folder, or -)."],
  ])("targets %j", async (targets, told) => {
    expect(await refusal({}, targets === undefined ? null : targets)).toBe(told.replace("undefined", "null"));
  });
});

test("audit takes what it documents", async () => {
  const contract = await loadContract("test/cli/fixtures/shop.yaml");
  const report = await audit([capture], {
    contract: contract.begin(),
    servers: "https://api.example.com",
    accounts: [{ name: "alice", pattern: capture }],
    rules: [["masking/*", "off"]],
    failOn: "never",
    maxSamples: 0,
    strict: true,
    cwd: process.cwd(),
    onProgress: () => {},
  });
  expect(report.verdict).toBe("kept");
  expect(await refusal({ contract: undefined, servers: undefined })).toBe("none");
});

test.each([1, null, {}, true])("loadContract refuses %j", async (reference) => {
  await expect(loadContract(reference as string)).rejects.toThrow(
    /^loadContract takes a path or builtin:NAME, not (null|a value of type \w+)\.$/,
  );
});
