import { type Contract, type ErrorAnswer, type Row, rowsLeft } from "../../model/contract.ts";
import { listed, quoted } from "../../syntax/wording.ts";
import { isForeignVoice } from "../duty.ts";
import { objectsOf } from "../error-body.ts";
import type { Stranger } from "./stranger.ts";

/**
 * What an error is to a stranger:
 * `promised`: an answer that the contract has for one, or its status with a body that other rules judge;
 * `passing`: given before anybody looks at credentials: limits, the form of the message, faults of the server, somebody in front of it;
 * `late`: it says something of the resource or of the request's content;
 * `other`: about the caller, and not as promised.
 */
export type StrangerAnswer = "promised" | "passing" | "late" | "other";

/** Statuses that speak of the resource, its state, or what the request says of it. */
const aboutRequest: ReadonlySet<number> = new Set([400, 404, 409, 410, 412, 422, 428]);

export function strangerAnswer(contract: Contract, answer: ErrorAnswer, answers: Stranger["answers"]): StrangerAnswer {
  const { status } = answer.exchange.response;
  const rows = answer.meetings.flatMap(rowsLeft);
  if (rows.some((row) => answers.includes(row))) return "promised";
  if (rows.length === 0 && answers.some((row) => row.status.has(status))) return "promised";
  if (isForeignVoice(answer) || rows.some(isLimit)) return "passing";
  if (status === 401 || status === 403) return "other";
  if (!aboutRequest.has(status)) return "passing";
  if (speaksOfCaller(answer)) return "other";
  return status === 404 && !isOfResource(contract, answer) ? "passing" : "late";
}

/** For people: `404 course-not-found`, `403 "forbidden"`, `400`. */
export function namedAnswer(answer: ErrorAnswer): string {
  const { status } = answer.exchange.response;
  const [row] = metRows(answer);
  if (row !== undefined) return `${status} ${row.name}`;
  const [object] = objectsOf(answer);
  const code = object?.role("code")?.value ?? object?.role("type")?.value;
  return code === undefined ? String(status) : `${status} ${quoted(code)}`;
}

/** For people, each row once: `401 bad-key or 401 no-key`; `401` where the contract names no row. */
export function expectedOf(answers: Stranger["answers"]): string {
  return answers.length === 0 ? "401" : listed(answers.map((row) => `${row.status.text} ${row.name}`));
}

function isLimit({ retry, retryAfter }: Row): boolean {
  return retry === "retry-after" || retryAfter.presence === "required";
}

const callerWords =
  /unauth|authenticat|authori[sz]ation|credential|api[ _-]?key|access[ _-]?token|bearer|(?:log|sign)(?:ged|ed)?[ _-]?in\b/i;

function speaksOfCaller(answer: ErrorAnswer): boolean {
  return objectsOf(answer).some((object) =>
    (["type", "code", "param", "message"] as const).some((role) => callerWords.test(quoted(object.role(role)?.value, 500))),
  );
}

/** Or is it the router's, who has no such address and asks nobody who he is? */
function isOfResource(contract: Contract, answer: ErrorAnswer): boolean {
  const rows = metRows(answer);
  if (contract.masking.some((masking) => rows.includes(masking.answer))) return true;
  const [operation] = contract.operationsOf(answer.exchange.request);
  return rows.length > 0 && operation?.templates.every((template) => !/^\*|\*\*\/?$/.test(template)) === true;
}

function metRows({ meetings }: ErrorAnswer): Row[] {
  return meetings.flatMap((meeting) => (meeting.kind === "met" ? meeting.row : []));
}
