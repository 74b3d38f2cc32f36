import type { Body } from "./exchange.ts";

/** An exchange as a report shows it beside a finding. Every text in it is masked, and cut where it is too long to be read. */
export interface ShownExchange {
  readonly capture: string;
  readonly entry: number;
  /** Milliseconds since the epoch; null = not known. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The account's name, where it was given one. */
  readonly account: string | null;
  readonly request: ShownMessage & { readonly method: string; readonly url: string };
  /** null = no answer came. */
  readonly response: (ShownMessage & { readonly status: number; readonly reason: string }) | null;
}

/** What requests and responses have in common. */
export interface ShownMessage {
  /** In order, names as captured. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: ShownBody;
}

export interface ShownBody {
  readonly state: Body["state"];
  /** Its beginning; "" unless present. */
  readonly text: string;
  /** Characters that were left out at its end. */
  readonly cut: number;
  readonly mediaType: string | null;
}
