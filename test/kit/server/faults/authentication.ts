import { success } from "../answer.ts";
import type { Fault } from "../fault.ts";
import { refusals } from "../refusals.ts";
import { header, onRow, setHeader, setStatus, status } from "./change.ts";

const challenge = header("WWW-Authenticate");

/** The built-in contract leaves challenges open. */
const challengesRequired = `authentication:
  credential: { header: Authorization }
  missing: unauthenticated
  invalid: unauthenticated
  challenge: required
  public: [health]
`;

/** A credential that is not asked for, asked for too late, or refused in a way that no client understands. */
export const authenticationFaults: readonly Fault[] = [
  {
    name: "challenge-missing",
    breaks: "A 401 has no WWW-Authenticate.",
    rule: "authentication/challenge-missing",
    note: "missing",
    row: "unauthenticated",
    place: challenge,
    contract: challengesRequired,
    provokedBy: "no credential",
    ...setHeader("unauthenticated", "WWW-Authenticate", undefined),
  },
  malformed("without-comma", "are two, with no comma between", "unreadable", 'Bearer realm="courses" Basic realm="courses"'),
  malformed("bare", "is a Bearer without a parameter", "bare", "Bearer"),
  malformed("repeated", "gives its realm twice", "repeated", 'Bearer realm="courses", realm="all"'),
  {
    name: "missing-credential-as-403",
    breaks: "A request without a credential is answered with a 403.",
    rule: "authentication/wrong-answer",
    note: "missing",
    also: ["masking/existence-revealed"],
    row: "unauthenticated",
    place: status,
    provokedBy: "no credential",
    ...setStatus("unauthenticated", 403),
  },
  {
    name: "missing-credential-as-400",
    breaks: "A request without a credential is answered as a bad request.",
    rule: "authentication/wrong-answer",
    note: "missing",
    row: "unauthenticated",
    place: status,
    provokedBy: "no credential",
    ...onRow("unauthenticated", () => refusals.invalid("api_key_required", "Send your API key.")),
  },
  {
    name: "bad-credential-as-403",
    breaks: "A credential that opens nothing is answered with a 403.",
    rule: "authentication/wrong-answer",
    note: "invalid",
    also: ["masking/existence-revealed"],
    row: "unauthenticated",
    place: status,
    provokedBy: "bad credential",
    ...setStatus("unauthenticated", 403),
  },
  {
    name: "existence-before-authentication",
    breaks: "A request without a credential is told whether the course exists.",
    rule: "authentication/checked-too-late",
    note: "late",
    row: "unauthenticated",
    place: status,
    provokedBy: "no credential",
    ...onRow("unauthenticated", (_, { call }) => refusals.notFound({ resource: "course", id: call.path[2] ?? "", owner: undefined })),
  },
  {
    name: "validation-before-authentication",
    breaks: "A request without a credential is told what is wrong with its body.",
    rule: "authentication/checked-too-late",
    note: "late",
    row: "unauthenticated",
    place: status,
    provokedBy: "no credential, bad body",
    ...onRow("unauthenticated", () => refusals.invalid("malformed_body", "The body is not JSON.")),
  },
  {
    name: "anonymous-served",
    breaks: "A request without a credential is served.",
    rule: "authentication/anonymous-served",
    note: "served",
    row: "unauthenticated",
    place: status,
    provokedBy: "no credential",
    ...onRow("unauthenticated", (_, { call }) => success(200, { id: call.path[2] ?? "", title: "Algebra for evenings" })),
  },
];

function malformed(name: string, what: string, note: string, value: string): Fault {
  return {
    name: `challenge-${name}`,
    breaks: `The challenge ${what}.`,
    rule: "authentication/challenge-malformed",
    note,
    row: "unauthenticated",
    place: challenge,
    provokedBy: "no credential",
    ...setHeader("unauthenticated", "WWW-Authenticate", value),
  };
}
