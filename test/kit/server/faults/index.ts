import type { Fault, LiveFault } from "../fault.ts";
import { authenticationFaults } from "./authentication.ts";
import { disclosureFaults } from "./disclosure.ts";
import { envelopeFaults } from "./envelope.ts";
import { httpFaults } from "./http.ts";
import { idempotencyFaults } from "./idempotency.ts";
import { liveKeyFaults } from "./live-keys.ts";
import { liveLimitFaults } from "./live-limits.ts";
import { liveMaskingFaults } from "./live-masking.ts";
import { liveRequestFaults } from "./live-requests.ts";
import { maskingFaults } from "./masking.ts";
import { pairingFaults } from "./pairing.ts";
import { rateLimitFaults } from "./rate-limit.ts";

/** Every way in which the server can break its promises. */
export const faults: readonly Fault[] = [
  ...envelopeFaults,
  ...pairingFaults,
  ...rateLimitFaults,
  ...maskingFaults,
  ...idempotencyFaults,
  ...authenticationFaults,
  ...disclosureFaults,
  ...httpFaults,
];

/** Those that only a probe shows. */
export const liveFaults: readonly LiveFault[] = [...liveMaskingFaults, ...liveKeyFaults, ...liveLimitFaults, ...liveRequestFaults];

/** One that a client's traffic can show. */
export function faultNamed(name: string): Fault {
  return find(faults, name);
}

export function anyFaultNamed(name: string): Fault | LiveFault {
  return find<Fault | LiveFault>([...faults, ...liveFaults], name);
}

function find<Any extends Fault | LiveFault>(all: readonly Any[], name: string): Any {
  const fault = all.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new Error(`There is no fault named ${name}.`);
  return fault;
}
