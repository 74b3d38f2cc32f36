import type { Place } from "../../../src/model/place.ts";
import { appendPointer, splitPointer } from "../../../src/syntax/json-pointer.ts";
import type { Answer, RowName, Wire } from "./answer.ts";
import type { Call } from "./call.ts";
import { type Envelope, type EnvelopePlace, elsewhere } from "./envelope.ts";
import type { Policy } from "./policy.ts";

/** A place in an exchange; `error` counts from the error object, wherever the envelope has it; `elsewhere` is where it has it not. */
export type FaultPlace = Place | { readonly kind: "error"; readonly pointer: string } | { readonly kind: "elsewhere" };

/** What a client does to make a fault show: `test/kit/record/provocations.ts`. */
export type Provocation =
  | "bad credential"
  | "bad field"
  | "bad JSON"
  | "burst"
  | "crash"
  | "edit launched"
  | "foreign bad body"
  | "foreign course"
  | "foreign course proved"
  | "foreign preset"
  | "from a page"
  | "from a page, limited"
  | "head"
  | "key of another"
  | "launch"
  | "launch again"
  | "launch without key"
  | "markup in path"
  | "missing course"
  | "missing preset"
  | "no credential"
  | "no credential, bad body"
  | "quota"
  | "rate limit"
  | "rate limit waited out"
  | "regeneration cap"
  | "replay"
  | "reuse"
  | "unknown route"
  | "unsupported method";

/** A way in which the server breaks its promises, to be switched on by name. */
export interface Fault<By extends Provocation | "probe" = Provocation> {
  readonly name: string;
  /** The promise it breaks, as a sentence about the faulty server. */
  readonly breaks: string;
  /** The rule of envelint that should find it. */
  readonly rule: string;
  /** Which of the rule's messages. */
  readonly note: string;
  /** Other rules that say of the same answer what is wrong with it from where they stand. */
  readonly also?: readonly string[];
  /** The row a finding should name; null = none, or several. */
  readonly row: RowName | null;
  readonly place: FaultPlace;
  /** What the contract must say besides the built-in one, as YAML. */
  readonly contract?: string;
  /** What makes it show. */
  readonly provokedBy: By;
  /** Hooks, all optional: what the server decides by, the answer as data, the answer as text. */
  readonly policy?: Partial<Policy>;
  answer?(answer: Answer, at: Moment): Answer;
  wire?(wire: Wire, at: Moment): Wire;
}

/** A fault that only a probe shows: no client would ask for it, or it takes many answers to see. */
export type LiveFault = Fault<"probe">;

/** What a hook may look at. */
export interface Moment {
  readonly call: Call;
  /** The answer before any fault. */
  readonly answer: Answer;
  readonly envelope: Envelope;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Where a fault shows, in an API that has its errors there. */
export function placeOf(fault: Pick<Fault, "place">, envelope: EnvelopePlace): Place {
  const { place } = fault;
  if (place.kind === "elsewhere") return { kind: "body", pointer: elsewhere(envelope) };
  return place.kind === "error" ? { kind: "body", pointer: appendPointer(envelope, ...splitPointer(place.pointer)) } : place;
}
