import { judge } from "../../src/engine/judge.ts";
import type { CaptureEvent } from "../../src/model/capture.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { subjects } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import type { Rule } from "../../src/model/rule.ts";

/** Runs rules over exchanges made by hand, each server in scope, with the rules' own severities (a rule that is off runs at warning). */
export async function judgeExchanges(exchanges: readonly Exchange[], contract: Contract, rules: readonly Rule[]): Promise<Report> {
  return judge(
    {
      names: [...new Set(exchanges.map((exchange) => exchange.origin.capture))],
      async *events(): AsyncGenerator<CaptureEvent> {
        for (const exchange of exchanges) yield { kind: "exchange", exchange };
      },
      linesOf: async (_capture, offsets) => offsets.map(() => null),
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
