import type { Log, Result, Run } from "sarif";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { showExchanges } from "../../src/reporters/formats.ts";
import { formatReport } from "../../src/reporters/index.ts";
import type { Look } from "../../src/reporters/look.ts";
import { codeScanningFaults, schemaFaults } from "./code-scanning.ts";
import { exchangeOf, findingOf, gatedReportOf, reportOf, sampleOf } from "./sample-report.ts";

const runOf = (report: Report, look?: Look): Run => (JSON.parse(formatReport(report, "sarif", look)) as Log).runs[0] as Run;
const resultsOf = (report: Report, look?: Look): Result[] => runOf(report, look).results ?? [];
const placeOf = (result: Result | undefined) => {
  const place = result?.locations?.[0]?.physicalLocation;
  return [place?.artifactLocation?.uri, place?.region?.startLine];
};

test.each([
  ["with everything", gatedReportOf({ unjudged: ["bad.har ends too early"] })],
  ["without a baseline", reportOf()],
  ["with nothing", reportOf({ findings: [], faults: [], verdict: "kept" })],
])("a report %s fits the official schema and what code scanning asks for", (_, report) => {
  const text = formatReport(report, "sarif");
  expect(schemaFaults(text)).toEqual([]);
  expect(codeScanningFaults(text)).toEqual([]);
});
test("the checks refuse what they should", () => {
  const text = formatReport(gatedReportOf(), "sarif");
  expect(schemaFaults(text.replace('"ruleId"', '"rule-id"'))).not.toEqual([]);
  expect(codeScanningFaults(text.replaceAll("primaryLocationLineHash", "other"))).toContain("primaryLocationLineHash");
  expect(codeScanningFaults(text.replace('"contracts/course-api.yaml","uriBaseId"', '"a b","uriBaseId"'))).toContain('the address "a b"');
});

describe("where a result is", () => {
  test("at the promise's line in the user's contract", () => {
    expect(placeOf(resultsOf(reportOf())[0])).toEqual(["contracts/course-api.yaml", 31]);
  });
  test("at the capture's line where there is none", () => {
    expect(placeOf(resultsOf(reportOf())[1])).toEqual(["bad.har", 77]);
  });
  test("at the capture's line where the contract ships with the tool", () => {
    const promise = { file: "builtin:course-api", line: 31 };
    expect(placeOf(resultsOf(reportOf({ findings: [findingOf({ promise })] }))[0])).toEqual(["bad.har", 981]);
  });
  test("at the capture's first line where its line is not known", () => {
    const findings = [findingOf({ promise: null, samples: [sampleOf({ line: null })] })];
    expect(placeOf(resultsOf(reportOf({ findings }))[0])).toEqual(["bad.har", 1]);
  });
  test.each([
    ["errors.yaml", "services/api", "services/api/errors.yaml"],
    ["../errors.yaml", "services/api", "services/errors.yaml"],
    ["a b/ü#?%:.yaml", "", "a%20b/%C3%BC%23%3F%25%3A.yaml"],
    ["/tmp/errors.yaml", "services/api", "file:///tmp/errors.yaml"],
    ["<stdin>", "services/api", "%3Cstdin%3E"],
  ])("%s from %s is %s", (file, root, uri) => {
    const findings = [findingOf({ promise: { file, line: 2 } })];
    expect(placeOf(resultsOf(reportOf({ findings }), { color: false, width: 80, root })[0])).toEqual([uri, 2]);
  });
  test("the exchanges are related locations, to which the message leads", () => {
    const [result] = resultsOf(reportOf());
    expect(result?.relatedLocations?.map(({ id, physicalLocation }) => [id, physicalLocation?.region?.startLine])).toEqual([
      [1, 981],
      [2, 1002],
      [3, 1],
      [4, 981],
    ]);
    expect(result?.message.text).toContain("[entry 12 of bad.har](1)");
  });
});

