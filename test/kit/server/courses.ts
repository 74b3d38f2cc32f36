import type { JsonObject } from "../../../src/model/json.ts";
import { type Answer, Refused, success } from "./answer.ts";
import { readBody, readOptionalText, readText } from "./body.ts";
import type { Visit } from "./call.ts";
import { refusals } from "./refusals.ts";
import { type Course, crashingCourse } from "./store.ts";

/** A course as its owner sees it. */
export function showCourse({ id, title, preset, state }: Course): JsonObject {
  return { id, title, preset_id: preset, state };
}

export function listCourses({ account, store }: Visit): Answer {
  return success(200, { data: [...store.courses.values()].filter(({ owner }) => owner === account).map(showCourse) });
}

export function createCourse({ call, account, store }: Visit): Answer {
  const body = readBody(call);
  const title = readText(body, "title");
  const id = readText(body, "preset_id");
  const preset = store.presets.get(id);
  if (preset?.owner !== account) throw new Refused(refusals.notFound({ resource: "preset", id, owner: preset?.owner }));
  const course: Course = { id: store.nextId("crs"), owner: account, title, preset: id, state: "draft", notes: [] };
  store.courses.set(course.id, course);
  return success(201, showCourse(course), [["Location", `/v1/courses/${course.id}`]]);
}

export function readCourse(_: Visit, course: Course): Answer {
  if (course.id === crashingCourse) throw new Error("the seeded crash");
  return success(200, showCourse(course));
}

export function renameCourse({ call }: Visit, course: Course): Answer {
  const title = readOptionalText(readBody(call), "title");
  if (course.state !== "draft") throw new Refused(refusals.conflict("course_not_editable", "A launched course can no longer be edited."));
  course.title = title ?? course.title;
  return success(200, showCourse(course));
}

export function deleteCourse({ store }: Visit, course: Course): Answer {
  store.courses.delete(course.id);
  return success(204);
}
