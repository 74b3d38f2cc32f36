import type { ProbeMark } from "../model/exchange.ts";
import type { HeaderLine } from "../recording/header-line.ts";

/**
 * How much harm a request can do. 0: it reads. 1: a write that any sane server refuses before it acts. 2: it may change or create something.
 * 3: it uses up what the account may ask for.
 */
export type Level = 0 | 1 | 2 | 3;

export type { HeaderLine } from "../recording/header-line.ts";

/** Who asks: an account of the plan, nobody, or somebody whose credential opens nothing (its value, as the contract's first credential has it). */
export type Asker = { readonly account: string } | "anonymous" | { readonly madeUp: string };

export interface AskBody {
  readonly content: string | Uint8Array;
  /** undefined = no Content-Type is sent. */
  readonly mediaType: string | undefined;
}

/** One request that a probe wants to be sent. */
export interface Ask {
  /** What it shows, in a few words: "launch without a key". In the dry run, the live view, and the recording. */
  readonly purpose: string;
  readonly level: Level;
  /** Any token of HTTP. */
  readonly method: string;
  /** From the target on, query included: `/v1/courses/crs_1`. */
  readonly path: string;
  readonly as: Asker;
  readonly headers?: readonly HeaderLine[];
  readonly body?: AskBody;
  /** The rows it is to provoke, by name: one of them is the right answer. */
  readonly aims?: readonly string[];
  /** True: whoever serves it has a fault that can do harm; a 2xx stops the run. */
  readonly mustFail?: boolean;
  readonly target?: ProbeMark["target"];
  readonly group?: string;
  readonly pair?: number;
  /** Milliseconds to wait before it, beside what the pace asks for. */
  readonly after?: number;
  /** True: sent at once, without regard to the pace (a burst). */
  readonly unpaced?: boolean;
  /** True: a 429 is an answer like any other, and not waited out. */
  readonly takesLimit?: boolean;
}

/** What cannot be asked, and why: "no valid body for createCourse in the plan". */
export interface Skip {
  readonly skip: string;
  /** The rows that stay untested for it. */
  readonly aims?: readonly string[];
}

/** What came back; a list is in the order of what was asked. */
export interface Reply {
  /** 0 = no answer. */
  readonly status: number;
  header(name: string): string | undefined;
  /** The beginning, as far as it was read. */
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  json(): unknown;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** One request, several that are sent at the same moment, or something that cannot be asked. */
export type Step = Ask | readonly Ask[] | Skip;

/**
 * The requests of a probe, one after the other. What it is given back are the replies to its last step, none where that was not sent:
 * in a dry run, above the allowed level, beyond the budget, after a stop. It then goes on as if all had gone well.
 */
export type Asks = Generator<Step, void, readonly Reply[]>;
