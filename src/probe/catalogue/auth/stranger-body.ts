import type { Ask, Skip } from "../../ask.ts";
import type { PlannedRequest } from "../../plan/plan.ts";

export const undeclared: Skip = { skip: "the contract says nothing of authentication" };

/** Valid as JSON, and nothing to act on. */
export function emptyObjectFor({ method }: PlannedRequest): Pick<Ask, "body"> {
  return method === "DELETE" ? {} : { body: { content: "{}", mediaType: "application/json" } };
}
