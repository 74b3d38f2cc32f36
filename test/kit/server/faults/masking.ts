import { withField } from "../answer.ts";
import type { Fault } from "../fault.ts";
import { refusals } from "../refusals.ts";
import { body, header, member, onForeign, setForeignMembers, setHeader, setMembers, status } from "./change.ts";

/** Answers from which a caller learns that another account has a resource, or gets it. */
export const maskingFaults: readonly Fault[] = [
  {
    name: "course-admitted",
    breaks: "Another account's course is answered with a 403.",
    rule: "masking/existence-revealed",
    note: "revealed",
    row: "course-not-found",
    place: status,
    provokedBy: "foreign course",
    policy: { foreign: "forbid" },
  },
  {
    name: "preset-admitted",
    breaks: "Another account's preset is answered with a 403.",
    rule: "masking/existence-revealed",
    note: "revealed",
    row: "preset-not-found",
    place: status,
    provokedBy: "foreign preset",
    policy: { foreign: "forbid" },
  },
  {
    name: "row-of-another-resource",
    breaks: "A missing course is answered with the code of a preset.",
    rule: "masking/wrong-answer",
    note: "anotherResource",
    row: "course-not-found",
    place: status,
    provokedBy: "missing course",
    ...setMembers("course-not-found", { code: "preset_not_found" }),
  },
  {
    name: "foreign-as-409",
    breaks: "Another account's course is refused with a conflict.",
    rule: "masking/wrong-answer",
    note: "foreign",
    row: "course-not-found",
    place: status,
    provokedBy: "foreign course proved",
    ...onForeign(({ about }) => refusals.conflict("course_in_use", `The course '${about?.id}' is in use elsewhere.`)),
  },
  differs(
    "message",
    "message",
    "message",
    body(),
    setForeignMembers(() => ({ message: "The course cannot be shown." })),
  ),
  differs(
    "param",
    "param",
    "param",
    body(),
    setForeignMembers(() => ({ param: "course_id" })),
  ),
  differs(
    "member-order",
    "member order",
    "members",
    body(),
    onForeign((refusal) => ({ ...refusal, error: Object.fromEntries(Object.entries(refusal.error).reverse()) })),
  ),
  differs(
    "header",
    "set of header fields",
    "headerNames",
    { kind: "exchange" },
    onForeign((refusal) => ({ ...refusal, headers: withField(refusal.headers, "ETag", '"1"') })),
  ),
  differs(
    "cookie",
    "cookies",
    "cookieNames",
    header("Set-Cookie"),
    onForeign((refusal) => ({ ...refusal, headers: withField(refusal.headers, "Set-Cookie", "last=crs; Path=/") })),
  ),
  {
    ...differs("caching", "Cache-Control", "headerValue", header("Cache-Control"), {}),
    wire: (wire, { answer }) =>
      answer.kind === "refusal" && answer.about?.owner !== undefined
        ? { ...wire, headers: withField(wire.headers, "Cache-Control", "private, no-store") }
        : wire,
  },
  {
    ...differs("validation-order", "order of checks", "status", status, {}),
    provokedBy: "foreign bad body",
    policy: { bodyBeforeMask: true },
  },
  {
    name: "ownership-hinted",
    breaks: "A masked 404 speaks of an owner.",
    rule: "masking/ownership-hinted",
    note: "hinted",
    row: "course-not-found",
    place: member("message"),
    provokedBy: "foreign course",
    ...setForeignMembers(() => ({ message: "You do not have permission to see this course." })),
  },
  {
    name: "foreign-served",
    breaks: "Another account's course is served.",
    rule: "masking/foreign-served",
    note: "served",
    row: "course-not-found",
    place: { kind: "url" },
    provokedBy: "foreign course proved",
    policy: { foreign: "serve" },
  },
  {
    name: "refusal-cacheable",
    breaks: "A masked 404 may be stored.",
    rule: "masking/cacheable-refusal",
    note: "cacheable",
    row: "course-not-found",
    place: header("Cache-Control"),
    provokedBy: "missing course",
    ...setHeader("course-not-found", "Cache-Control", undefined),
  },
  {
    name: "refusal-kept-for-an-hour",
    breaks: "A masked 404 asks to be stored.",
    rule: "masking/cacheable-refusal",
    note: "cacheable",
    row: "preset-not-found",
    place: header("Cache-Control"),
    provokedBy: "missing preset",
    ...setHeader("preset-not-found", "Cache-Control", "private, max-age=3600"),
  },
];

function differs(name: string, what: string, note: string, place: Fault["place"], hook: Pick<Fault, "answer">): Fault {
  return {
    name: `foreign-${name}-differs`,
    breaks: `Another account's course and a missing one are told apart by their ${what}.`,
    rule: "masking/distinguishable",
    note,
    row: "course-not-found",
    place,
    provokedBy: "foreign course proved",
    ...hook,
  };
}
