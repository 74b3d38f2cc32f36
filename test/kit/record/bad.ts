import type { Place } from "../../../src/model/place.ts";
import type { RowName } from "../server/answer.ts";
import { placeOf } from "../server/fault.ts";
import { faultNamed } from "../server/faults/index.ts";
import { provocations } from "./provocations.ts";
import type { Session } from "./session.ts";

/** What an audit should find, and where. */
export interface Expected {
  readonly fault: string;
  readonly rule: string;
  readonly note: string;
  readonly row: RowName | null;
  /** Zero-based, in `log.entries`. */
  readonly entry: number;
  readonly place: Place;
}

/** The promises that are broken, in the order of the capture. */
const badFaults: readonly string[] = [
  "html-page",
  "html-as-json",
  "json-cut-short",
  "empty-body",
  "bare-detail",
  "message-missing",
  "message-number",
  "code-object",
  "envelope-elsewhere",
  "content-type-text",
  "error-on-success",
  "duplicate-member",
  "status-422",
  "status-405",
  "type-unknown",
  "type-misspelt",
  "type-of-another-status",
  "code-on-401",
  "code-missing",
  "code-reserved",
  "code-malformed",
  "code-of-another-operation",
  "retry-after-missing",
  "retry-after-fraction",
  "retry-after-disagrees",
  "retry-after-zero",
  "retry-after-on-quota",
  "released-late",
  "course-admitted",
  "row-of-another-resource",
  "foreign-as-409",
  "foreign-header-differs",
  "ownership-hinted",
  "foreign-served",
  "refusal-kept-for-an-hour",
  "key-not-required",
  "missing-key-misanswered",
  "present-key-rejected",
  "replay-repeats",
  "reuse-accepted",
];

/** Fault after fault, five minutes apart, each against the real server, amid answers that are right. */
export async function playBad(session: Session): Promise<Expected[]> {
  const { server, send, wait } = session;
  await send({ as: "anonymous", method: "GET", path: "/v1/health", comment: "as promised" });
  await send({ as: "alice", method: "GET", path: "/v1/courses/crs_nowhere1", comment: "as promised: where errors have their envelope" });
  const expected: Expected[] = [];
  for (const [index, name] of badFaults.entries()) {
    const fault = faultNamed(name);
    wait(300);
    server.use(name);
    const { index: entry } = await provocations[fault.provokedBy](session, String(index + 1).padStart(4, "0"));
    server.use();
    const { rule, note, row } = fault;
    expected.push({ fault: name, rule, note, row, entry, place: placeOf(fault, server.envelope.place) });
  }
  return expected;
}
