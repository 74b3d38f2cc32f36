import type { Report } from "../model/report.ts";
import { clipped } from "./clipped.ts";
import { type Case, judgingCases, operationCases, provisionCases, rowCases, staleCases } from "./junit-cases.ts";
import { number } from "./layout.ts";
import { verdictOf } from "./verdict.ts";
import { type XmlElement, xmlDocument, xmlLines, xmlText } from "./xml.ts";

/** Cases of a suite; more of them no test tab shows. */
const mostCases = 5_000;

/**
 * For a CI's test tab: a case a promise, so that its history shows which promise broke when. Which cases there are follows from the contract, and from
 * there being a baseline: never from what came of a run, lest a tab see tests come and go.
 */
export function junit(report: Report): string {
  const suites = [
    suiteOf("promises", rowCases(report), report),
    suiteOf("beyond the rows", provisionCases(report), report),
    suiteOf("other findings", operationCases(report), report),
    suiteOf("baseline", staleCases(report), report),
    suiteOf("judging", judgingCases(report), report),
  ].filter((suite) => suite.cases > 0);
  const sum = (count: (suite: Suite) => number) => suites.reduce((all, suite) => all + count(suite), 0);
  return xmlDocument("testsuites", {
    "@name": xmlText(clipped(`envelint ${report.command}: ${report.contract.title}`, 300)),
    "@tests": sum((suite) => suite.cases),
    "@failures": sum((suite) => suite.failures),
    "@errors": sum((suite) => suite.errors),
    testsuite: suites.map((suite) => suite.element),
  });
}

interface Suite {
  readonly element: XmlElement;
  readonly cases: number;
  readonly failures: number;
  readonly errors: number;
}

function suiteOf(name: string, all: readonly Case[], report: Report): Suite {
  const cases = limited(all);
  const count = (is: Case["outcome"]["is"]) => cases.filter(({ outcome }) => outcome.is === is).length;
  const [failures, errors, skipped] = [count("failed"), count("error"), count("skipped")];
  // Test tabs that know no suites go by class and name: a row and an operation may share theirs.
  const classname = `${xmlText(clipped(report.contract.title || report.contract.file, 200)) || "envelint"}: ${name}`;
  const element: XmlElement = {
    "@name": name,
    "@tests": cases.length,
    "@failures": failures,
    "@errors": errors,
    "@skipped": skipped,
    testcase: distinct(cases).map((each) => elementOf(each, classname)),
    "system-out": [{ "#text": xmlText(verdictOf(report)) }],
  };
  return { element, cases: cases.length, failures, errors };
}

/** What failed comes first where there is no room for all, and one case more says what is left out. */
function limited(cases: readonly Case[]): readonly Case[] {
  if (cases.length <= mostCases) return cases;
  const order = ["error", "failed", "passed", "skipped"];
  const sorted = [...cases].sort((a, b) => order.indexOf(a.outcome.is) - order.indexOf(b.outcome.is));
  const message = `${number(cases.length - mostCases)} cases are left out; --format json has them all`;
  return [...sorted.slice(0, mostCases), { name: "the rest", outcome: { is: "skipped", message } }];
}

/** Test tabs take cases of one name for one case. */
function distinct(cases: readonly Case[]): Case[] {
  const met = new Map<string, number>();
  return cases.map((each) => {
    const name = xmlText(clipped(each.name, 300)).trim() || "(no name)";
    const times = (met.get(name) ?? 0) + 1;
    met.set(name, times);
    return { ...each, name: times === 1 ? name : `${name} [${times}]` };
  });
}

function elementOf({ name, outcome, out = [] }: Case, classname: string): XmlElement {
  return {
    "@name": name,
    "@classname": classname,
    "@time": 0,
    ...outcomeElement(outcome),
    ...(out.length > 0 && { "system-out": [{ "#text": xmlLines(out) }] }),
  };
}

function outcomeElement(outcome: Case["outcome"]): XmlElement {
  switch (outcome.is) {
    case "passed":
      return {};
    case "skipped":
      return { skipped: [{ "@message": xmlText(clipped(outcome.message, 500)) }] };
    case "failed":
    case "error":
      return {
        [outcome.is === "failed" ? "failure" : "error"]: [
          { "@message": xmlText(outcome.message), "@type": xmlText(outcome.type), "#text": xmlLines(outcome.lines) },
        ],
      };
  }
}
