import type { Masking } from "../../model/contract.ts";
import type { Witness } from "../../model/rule.ts";
import type { Traits } from "../masking/answer-traits.ts";
import type { Moment, Period } from "../moment.ts";

/** One answer of a pair. */
export interface LiveAnswer {
  readonly moment: Moment;
  /** undefined: there are enough of them already. */
  readonly traits: Traits | undefined;
  /** Milliseconds to the first byte, over a connection that stood already. */
  readonly waited: number | undefined;
}

/** The two answers that were asked for in turns. */
export interface LivePair {
  readonly foreign?: LiveAnswer;
  readonly missing?: LiveAnswer;
}

/** Requests that differ in the id alone, asked for somebody else's resource and for missing ones. */
export interface LiveGroup {
  /** As whoever asked calls it: `GET /v1/courses/{course_id}, plain`. */
  readonly name: string;
  readonly server: string;
  readonly masking: Masking;
  readonly method: string;
  /** "" = nobody: it was asked without a credential. */
  readonly asker: string;
  readonly period: Period;
  readonly pairs: Map<number, LivePair>;
  /** The first answer for the foreign one, to be told on. */
  witness?: Witness;
  foreignId?: string;
  /** The first answer that served the foreign one. */
  served?: Witness;
  /** Was a missing one served too? Then whatever is served is nobody's. */
  isMissingServed: boolean;
  /** Another rule tells what is wrong with the foreign answers: they were served, admitted, or refused with another row. */
  isTold: boolean;
}

/** A pair of which both answers came. */
export type WholePair = Required<LivePair>;

/** In the order in which they were asked. */
export function wholePairs({ pairs }: LiveGroup): WholePair[] {
  return [...pairs]
    .sort(([a], [b]) => a - b)
    .flatMap(([, { foreign, missing }]) => (foreign === undefined || missing === undefined ? [] : [{ foreign, missing }]));
}
