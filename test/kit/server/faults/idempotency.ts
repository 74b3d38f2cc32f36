import type { Fault, FaultPlace } from "../fault.ts";
import { refusals } from "../refusals.ts";
import { header, onRow, status } from "./change.ts";

const key: FaultPlace = { kind: "header", name: "Idempotency-Key", of: "request" };

/** The built-in contract does not ask for a mark. */
const replaysMarked = `idempotency:
  operations: { launchCourse: required }
  missing: idempotency-key-required
  replay: same-effect
  replayHeader: Idempotent-Replayed
`;

/** Launches that happen without a key, twice for one key, or not at all for a good one. */
export const idempotencyFaults: readonly Fault[] = [
  {
    name: "key-not-required",
    breaks: "A launch without a key is accepted.",
    rule: "idempotency/key-not-required",
    note: "absent",
    row: "idempotency-key-required",
    place: key,
    provokedBy: "launch without key",
    policy: { keyRequired: false },
  },
  {
    name: "missing-key-misanswered",
    breaks: "A launch without a key is refused for another reason.",
    rule: "idempotency/missing-key-misanswered",
    note: "misanswered",
    row: "idempotency-key-required",
    place: status,
    provokedBy: "launch without key",
    ...onRow("idempotency-key-required", () => refusals.invalid("header_missing", "A header is missing.")),
  },
  {
    name: "present-key-rejected",
    breaks: "A launch with a key is told that the key is missing.",
    rule: "idempotency/present-key-rejected",
    note: "rejected",
    row: "idempotency-key-required",
    place: key,
    provokedBy: "launch",
    answer: (answer, { call }) => (isLaunch(call.path) && answer.kind === "success" ? refusals.keyRequired() : answer),
  },
  {
    name: "replay-refused",
    breaks: "A launch repeated with its key is refused.",
    rule: "idempotency/replay-differs",
    note: "refused",
    row: null,
    place: status,
    provokedBy: "replay",
    policy: { replay: "conflict" },
  },
  {
    name: "replay-unmarked",
    breaks: "A launch repeated with its key is not marked as a repetition.",
    rule: "idempotency/replay-unmarked",
    note: "unmarked",
    row: null,
    place: header("Idempotent-Replayed"),
    contract: replaysMarked,
    provokedBy: "replay",
    policy: { replayMarked: false },
  },
  {
    name: "replay-repeats",
    breaks: "A launch repeated with its key makes another course.",
    rule: "idempotency/replay-repeats",
    note: "repeated",
    row: null,
    place: { kind: "exchange" },
    provokedBy: "replay",
    policy: { replay: "copy" },
  },
  {
    name: "reuse-accepted",
    breaks: "A key that was used launches another course.",
    rule: "idempotency/reuse-accepted",
    note: "accepted",
    row: null,
    place: status,
    provokedBy: "reuse",
    policy: { keyReuse: true },
  },
  {
    name: "key-crosses-accounts",
    breaks: "One account's key brings back another account's course.",
    rule: "idempotency/reuse-accepted",
    note: "leaked",
    row: null,
    place: { kind: "exchange" },
    provokedBy: "key of another",
    policy: { keysPerAccount: false },
  },
];

function isLaunch(path: readonly string[]): boolean {
  return path.at(-1) === "launch";
}
