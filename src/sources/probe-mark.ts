import type { ProbeMark } from "../model/exchange.ts";

/**
 * Reads an entry's `_probe`: `{"probe": "mask/read", "level": 0, "live": true, "aims": ["course-not-found"],
 * "target": {"resource": "course", "is": "foreign"}, "group": "GET /v1/courses/{course_id}, plain", "pair": 3}`.
 * Anything else but null and false is a probe without a name; a member of another shape is left out.
 */
export function readProbeMark(value: unknown): ProbeMark | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  const { probe, live, level, aims, target, group, pair } = (typeof value === "object" ? value : {}) as Record<string, unknown>;
  const whose = readTarget(target);
  return {
    id: typeof probe === "string" ? probe : "",
    live: live === true,
    ...(typeof level === "number" && { level }),
    ...(Array.isArray(aims) && { aims: aims.filter((name): name is string => typeof name === "string") }),
    ...(whose && { target: whose }),
    ...(typeof group === "string" && { group }),
    ...(typeof pair === "number" && { pair }),
  };
}

function readTarget(value: unknown): ProbeMark["target"] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { resource, is } = value as Record<string, unknown>;
  if (typeof resource !== "string" || (is !== "own" && is !== "foreign" && is !== "missing")) return undefined;
  return { resource, is };
}
