import { type Answer, Refused, success } from "./answer.ts";
import { readBody, readOptionalText } from "./body.ts";
import type { Visit } from "./call.ts";
import { showCourse } from "./courses.ts";
import { refusals } from "./refusals.ts";
import type { Course, KeyUse } from "./store.ts";

const longestKey = 255;
/** Milliseconds that a launch is at work. */
const atWork = 5;

/** Launches a course once. Repeated with its key, it answers with the existing course. */
export function launchCourse(visit: Visit, course: Course): Answer {
  const { store, policy } = visit;
  const key = readKey(visit);
  const audience = readOptionalText(readBody(visit.call), "audience");
  const request = JSON.stringify([course.id, audience ?? null]);
  const slot = policy.keysPerAccount ? JSON.stringify([visit.account, key]) : (key ?? "");
  const used = key === undefined ? undefined : store.keys.get(slot);
  const stranger = !policy.keysPerAccount && used !== undefined && store.courses.get(used.course)?.owner !== visit.account;
  if (used !== undefined && (stranger || used.request === request)) return replay(visit, used);
  if (used !== undefined && !policy.keyReuse) {
    throw new Refused(refusals.conflict("idempotency_key_reused", "This Idempotency-Key was used for another launch."));
  }
  if (course.state !== "draft") throw new Refused(refusals.alreadyLaunched());
  course.state = "launched";
  if (key !== undefined) store.keys.set(slot, { request, course: course.id, at: visit.now });
  return success(200, showCourse(course));
}

function readKey({ call, policy }: Visit): string | undefined {
  const header = call.headers["idempotency-key"];
  const key = typeof header === "string" && header.trim() !== "" ? header : undefined;
  if (key === undefined && policy.keyRequired) throw new Refused(refusals.keyRequired());
  if (key !== undefined && key.length > longestKey) {
    if (policy.longKey === "crash") throw new Error("value too long for type character varying(255)");
    throw new Refused(
      refusals.invalid("idempotency_key_too_long", `An Idempotency-Key has at most ${longestKey} characters.`, "Idempotency-Key"),
    );
  }
  return key;
}

function replay({ store, policy, now }: Visit, used: KeyUse): Answer {
  const course = store.courses.get(used.course);
  const way = now - used.at < atWork && policy.inFlight !== "wait" ? policy.inFlight : policy.replay;
  if (way === "crash") throw new Error("duplicate key value violates unique constraint");
  if (course === undefined || way === "conflict") throw new Refused(refusals.alreadyLaunched());
  if (way === "existing") return success(200, showCourse(course), policy.replayMarked ? [["Idempotent-Replayed", "true"]] : []);
  const copy: Course = { ...course, id: store.nextId("crs"), notes: [] };
  store.courses.set(copy.id, copy);
  return success(200, showCourse(copy));
}
