import { expect, test } from "vitest";
import { formatReport } from "../../src/reporters/index.ts";
import { findingOf, gatedReportOf, reportOf } from "./sample-report.ts";

const entriesOf = (report: Parameters<typeof formatReport>[0]) => JSON.parse(formatReport(report, "gitlab"));

test("an entry has what GitLab asks for, and no more", () => {
  expect(entriesOf(reportOf())[0]).toEqual({
    description:
      "A 429 rate_limit_error does not say when to come back. (launchCourse, 7 times) Send Retry-After with the seconds to wait.",
    check_name: "rate-limit/retry-after-missing",
    fingerprint: "f00d",
    severity: "critical",
    location: { path: "contracts/course-api.yaml", lines: { begin: 31 } },
  });
});
test("severities", () => {
  const findings = (["error", "warning", "note"] as const).map((severity) => findingOf({ severity }));
  expect(entriesOf(reportOf({ findings })).map(({ severity }: { severity: string }) => severity)).toEqual(["critical", "major", "info"]);
});
test("known findings are there, since GitLab compares; ignored ones are not", () => {
  expect(entriesOf(gatedReportOf()).map(({ fingerprint }: { fingerprint: string }) => fingerprint)).toEqual([
    "f00d",
    "beef",
    "cafe",
    "0a0a",
  ]);
});
test("the path is from the repository's root", () => {
  const text = formatReport(reportOf(), "gitlab", { color: false, width: 80, root: "services/api" });
  expect(JSON.parse(text)[0].location.path).toBe("services/api/contracts/course-api.yaml");
});
test("nothing found is an empty list", () => {
  expect(formatReport(reportOf({ findings: [] }), "gitlab")).toBe("[]\n");
});
