import { expect } from "vitest";
import { stability } from "../../rules/stability/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Contract } from "../../src/model/contract.ts";
import { type ExchangeParts, makeExchange } from "./exchange.ts";
import { judgeExchanges } from "./judge-exchanges.ts";

const builtin = await loadContract();

export type Parts = Omit<ExchangeParts, "account"> & {
  /** [alice] */
  readonly account?: ExchangeParts["account"] | undefined;
  /** [1] */
  readonly times?: number;
};

/** What the rules of changes make of exchanges a minute apart: `status-changed 404 -> 403`, and what could not be told. */
export async function compare(before: readonly Parts[], after: readonly Parts[], contract: Contract = builtin) {
  const side = (name: "before" | "after", all: readonly Parts[]) =>
    all
      .flatMap(({ times = 1, ...parts }) => Array.from({ length: times }, () => parts))
      .map((parts, entry) =>
        makeExchange({
          at: Date.UTC(2026, 0, 5, 12, entry),
          account: "alice",
          side: name,
          capture: `${name}.har`,
          entry,
          ...parts,
        } as ExchangeParts),
      );
  const report = await judgeExchanges([...side("before", before), ...side("after", after)], contract, stability);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return {
    report,
    told: report.findings
      .map(({ rule, samples: [sample] }) => `${rule.slice("stability/".length)} ${sample?.expected} -> ${sample?.found}`)
      .sort(),
    unknown: report.coverage.notObservable.map(({ rule, reason, count }) => `${rule.slice("stability/".length)}: ${reason} (${count})`),
  };
}
