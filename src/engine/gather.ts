import type { CaptureFault } from "../model/capture.ts";
import type { Contract, ErrorAnswer } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { Cast } from "./cast.ts";
import { clip } from "./clip.ts";
import { CoverageTally } from "./coverage-tally.ts";
import type { Gathered } from "./gathered.ts";
import type { CaptureStream, Judging } from "./judging.ts";
import { Scope } from "./scope.ts";
import type { SecretBook } from "./secret-book.ts";
import { Tally } from "./tally.ts";

/** Runs the rules over a stream of exchanges, in one pass. `book` learns the credentials that it meets; no text that is given back holds one. */
export async function gather(captures: CaptureStream, judging: Judging, book: SecretBook): Promise<Gathered> {
  const contract = judging.contract.begin();
  const scope = new Scope(contract, judging.servers);
  const tally = new Tally(judging.maxSamples);
  const coverage = new CoverageTally();
  const cast = new Cast({ ...judging, contract }, tally, coverage);
  const faults: CaptureFault[] = [];
  const counts = { captures: 0, bytes: 0, exchanges: 0, notJudged: {} as Record<string, number> };
  const leave = (why: string, count = 1) => {
    if (count > 0) counts.notJudged[why] = (counts.notJudged[why] ?? 0) + count;
  };
  // Of each capture that is being read.
  const given = new Map<string, number>();

  for await (const batch of captures.batches())
    for (const event of batch) {
      if (event.kind === "fault") {
        faults.push(event.fault);
      } else if (event.kind === "end") {
        counts.captures++;
        counts.bytes += event.bytes;
        leave("malformed", event.entries - (given.get(event.capture) ?? 0));
        given.delete(event.capture);
      } else {
        const { exchange } = event;
        counts.exchanges++;
        book.learn(exchange);
        const { capture } = exchange.origin;
        given.set(capture, (given.get(capture) ?? 0) + 1);
        if (exchange.notJudged !== undefined) {
          leave(exchange.notJudged);
          if (exchange.notJudged === "no-response" && scope.mayJudge(exchange)) cast.unanswered(exchange);
        } else if (scope.admit(exchange)) {
          const answer = readOrFault(contract, exchange, faults);
          if (answer === "unreadable") {
            leave("malformed");
            continue;
          }
          const operation = contract.operationsOf(exchange.request)[0]?.name ?? "other";
          coverage.see(exchange, operation, answer);
          if (answer !== undefined) {
            scope.learn(answer);
            judging.onError?.();
          }
          cast.see(exchange, answer);
        }
      }
    }
  cast.end();
  return {
    ...counts,
    faults,
    crashes: cast.crashes.map((crash) => book.mask(crash)),
    forgotten: cast.forgotten,
    scope: scope.tally(),
    findings: tally.findings().map(([server, findings]) => [server, findings.map((finding) => book.finding(finding))] as const),
    coverage: coverage.counts(),
    limits: tally.limits(),
  };
}

/** What a capture makes of one exchange must not cost the others: a stack that runs full here is a fault of that entry. */
function readOrFault(contract: Contract, exchange: Exchange, faults: CaptureFault[]): ErrorAnswer | undefined | "unreadable" {
  try {
    return contract.read(exchange);
  } catch (error) {
    const { capture, entry, offset } = exchange.origin;
    const why = error instanceof Error ? error.message : String(error);
    if (faults.length < faultLimit)
      faults.push({ capture, entry, offset, severity: "error", message: `entry ${entry} could not be judged: ${clip(why, 200)}` });
    return "unreadable";
  }
}

const faultLimit = 1_000;
