import type { Json, JsonObject } from "../../../src/model/json.ts";

/** One header line. */
export type Field = readonly [name: string, value: string];

/** The rows of the built-in contract, and then those of `examples/probe/contract.yaml`. */
export type RowName =
  | "idempotency-key-required"
  | "invalid-request"
  | "unauthenticated"
  | "course-not-found"
  | "preset-not-found"
  | "unknown-route"
  | "already-launched"
  | "conflict"
  | "rate-limited"
  | "regen-cap-reached"
  | "quota-exceeded"
  | "server-error"
  | "method-not-allowed"
  | "content-too-large"
  | "unsupported-media-type"
  | "headers-too-large";

/** What was asked for; `owner` is undefined where nobody has it. Never sent: faults look at it. */
export interface Masked {
  readonly resource: "course" | "preset";
  readonly id: string;
  readonly owner: string | undefined;
}

export interface Success {
  readonly kind: "success";
  readonly status: number;
  readonly headers: readonly Field[];
  /** undefined = no content. */
  readonly body: Json | undefined;
}

/** An error as data, before it is put into the envelope. */
export interface Refusal {
  readonly kind: "refusal";
  /** The row of the contract it keeps. Never sent. */
  readonly row: RowName;
  readonly status: number;
  readonly headers: readonly Field[];
  readonly error: JsonObject;
  readonly about?: Masked;
  /** The methods that are for this address, where the one that was asked is not. Never sent but as Allow. */
  readonly allowed?: readonly string[];
}

export type Answer = Success | Refusal;

/** What goes over the wire, less the fields every answer has. */
export interface Wire {
  /** True: without the Date that every answer has. */
  readonly undated?: boolean;
  readonly status: number;
  /** [Node's for the status] */
  readonly reason?: string;
  readonly headers: readonly Field[];
  readonly text: string;
  /** Milliseconds of real time for which it is held back. */
  readonly delay?: number;
}

export function success(status: number, body?: Json, headers: readonly Field[] = []): Success {
  return { kind: "success", status, headers, body };
}

/** Thrown by whatever finds that a request cannot be served. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.row);
    this.refusal = refusal;
  }
}

export function field(headers: readonly Field[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];
}

export function withoutField(headers: readonly Field[], name: string): Field[] {
  return headers.filter(([candidate]) => candidate.toLowerCase() !== name.toLowerCase());
}

/** Replaces a field where it stands, or adds it at the end. */
export function withField(headers: readonly Field[], name: string, value: string): Field[] {
  const there = field(headers, name) !== undefined;
  return there
    ? headers.map((line): Field => (line[0].toLowerCase() === name.toLowerCase() ? [line[0], value] : line))
    : [...headers, [name, value]];
}
