import { type Contract, type ErrorAnswer, type Resource, rowsLeft } from "../../model/contract.ts";

/**
 * What the refusal of a masked resource amounts to:
 * `masked`: the answer the contract promises, or one that cannot be told from it;
 * `revealed`: a status that admits the resource exists (masking/existence-revealed tells it);
 * `before`: an answer that a server may give without looking at the resource: the request itself was at fault;
 * `passing`: not about the resource at all: authentication, limits, faults of the server, somebody in front of it;
 * `other`: an answer about the resource that is not the promised one.
 */
export type RefusalKind = "masked" | "revealed" | "before" | "passing" | "other";

/** Statuses that say something about the request, whatever it asks for. */
const aboutRequest: ReadonlySet<number> = new Set([400, 402, 405, 406, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 428, 431]);
const aboutMoment: ReadonlySet<number> = new Set([401, 407, 408, 425, 429]);

/** `resources`: the masked resources the request names. */
export function refusalKind(contract: Contract, answer: ErrorAnswer, resources: readonly Resource[]): RefusalKind {
  if (answer.gateway !== undefined) return "passing";
  if (answer.reveals !== undefined) return "revealed";
  const { status } = answer.exchange.response;
  if (status < 400 || status >= 500 || aboutMoment.has(status)) return "passing";
  const answers = resources.map(({ masking }) => masking.answer);
  const rows = answer.meetings.flatMap(rowsLeft);
  if (rows.some((row) => answers.includes(row))) return "masked";
  const { missing, invalid } = contract.authentication;
  if (rows.some((row) => row === missing || row === invalid)) return "passing";
  if (aboutRequest.has(status) || contract.masking.some(({ answer: row }) => rows.includes(row))) return "before";
  // The status is right and the body is not: pairing tells what is wrong with it.
  if (rows.length === 0 && answers.some((row) => row.status.has(status))) return "masked";
  return "other";
}
