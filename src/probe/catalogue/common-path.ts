import type { PlannedRequest } from "../plan/plan.ts";

/** The segments that all paths of the plan begin with: `/v1`; none of them is a parameter, and no path ends with them. */
export function commonPath(requests: readonly Pick<PlannedRequest, "path">[]): string {
  const paths = requests.map(({ path }) => (path.split("?", 1)[0] ?? "").split("/").slice(1, -1));
  const [first = [], ...others] = paths;
  const isShared = (segment: string, index: number) => !segment.includes("{") && others.every((other) => other[index] === segment);
  const end = first.findIndex((segment, index) => !isShared(segment, index));
  const shared = end < 0 ? first : first.slice(0, end);
  return shared.map((segment) => `/${segment}`).join("");
}
