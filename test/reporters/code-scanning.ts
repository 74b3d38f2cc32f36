import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Location, Log } from "sarif";

/** The schema of SARIF 2.1.0 as Microsoft's own tools ship it. */
const schemaFile = new URL(
  "../assets/sarif-2.1.0.schema.json",
  `file://${createRequire(import.meta.url).resolve("@microsoft/sarif-multitool-ts/schemas/ai-run.schema.json")}`,
);
const ajv = new Ajv2020({ allErrors: true, strict: false });
// The package is CommonJS; its types say otherwise.
(addFormats as unknown as typeof addFormats.default)(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));

/** What the official schema says of a text; empty = valid. */
export function schemaFaults(text: string): string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What GitHub's code scanning would refuse or not show, by "SARIF support for code scanning"; empty = nothing. */
export function codeScanningFaults(text: string): string[] {
  const log = JSON.parse(text) as Log;
  const faults: string[] = [];
  const expectThat = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  const hasText = (value: string | undefined, longest: number) => value !== undefined && value !== "" && value.length <= longest;

  expectThat(gzipSync(text).length <= 10_000_000, "10 MB compressed");
  expectThat(typeof log.$schema === "string" && log.version === "2.1.0", "$schema and version");
  expectThat(log.runs.length >= 1 && log.runs.length <= 20, "1 to 20 runs");
  for (const { tool, results = [], automationDetails } of log.runs) {
    const rules = tool.driver.rules ?? [];
    expectThat(tool.driver.name !== "", "a tool's name");
    expectThat(results.length <= 5_000, "5,000 results are shown");
    expectThat(rules.length <= 25_000, "25,000 rules");
    expectThat(new Set(rules.map(({ id }) => id)).size === rules.length, "unique rules");
    expectThat(/^.+\/$/.test(automationDetails?.id ?? "x/"), "a category");
    for (const { id, shortDescription, fullDescription, help, properties } of rules) {
      expectThat(id !== "" && hasText(shortDescription?.text, 1_024) && hasText(fullDescription?.text, 1_024), `descriptions of ${id}`);
      expectThat(hasText(help?.text, 100_000) && hasText(help?.markdown, 100_000), `help of ${id}`);
      expectThat((properties?.tags ?? []).length <= 10, `10 tags of ${id} are shown`);
      expectThat(["very-high", "high", "medium", "low"].includes(properties?.precision), `precision of ${id}`);
      expectThat(["error", "warning", "recommendation"].includes(properties?.["problem.severity"]), `problem.severity of ${id}`);
    }
    for (const { ruleId, ruleIndex = -1, message, locations = [], relatedLocations = [], partialFingerprints } of results) {
      expectThat(rules[ruleIndex]?.id === ruleId, `the rule of ${ruleId}`);
      expectThat(hasText(message.text, 100_000), "a message");
      expectThat(locations.length === 1, "one location");
      expectThat(relatedLocations.length <= 100, "100 related locations are shown");
      expectThat(typeof partialFingerprints?.primaryLocationLineHash === "string", "primaryLocationLineHash");
      for (const location of [...locations, ...relatedLocations]) faults.push(...locationFaults(location));
    }
    const hashes = results.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);
    expectThat(new Set(hashes).size === hashes.length, "one alert a result");
  }
  return [...new Set(faults)];
}

function locationFaults({ physicalLocation }: Location): string[] {
  const uri = physicalLocation?.artifactLocation?.uri ?? "";
  const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation?.region ?? {};
  return [
    ...(/^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/.test(uri) || uri.startsWith("file:///") ? [] : [`the address "${uri}"`]),
    ...(startLine >= 1 && startColumn >= 1 && endLine >= startLine && endColumn > startColumn ? [] : ["a region"]),
  ];
}
