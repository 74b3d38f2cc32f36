import { type Answer, Refused, success } from "./answer.ts";
import { readBody, readText } from "./body.ts";
import type { Visit } from "./call.ts";
import { showCourse } from "./courses.ts";
import { refusals } from "./refusals.ts";
import type { Course } from "./store.ts";

/** Makes a launched course's artifacts, out of the month's generations. */
export function generateArtifacts({ account, store, caps }: Visit, course: Course): Answer {
  if (course.state === "draft") throw new Refused(refusals.conflict("course_not_launched", "Launch the course first."));
  const used = store.generations.get(account) ?? 0;
  if (used >= caps.generations) throw new Refused(refusals.quotaExceeded());
  store.generations.set(account, used + 1);
  course.state = "generated";
  return success(202, showCourse(course));
}

export function listArtifacts(_: Visit, course: Course): Answer {
  const names = course.state === "generated" ? ["outline", "slides"] : [];
  return success(200, { data: names.map((name) => ({ id: `art_${name}_${course.id}`, name })) });
}

/** Makes the artifacts again, after a note. The note is kept even where the cap is reached. */
export function regenerateArtifacts({ call, account, store, caps }: Visit, course: Course): Answer {
  const note = readText(readBody(call), "note");
  if (course.state !== "generated") throw new Refused(refusals.conflict("nothing_to_regenerate", "The course has no artifacts yet."));
  course.notes.push(note);
  const used = store.regenerations.get(account) ?? 0;
  if (used >= caps.regenerations) throw new Refused(refusals.regenCapReached());
  store.regenerations.set(account, used + 1);
  return success(202, showCourse(course));
}
