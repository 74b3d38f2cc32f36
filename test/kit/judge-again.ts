import { rules } from "../../rules/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { judge } from "../../src/engine/judge.ts";
import { selectRules } from "../../src/engine/settings.ts";
import { subjects } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { type ExchangeParts, makeExchange } from "./exchange.ts";

/** Judges exchanges by the built-in contract that can be read again, as a file's can, and shows those that findings are about. */
export async function judgeAgain(given: readonly ExchangeParts[]): Promise<Report> {
  const exchanges = () => given.map((parts, entry) => makeExchange({ entry, ...parts }));
  return judge(
    {
      names: ["test.har"],
      async *batches() {
        yield exchanges().map((exchange) => ({ kind: "exchange", exchange }) as const);
      },
      async *again(wanted) {
        for (const exchange of exchanges()) if (wanted.get(exchange.origin.capture)?.has(exchange.origin.entry)) yield exchange;
      },
    },
    {
      contract: await loadContract(),
      rules: selectRules(rules, []),
      servers: ["https://api.example.com"],
      subjects,
      failOn: "error",
      maxSamples: 5,
      version: "0",
      exchanges: true,
    },
  );
}
