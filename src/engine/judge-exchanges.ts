import type { EventBatches } from "../model/capture.ts";
import type { Contract } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { subjects } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Rule } from "../model/rule.ts";
import { judge } from "./judge.ts";

/** Runs rules over exchanges made by hand, each server in scope, with the rules' own severities (a rule that is off runs at warning). */
export async function judgeExchanges(exchanges: readonly Exchange[], contract: Contract, rules: readonly Rule[]): Promise<Report> {
  return judge(
    {
      names: [...new Set(exchanges.map((exchange) => exchange.origin.capture))],
      async *batches(): EventBatches {
        yield exchanges.map((exchange) => ({ kind: "exchange", exchange }));
      },
    },
    {
      contract,
      rules: rules.map((rule) => ({ rule, severity: rule.severity === "off" ? "warning" : undefined })),
      servers: [...new Set(exchanges.map((exchange) => exchange.request.server))],
      subjects,
      failOn: "error",
      maxSamples: 0,
      version: "test",
    },
  );
}
