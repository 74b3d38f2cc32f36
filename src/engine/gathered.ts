import type { CaptureFault } from "../model/capture.ts";
import type { Finding } from "../model/finding.ts";
import type { ShownExchange } from "../model/shown-exchange.ts";

/**
 * What one pass over captures has learnt, before anybody says what it means: by server, since which servers count is known only when all is read.
 * Plain data, so that shards can be written to files and added up (`conclude`).
 */
export interface Gathered {
  readonly captures: number;
  readonly bytes: number;
  readonly exchanges: number;
  readonly notJudged: Readonly<Record<string, number>>;
  readonly faults: readonly CaptureFault[];
  /** One sentence for each rule that crashed. */
  readonly crashes: readonly string[];
  readonly forgotten: number;
  readonly scope: ScopeTally;
  /** By server, in the order in which they were met. */
  readonly findings: readonly (readonly [server: string, findings: readonly Finding[]])[];
  readonly coverage: readonly (readonly [server: string, counts: CoverageCounts])[];
  /** A limit of the tally was met; one sentence each. */
  readonly limits: readonly string[];
  /** What its findings show; where it was asked for. */
  readonly shown?: readonly ShownExchange[];
}

/** Which servers were met, and what their answers say of whose they are. */
export interface ScopeTally {
  readonly servers: readonly (readonly [server: string, tally: ServerTally])[];
  /** Some servers that may have been the API's could not be told apart. */
  readonly overflown: boolean;
  /** Exchanges with servers beyond those told apart. */
  readonly beyond: number;
}

export interface ServerTally {
  readonly exchanges: number;
  readonly errors: number;
  /** Some of its paths were outside the given prefixes. */
  readonly outside: number;
  readonly outsideErrors: number;
  /** It answered in the contract's envelope, with a type the contract knows. */
  readonly speaksContract: boolean;
  /** It answered an error on a declared operation as JSON, or to a request that asked for JSON. */
  readonly servesOperation: boolean;
}

/** How often what was put to the test. */
export interface CoverageCounts {
  /** `["row", name, "met"]`, `["operation", name, "errors"]`, `["pair", row, operation]`, `["untold", rule, reason]` and how often. */
  readonly counts: readonly (readonly [key: readonly string[], count: number])[];
  /** How far provisions were put to the test. */
  readonly notes: readonly (readonly [provision: string, note: string])[];
}