describe("what the gate makes of a finding", () => {
  test("new, known and ignored, beside a baseline", () => {
    const states = resultsOf(gatedReportOf()).map(({ baselineState, suppressions }) => [baselineState, suppressions?.[0]?.justification]);
    expect(states).toEqual([
      ["new", undefined],
      ["new", undefined],
      ["new", undefined],
      ["unchanged", "Listed in errors.baseline.json."],
      [undefined, "the gateway is being replaced (until 2027-01-31)"],
    ]);
  });
  test("nothing is new without one", () => {
    expect(resultsOf(reportOf()).filter((result) => "baselineState" in result)).toEqual([]);
  });
  test("the run tells its exit code, and what is no finding", () => {
    const [invocation] = runOf(gatedReportOf({ unjudged: ["bad.har ends too early"] })).invocations ?? [];
    expect(invocation).toMatchObject({ exitCode: 2, executionSuccessful: false });
    const told = [...(invocation?.toolExecutionNotifications ?? []), ...(invocation?.toolConfigurationNotifications ?? [])];
    expect(told.map(({ descriptor, level }) => [descriptor?.id, level])).toEqual([
      ["unjudged", "error"],
      ["capture-fault", "note"],
      ["stale", "error"],
      ["remark", "note"],
    ]);
    expect(runOf(reportOf({ verdict: "kept", findings: [] })).invocations?.[0]).toMatchObject({ exitCode: 0, executionSuccessful: true });
  });
});

describe("requests and responses", () => {
  test("are in the run, and results lead to them", () => {
    const run = runOf(gatedReportOf());
    const [first, second] = run.results ?? [];
    expect(run.webRequests?.[first?.webRequest?.index ?? -1]).toMatchObject({
      method: "POST",
      target: "https://api.example.com/v1/courses/c_1/launch",
      headers: { Authorization: "[masked]", "Content-Type": "application/json" },
      body: { text: '{"preset":"p_1"}' },
    });
    expect(run.webResponses?.[first?.webResponse?.index ?? -1]).toMatchObject({ statusCode: 429, reasonPhrase: "Too Many Requests" });
    expect(second).not.toHaveProperty("webRequest");
  });
  test("an exchange that several findings show is there once", () => {
    expect(runOf(gatedReportOf()).webRequests).toHaveLength(1);
  });
  test("no answer is said to be none", () => {
    const report = gatedReportOf({ exchanges: [exchangeOf({ response: null })] });
    expect(runOf(report).webResponses).toEqual([{ noResponseReceived: true }]);
    expect(schemaFaults(formatReport(report, "sarif"))).toEqual([]);
  });
  test("a long body is cut, and says so", () => {
    const exchange = exchangeOf();
    const request = { ...exchange.request, body: { ...exchange.request.body, text: "x".repeat(5_000), cut: 10 } };
    const run = runOf(gatedReportOf({ exchanges: [{ ...exchange, request }] }));
    expect(run.webRequests?.[0]?.body?.text).toMatch(/x…\n\(1010 more characters\)$/);
  });
  test("are asked for by this format", () => {
    expect(showExchanges(["json", "sarif"])).toBe(true);
    expect(showExchanges(["json", "./mine.mjs"])).toBe(false);
  });
});

test("a rule is described once, by its worst finding", () => {
  const findings = [findingOf(), findingOf({ severity: "warning", fingerprint: "1" })];
  expect(runOf(reportOf({ findings })).tool.driver.rules).toMatchObject([
    {
      id: "rate-limit/retry-after-missing",
      shortDescription: { text: "Rate limit: retry after missing" },
      defaultConfiguration: { level: "error" },
    },
  ]);
});
test("a message that looks like a link is none", () => {
  const [result] = resultsOf(reportOf({ findings: [findingOf({ message: "See [this](https://evil.example)." })] }));
  expect(result?.message.text).toContain("See [this] (https://evil.example).");
});
