import { type Answer, type Field, type Wire, withField, withoutField } from "../answer.ts";
import type { LiveFault, Moment } from "../fault.ts";
import { refusals } from "../refusals.ts";
import { body, header, status } from "./change.ts";

/** Ways to tell another account's course from a missing one that only show when both are asked for in turns, or as no client asks. */
export const liveMaskingFaults: readonly LiveFault[] = [
  leak("head-header", "a header field that only HEAD has", "headerNames", { kind: "exchange" }, onForeignWire("HEAD", add("ETag", '"1"'))),
  leak("get-owner", "the value of a header field", "headerValue", header("X-Resource-Owner"), {
    wire: (wire, at) =>
      hasOwner(at, "GET") || isRefused(at) ? add("X-Resource-Owner", hasOwner(at, "GET") ? "other" : "none")(wire) : wire,
  }),
  leak("header-order", "the order of header fields", "headerOrder", { kind: "exchange" }, onForeignWire("GET", reverse)),
  leak(
    "reason",
    "a reason phrase of its own",
    "reason",
    status,
    onForeignWire("GET", (wire) => ({ ...wire, reason: "Hidden" })),
  ),
  leak("newline", "a newline at the end of the body", "length", body(), onForeignWire("GET", lengthen)),
  leak("head-length", "the length that HEAD tells", "headerValue", header("Content-Length"), onForeignWire("HEAD", lengthen)),
  leak("vary", "a Vary", "headerNames", { kind: "exchange" }, onForeignWire("GET", add("Vary", "Authorization"))),
  leak("allow", "an Allow", "headerNames", { kind: "exchange" }, onForeignWire("GET", add("Allow", "GET, PATCH, DELETE"))),
  leak("etag", "an ETag", "headerNames", { kind: "exchange" }, onForeignWire("GET", add("ETag", '"2"'))),
  leak("cookie-attribute", "an attribute of a cookie", "cookies", header("Set-Cookie"), {
    wire: (wire, at) => (isRefused(at) ? add("Set-Cookie", hasOwner(at, "GET") ? "seen=1; Path=/; Secure" : "seen=1; Path=/")(wire) : wire),
  }),
  leak("echo", "an id that is left out of the message", "message", body(), onForeignAnswer("GET", { message: "There is no such course." })),
  leak("member-type", "a member of another type", "memberTypes", body(), {
    answer: (answer, at) =>
      answer.kind === "refusal" && isRefused(at)
        ? { ...answer, error: { ...answer.error, hint: hasOwner(at, "GET") ? "" : null } }
        : answer,
  }),
  leak("connection", "a connection that is closed", "headerValue", header("Connection"), onForeignWire("GET", add("Connection", "close"))),
  leak(
    "delete-code",
    "a refusal of its own to DELETE",
    "message",
    body(),
    onForeignAnswer("DELETE", { message: "This course cannot be deleted." }),
  ),
  leak(
    "patch-header",
    "a header field that only PATCH has",
    "headerNames",
    { kind: "exchange" },
    onForeignWire("PATCH", add("Vary", "Origin")),
  ),
  leak("launch-param", "a member that only a launch has", "param", body(), onForeignAnswer("POST", { param: "course_id" })),
  leak("options", "what OPTIONS answers", "status", status, {
    answer: (answer, at) =>
      hasOwner(at, "OPTIONS") ? { kind: "success", status: 204, headers: [["Allow", "GET, PATCH, DELETE"]], body: undefined } : answer,
  }),
  leak("unsupported-method", "a method that is not for it", "status", status, {
    answer: (answer, at) =>
      hasOwner(at, "PUT") ? { ...refusals.invalid("unsupported_operation", "This cannot be asked of the resource."), status: 405 } : answer,
  }),
  leak("precondition", "If-Match, which is looked at first", "status", status, {
    answer: (answer, at) =>
      hasOwner(at) && at.call.headers["if-match"] !== undefined
        ? { ...refusals.invalid("precondition_failed", "It was changed."), status: 412 }
        : answer,
  }),
  leak("missing-key", "a missing key, which is looked at first", "status", status, {
    answer: (answer, at) => (hasOwner(at, "POST") && at.call.headers["idempotency-key"] === undefined ? refusals.keyRequired() : answer),
  }),
  leak("media-type", "a media type, which is looked at first", "status", status, {
    answer: (answer, at) =>
      hasOwner(at) && at.call.headers["content-type"] === "application/x-envelint"
        ? refusals.invalid("unsupported_media_type", "The body must be sent as application/json.")
        : answer,
  }),
  leak("range", "a Range, which is looked at first", "status", status, {
    answer: (answer, at) =>
      hasOwner(at) && at.call.headers.range !== undefined
        ? { ...refusals.invalid("range_invalid", "There is no such range."), status: 416 }
        : answer,
  }),
  leak("sub-resource", "what stands below it", "message", body(), {
    answer: (answer, at) =>
      answer.kind === "refusal" && hasOwner(at) && at.call.path.at(-1) === "artifacts"
        ? { ...answer, error: { ...answer.error, message: "The course has no artifacts." } }
        : answer,
  }),
  {
    name: "foreign-delay",
    breaks: "Another account's course is answered 5 ms later than a missing one.",
    rule: "masking/timing-differs",
    note: "later",
    row: "course-not-found",
    place: { kind: "exchange" },
    provokedBy: "probe",
    policy: { foreignDelay: 5 },
  },
];

function leak(name: string, what: string, note: string, place: LiveFault["place"], hook: Pick<LiveFault, "answer" | "wire">): LiveFault {
  return {
    name: `live-${name}-differs`,
    breaks: `Another account's course and a missing one are told apart by ${what}.`,
    rule: "masking/distinguishable",
    note,
    row: "course-not-found",
    place,
    provokedBy: "probe",
    ...hook,
  };
}

/** Was a course asked for that somebody else has? */
function hasOwner({ answer, call }: Moment, method?: string): boolean {
  const about = answer.kind === "refusal" ? answer.about : undefined;
  return about?.resource === "course" && about.owner !== undefined && (method === undefined || call.method === method);
}

/** A GET of a course that is missing or somebody else's. */
function isRefused({ answer, call }: Moment): boolean {
  return answer.kind === "refusal" && answer.about?.resource === "course" && call.method === "GET";
}

function onForeignWire(method: string, change: (wire: Wire) => Wire): Pick<LiveFault, "wire"> {
  return { wire: (wire, at) => (hasOwner(at, method) ? change(wire) : wire) };
}

function onForeignAnswer(method: string, members: Readonly<Record<string, string>>): Pick<LiveFault, "answer"> {
  return {
    answer: (answer, at): Answer =>
      answer.kind === "refusal" && hasOwner(at, method) ? { ...answer, error: { ...answer.error, ...members } } : answer,
  };
}

function add(name: string, value: string): (wire: Wire) => Wire {
  return (wire) => ({ ...wire, headers: withField(wire.headers, name, value) });
}

function lengthen(wire: Wire): Wire {
  return { ...wire, text: `${wire.text}\n` };
}

function reverse(wire: Wire): Wire {
  const type: Field = ["Content-Type", "application/json"];
  return { ...wire, headers: [...withoutField(wire.headers, "Content-Type").reverse(), type] };
}
