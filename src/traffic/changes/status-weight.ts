/** Where the request itself is at fault: the same request gets the same answer, whatever state the server is in. */
const aboutRequest: ReadonlySet<number> = new Set([400, 402, 405, 406, 411, 413, 414, 415, 416, 417, 421, 422, 426, 428, 431, 501]);
const aboutState: ReadonlySet<number> = new Set([409, 412, 423, 424]);
const aboutMoment: ReadonlySet<number> = new Set([407, 408, 425, 429]);

/** What an answer depends on besides the request. `gateway`: on who stands in front of the API. `served`: it is no error. */
export type Weight = "request" | "resource" | "state" | "moment" | "gateway" | "served";

/** `credentialed`: the request showed who asks, so that a 401 says something of the credential. */
export function weighStatus(status: number, credentialed: boolean): Weight {
  if (status < 400) return "served";
  if (aboutRequest.has(status)) return "request";
  if (aboutState.has(status)) return "state";
  if (status >= 500 || aboutMoment.has(status) || (status === 401 && credentialed)) return "moment";
  return "resource";
}

/** Samples by which what varies with the moment is told from what was changed. */
export const severalSamples = 3;

/**
 * How many samples of each side it takes to say that the server was changed, where one status has taken the other's place. What depends on the
 * state that the server is in (a course that was launched, or deleted) is no change of the server, however often it is seen; nor is what depends
 * on ids in the query or body that only one side sent (`sameIds` false).
 */
export function samplesForStatus(before: Weight, after: Weight, sameIds: boolean): number {
  const both = [before, after];
  if (both.includes("moment") || both.includes("gateway")) return severalSamples;
  if (before === "resource" && after === "resource") return sameIds ? 1 : severalSamples;
  return both.includes("request") && sameIds ? 1 : Number.POSITIVE_INFINITY;
}

/** The same for answers of one status that differ in their type or code. */
export function samplesForMembers(weight: Weight, sameIds: boolean): number {
  return weight === "moment" || weight === "state" || !sameIds ? severalSamples : 1;
}
