import type { ReportingDescriptor } from "sarif";
import { type Finding, type Severity, severities } from "../model/finding.ts";
import { clipped } from "./clipped.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";

/** Characters of a rule's descriptions that GitHub keeps. */
const longest = 1_024;

/** How sure a finding of a severity is: an error breaks what is written, a warning is probable, a note worth a look. */
const precision: Readonly<Record<Severity, string>> = { error: "very-high", warning: "high", note: "medium" };
const problem: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "recommendation" };

/** The rules that findings name, in the order of their worst; said of them what does not change from run to run, where the findings allow it. */
export function describeRules(findings: readonly Finding[]): ReportingDescriptor[] {
  const byRule = new Map<string, Finding>();
  for (const finding of findings) {
    const before = byRule.get(finding.rule);
    if (before === undefined || isWorse(finding.severity, before.severity)) byRule.set(finding.rule, finding);
  }
  return [...byRule.values()].map(describeRule);
}

function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

function describeRule({ rule, severity, subject, advice, docs }: Finding): ReportingDescriptor {
  const [family = ""] = rule.split("/");
  const name = inWords(rule);
  const page = isShipped(rule, docs) ? `Its page: envelint explain ${rule}` : `Its page: ${docs}`;
  const pageInMarkdown = isShipped(rule, docs)
    ? `Its page: ${markdownCode(`envelint explain ${rule}`)}`
    : `Its page: ${markdownCode(docs)}`;
  const help = advice === "" ? "" : `What to do: ${advice}`;
  return {
    id: rule,
    shortDescription: { text: clipped(name, longest) },
    fullDescription: { text: clipped(advice === "" ? `${name}.` : `${name}. ${advice}`, longest) },
    help: {
      text: clipped([name, help, page].filter((line) => line !== "").join(" - "), 4 * longest),
      markdown: [
        `**${markdownText(name)}**`,
        ...(advice === "" ? [] : [`What to do: ${markdownText(advice, longest)}`]),
        pageInMarkdown,
      ].join("\n\n"),
    },
    defaultConfiguration: { level: severity },
    properties: {
      tags: [clipped(family, 100), `subject:${subject}`],
      precision: precision[severity],
      "problem.severity": problem[severity],
    },
  };
}

/** `rate-limit/retry-after-missing` -> `Rate limit: retry after missing`. */
function inWords(rule: string): string {
  const [family = "", name = ""] = rule.split("/").map((part) => part.replaceAll("-", " "));
  const words = (name === "" ? family : `${family}: ${name}`).replace(/\b(?:http|cors|json|url)\b/g, (word) => word.toUpperCase());
  return words === "" ? "a rule" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The page of a rule that is the user's own lies where they put it. */
function isShipped(rule: string, docs: string): boolean {
  return docs === `rules/${rule}.md`;
}
