import type { Severity, Subject } from "../../model/finding.ts";

/** What the page's script is given. Every text in it was made visible and is no longer than a reader can use. */
export interface PageData {
  /** New findings first, then stale entries of the baseline, known findings, ignored ones; each in the report's order. */
  readonly groups: readonly GroupData[];
  /** What samples and related exchanges point to by index. */
  readonly exchanges: readonly ExchangeData[];
}

/** How the gate takes a finding. `stale`: no finding any more, but an entry of the baseline without one. */
export type State = "new" | "stale" | "known" | "ignored";

/** Findings that say the same of several operations or rows. */
export interface GroupData {
  readonly state: State;
  /** null = a stale entry, of which the baseline does not say. */
  readonly severity: Severity | null;
  readonly rule: string;
  readonly note: string;
  readonly message: string;
  readonly advice: string;
  /** The rule's page, where it is not one that `envelint explain` shows. */
  readonly docs: string | null;
  readonly findings: readonly FindingData[];
}

export interface FindingData {
  readonly fingerprint: string;
  readonly operation: string;
  readonly row: string | null;
  /** `contracts/course-api.yaml:31`. */
  readonly promise: string | null;
  readonly subject: Subject | null;
  readonly count: number;
  /** Where it is not the group's. */
  readonly advice?: string;
  /** Why it is passed over, and until when; or where the baseline lists it. */
  readonly remark?: string;
  readonly samples: readonly SampleData[];
}

export interface SampleData {
  /** `bad.har entry 12 (line 981)`. */
  readonly where: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** For people: `header Retry-After`; "" = the exchange as a whole. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  /** What stands before the place, the place, and what stands after it. */
  readonly evidence: readonly [before: string, marked: string, after: string];
  readonly asked?: string;
  readonly curl?: string;
  /** null = the page does not have it. */
  readonly exchange: number | null;
  /** The place in that exchange; null = it is all of it, or could not be found there. */
  readonly mark: Mark | null;
  readonly related: readonly RelatedData[];
}

export interface RelatedData {
  readonly where: string;
  readonly exchange: number | null;
}

export type Side = "request" | "response";

/** The place of a finding in a message. */
export type Mark =
  /** A part of the start line, by its index in `MessageData.line`. */
  | { readonly part: "line"; readonly side: Side; readonly index: number }
  /** Fields, by their indices. */
  | { readonly part: "fields"; readonly side: Side; readonly indices: readonly number[] }
  /** A field that is not there. */
  | { readonly part: "absent"; readonly side: Side; readonly name: string }
  /** Characters of the body's text. */
  | { readonly part: "body"; readonly side: Side; readonly start: number; readonly end: number };

export interface ExchangeData {
  readonly capture: string;
  readonly entry: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly account: string | null;
  readonly request: MessageData;
  /** null = no answer came. */
  readonly response: MessageData | null;
  /** What the answer's Retry-After says. `until`: milliseconds since the epoch; null = it cannot be told. */
  readonly wait: { readonly text: string; readonly until: number | null } | null;
}

export interface MessageData {
  /** Method and URL; status and reason. */
  readonly line: readonly [string, string];
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: BodyData;
}

export interface BodyData {
  readonly state: "present" | "empty" | "not-captured";
  /** JSON is set out in lines, its tokens as captured. */
  readonly text: string;
  /** Characters left out at its end. */
  readonly cut: number;
}
