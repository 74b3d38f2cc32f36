import type { Fault } from "../fault.ts";
import { authenticationFaults } from "./authentication.ts";
import { disclosureFaults } from "./disclosure.ts";
import { envelopeFaults } from "./envelope.ts";
import { httpFaults } from "./http.ts";
import { idempotencyFaults } from "./idempotency.ts";
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

export function faultNamed(name: string): Fault {
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new Error(`There is no fault named ${name}.`);
  return fault;
}
