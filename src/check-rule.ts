import { parseContract } from "./contract/parse.ts";
import { judgeExchanges } from "./engine/judge-exchanges.ts";
import type { Contract } from "./model/contract.ts";
import type { Rule } from "./model/rule.ts";
import { type Page, pageSections } from "./rule-files/read-page.ts";

/** What came of one example of a rule's page. */
export interface ExampleOutcome {
  /** One-based, of the example's first block in the page. */
  readonly line: number;
  readonly kind: "bad" | "good";
  /** The sentences the page gives, sorted; none for a good example. */
  readonly expected: readonly string[];
  /** The sentences the rule told, sorted. */
  readonly found: readonly string[];
  /** The rule crashed: what it said. */
  readonly crash: string | undefined;
}

/**
 * Runs a page's examples, one after the other, against the contract that the page brings, else the one given. `file` names the page in faults.
 *
 * @throws ContractError where the page's contract has faults.
 */
export async function checkRulePage(rule: Rule, page: Page, fallback: Contract, file = `rules/${rule.id}.md`): Promise<ExampleOutcome[]> {
  const contract = page.contract === undefined ? fallback : await parseContract(page.contract, { file });
  const outcomes: ExampleOutcome[] = [];
  for (const { line, kind, exchanges, messages } of page.examples) {
    const report = await judgeExchanges(exchanges, contract, [rule]);
    outcomes.push({
      line,
      kind,
      expected: [...messages].sort(),
      found: report.findings.map(({ message }) => message).sort(),
      crash: report.unjudged.find((reason) => reason.includes(` ${rule.id} crashed `)),
    });
  }
  return outcomes;
}

/** What a page lacks, a phrase each; empty = it is whole. */
export function pageFaults(rules: readonly Rule[], { id, sections, examples }: Page): string[] {
  const ofKind = (kind: "bad" | "good") => examples.filter((example) => example.kind === kind);
  return [
    ...(rules.some((rule) => rule.id === id)
      ? []
      : [`its title is "${id}", which is no rule of the file (${rules.map((rule) => rule.id).join(", ")})`]),
    ...pageSections.filter((name) => !sections.has(name)).map((name) => `it has no section ## ${name}`),
    ...(sections.has("Bad") && ofKind("bad").length === 0 ? ["it has no bad example"] : []),
    ...(sections.has("Good") && ofKind("good").length === 0 ? ["it has no good example"] : []),
  ];
}

/** Did an example give what its page says? */
export function isAsWritten({ expected, found, crash }: ExampleOutcome): boolean {
  return crash === undefined && expected.length === found.length && expected.every((message, index) => message === found[index]);
}
