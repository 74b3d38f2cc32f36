import type { LiveFault } from "../fault.ts";
import { status } from "./change.ts";

/** What a server does with keys that no client of sense sends: seen by asking it. */
export const liveKeyFaults: readonly LiveFault[] = [
  {
    name: "in-flight-crashes",
    breaks: "A launch that comes while the first with its key is at work makes the server stumble.",
    rule: "idempotency/in-flight-misanswered",
    note: "crashed",
    row: null,
    place: status,
    provokedBy: "probe",
    policy: { inFlight: "crash" },
  },
  {
    name: "in-flight-refused",
    breaks: "A launch that comes while the first with its key is at work is told that the course was launched before.",
    rule: "idempotency/in-flight-misanswered",
    note: "misanswered",
    row: "conflict",
    place: status,
    contract: `idempotency:
  operations: { launchCourse: required }
  missing: idempotency-key-required
  inFlight: conflict
  replay: same-effect
`,
    provokedBy: "probe",
    policy: { inFlight: "conflict" },
  },
  {
    name: "in-flight-repeats",
    breaks: "A launch that comes while the first with its key is at work launches another course.",
    rule: "idempotency/replay-repeats",
    note: "repeated",
    row: null,
    place: { kind: "exchange" },
    provokedBy: "probe",
    policy: { inFlight: "copy" },
  },
  {
    name: "long-key-crashes",
    breaks: "A key that is too long makes the server stumble.",
    rule: "disclosure/crashed-on-bad-input",
    note: "bad-probe",
    row: null,
    place: status,
    provokedBy: "probe",
    policy: { longKey: "crash" },
  },
];
