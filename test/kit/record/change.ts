import type { Session, Step } from "./session.ts";

/** What a test run asks of a server, the same before and after it was changed; each step's comment names its scenario. */
const scenarios: readonly Step[] = [
  { as: "anonymous", method: "GET", path: "/v1/courses", comment: "list courses without a credential" },
  { as: "alice", method: "GET", path: "/v1/courses/crs_nowhere1", comment: "read a course that is not there" },
  { as: "bob", method: "GET", path: "/v1/courses/crs_algebra1", comment: "read a course of another account" },
  { as: "alice", method: "GET", path: "/v1/presets/pre_anywhere", comment: "read a preset that is not there" },
  { as: "alice", method: "POST", path: "/v1/courses", json: { preset_id: "pre_evenings" }, comment: "create a course without a title" },
  { as: "alice", method: "POST", path: "/v1/courses/crs_algebra1/launch", comment: "launch without a key", probe: "launch-without-key" },
];

/** The changes of the server that break clients. */
export const breakingChanges: readonly string[] = ["course-admitted", "retry-after-missing"];

/** The scenarios, and then the rate limit. */
export async function playScenarios({ server, send, wait }: Session): Promise<void> {
  for (const step of scenarios) await send(step);
  server.spend("alice", 60);
  wait(11);
  await send({ as: "alice", method: "GET", path: "/v1/courses", comment: "list courses at the limit" });
}
