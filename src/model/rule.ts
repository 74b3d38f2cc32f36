import type { Contract, ErrorAnswer, Row } from "./contract.ts";
import type { Exchange, Origin } from "./exchange.ts";
import type { Severity, Subject } from "./finding.ts";
import type { Place } from "./place.ts";

/** What a rule must have seen before it can know: one exchange, an ordered session, two accounts, the captures of before and after a change. */
export type Needs = "exchange" | "session" | "accounts" | "change";

/** One check. `id` is `family/name` and names the broken promise. */
export interface Rule {
  readonly id: string;
  /** What a finding says, in a few words. */
  readonly summary: string;
  readonly severity: Severity | "off";
  readonly needs: Needs;
  /**
   * `captures`: it compares exchanges of whatever captures hold them, so that shards may keep them from it [what `needs` says: two accounts
   * may stand in two captures, a session stands in one].
   */
  readonly spans?: "captures";
  /** Whose fault a finding is [server]. */
  readonly subject?: Subject;
  /** What to do about a finding; a telling may give its own. */
  readonly advice: string;
  /** Its page, relative to the working directory [`rules/<id>.md` below the package]. */
  readonly docs?: string;
  /** Starts the rule for one audit. State lives in the closure. */
  watch(watching: Watching): Watch;
}

/** What a rule is given. */
export interface Watching {
  readonly contract: Contract;
  readonly tell: (telling: Telling) => void;
  /** Counts a case that the rule is about but cannot judge. `reason` is a short constant phrase: "body not captured"; undefined = nothing was hidden, not counted. */
  readonly unobservable: (on: Exchange | Pick<Witness, "server">, reason: string | undefined) => void;
  /** A bounded memory for whole-run rules; what it forgets is counted and told in the report. */
  readonly remember: <Value>(limit?: number) => Memory<Value>;
  /** Takes from an exchange what a telling needs later, since an exchange can be read only while it is judged. */
  readonly witness: (on: Exchange | ErrorAnswer, place: Place) => Witness;
  /** Takes an exchange's own secrets out of what is kept of it to be told on another. To be used while it is judged. */
  readonly mask: (on: Exchange | ErrorAnswer, text: string) => string;
  /**
   * What several rules learn from the same traffic. Made once an audit, whichever rule asks first, and shown each exchange before any rule is;
   * a rule asks it in its own hooks.
   */
  readonly study: <Learned extends Watch>(begin: Study<Learned>) => Learned;
  /**
   * Says that a provision of the contract beyond its rows (`model/provision.ts`) was put to the test, and what came of it. `note` says for
   * people how far the test went: "no difference found in 8 pairs (GET, HEAD)".
   */
  readonly cover: (on: Exchange | Witness, provision: string, verdict: "kept" | "broken" | "not observable", note?: string) => void;
}

/** Begins a study; the function itself is its name. */
export type Study<Learned extends Watch> = (studying: Studying) => Learned;

/** What a study is given. */
export type Studying = Pick<Watching, "contract" | "remember" | "witness" | "mask">;

/** A bounded map that forgets its oldest key first. Setting or getting a key makes it young. */
export interface Memory<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  values(): IterableIterator<Value>;
}

/** A rule at work. */
export interface Watch {
  /** Every exchange in scope, in the order of the captures; `answer` where it is an error. */
  exchange?(exchange: Exchange, answer: ErrorAnswer | undefined): void;
  /** Every error in scope. */
  error?(answer: ErrorAnswer): void;
  /** Every request in scope that got no answer: status 0, an aborted or failed connection. */
  unanswered?(exchange: Exchange): void;
  /** A timeline (`Exchange.timeline`) was seen to its end; another may follow. */
  endTimeline?(): void;
  /** All captures were read. The last timeline was ended before. */
  end?(): void;
}

/** One sighting of a broken promise. */
export interface Telling {
  readonly on: Exchange | ErrorAnswer | Witness;
  readonly say: Said;
  readonly place: Place;
  readonly expected: string;
  readonly found: string;
  /** What tells this finding from others of the same rule, note, operation and row; ids and counts left out [the place]. */
  readonly detail?: string;
  /** The detail is a name of the API's own, such as a code: two that differ in a digit are two findings [numbers are taken for ids and counts]. */
  readonly isName?: true;
  /** [the row the answer meets, or the sole candidate before it failed] null = none. */
  readonly row?: Row | null;
  /** The provision beyond the rows that it breaks, as it is given to `cover` [none]. */
  readonly provision?: string;
  /** [the rule's]. */
  readonly severity?: Severity;
  /** [the rule's]. */
  readonly subject?: Subject;
  /** [the rule's]. */
  readonly advice?: string;
  readonly related?: readonly Origin[];
}

/** What outlives an exchange. Made by `Watching.witness`, already masked. */
export interface Witness {
  readonly kind: "witness";
  readonly origin: Origin;
  readonly server: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly operation: string;
  readonly row: Row | null;
  readonly evidence: string;
  /** Takes the request's own secrets out of what is told later. */
  readonly mask: (text: string) => string;
}

/** A message with its stable id. */
export interface Said {
  readonly note: string;
  readonly text: string;
}

type Messages = Record<string, (...facts: never[]) => string>;

/**
 * Gives each message function its own name as a stable id: a wrong id or missing facts do not compile.
 *
 * @example const say = messages({ missing: (status: number) => `${status} without Retry-After` });
 *          say.missing(429) // { note: "missing", text: "429 without Retry-After" }
 */
export function messages<M extends Messages>(texts: M): { readonly [Note in keyof M]: (...facts: Parameters<M[Note]>) => Said } {
  const say: Record<string, (...facts: never[]) => Said> = {};
  for (const [note, text] of Object.entries(texts)) say[note] = (...facts) => ({ note, text: text(...facts) });
  return say as { readonly [Note in keyof M]: (...facts: Parameters<M[Note]>) => Said };
}
