import type { LiveFault } from "../fault.ts";
import { header, status } from "./change.ts";

/** Whom a limit holds back, and how long: seen by asking while it lasts. */
export const liveLimitFaults: readonly LiveFault[] = [
  {
    name: "early-retry-penalised",
    breaks: "A request that comes too early begins the wait anew.",
    rule: "rate-limit/release-postponed",
    note: "penalised",
    row: "rate-limited",
    place: header("Retry-After"),
    provokedBy: "probe",
    policy: { penalised: true },
  },
  {
    name: "limit-shared",
    breaks: "One account's requests use up what others may ask.",
    rule: "rate-limit/wrong-scope",
    note: "shared",
    row: "rate-limited",
    place: status,
    provokedBy: "probe",
    policy: { limitPer: "server" },
  },
  {
    name: "limit-per-route",
    breaks: "An account that is limited in one place may go on in another.",
    rule: "rate-limit/wrong-scope",
    note: "apart",
    row: null,
    place: status,
    provokedBy: "probe",
    policy: { limitPer: "route" },
  },
  {
    name: "limit-behind-mask",
    breaks: "While an account is limited, it is still told that another account's course is not there.",
    rule: "masking/limit-reveals",
    note: "differs",
    row: "course-not-found",
    place: status,
    provokedBy: "probe",
    policy: { limitBehindMask: true },
  },
];
