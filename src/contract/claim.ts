import type { Exchange } from "../model/exchange.ts";
import type { JsonObject } from "../model/json.ts";
import type { Holding } from "./condition.ts";
import { type CompiledEnvelope, locateErrors } from "./envelope.ts";
import { otherOperation } from "./operations.ts";
import { errorStatuses } from "./status-set.ts";

/** Which envelope an answer comes in. */
interface Claim {
  /** undefined: an error status that no envelope claims. */
  readonly envelope: CompiledEnvelope | undefined;
  /** Envelopes that would come before it, if what was not captured held. */
  readonly perhaps: readonly CompiledEnvelope[];
}

/** Says which envelope an answer comes in; undefined = it is not an error. `operations`: names, asked for only where an envelope names some. */
export type ClaimEnvelope = (exchange: Exchange, readable: boolean, operations: () => readonly string[]) => Claim | undefined;

/** The envelopes other than the default are tried first, in their order. */
export function makeClaim(envelopes: readonly CompiledEnvelope[]): ClaimEnvelope {
  const order = [...envelopes.slice(1), ...envelopes.slice(0, 1)];
  return (exchange, readable, operations) => {
    const { status } = exchange.response;
    const isError = errorStatuses.has(status);
    const perhaps: CompiledEnvelope[] = [];
    for (const envelope of order) {
      if (!envelope.status.has(status)) continue;
      const holding = holds(envelope, exchange, readable, operations);
      if (holding === true) return { envelope, perhaps };
      // A success is an error only where that is sure.
      if (holding === "unknown" && isError) perhaps.push(envelope);
    }
    return isError ? { envelope: perhaps[0], perhaps: perhaps.slice(1) } : undefined;
  };
}

function holds(envelope: CompiledEnvelope, exchange: Exchange, readable: boolean, operations: () => readonly string[]): Holding {
  if (envelope.operations !== undefined) {
    const names = operations();
    const named = envelope.operations;
    if (!(names.length === 0 ? named.includes(otherOperation) : names.some((name) => named.includes(name)))) return false;
  }
  return envelope.when.holds({ exchange, readable, error: readable ? () => firstError(envelope, exchange) : undefined });
}

function firstError(envelope: CompiledEnvelope, exchange: Exchange): JsonObject | undefined {
  const parsed = exchange.response.body.json();
  return parsed.ok ? locateErrors(envelope, parsed.value, exchange.response.headers)?.objects[0]?.value : undefined;
}
