import { success } from "../answer.ts";
import type { LiveFault } from "../fault.ts";
import { onRow, status } from "./change.ts";

/** What a server does with requests that no client of sense makes: seen by asking it. */
export const liveRequestFaults: readonly LiveFault[] = [
  {
    name: "bad-body-taken",
    breaks: "A body that cannot be read is passed over, and the request acted on.",
    rule: "pairing/refusal-missing",
    note: "served",
    row: "invalid-request",
    place: status,
    provokedBy: "probe",
    ...onRow("invalid-request", () => success(201, { id: "crs_unwanted" })),
  },
  {
    name: "unknown-route-served",
    breaks: "An address that leads nowhere is served with what is at the root.",
    rule: "pairing/refusal-missing",
    note: "served",
    row: "unknown-route",
    place: status,
    provokedBy: "probe",
    ...onRow("unknown-route", () => success(200, { name: "Course Generation API" })),
  },
];
