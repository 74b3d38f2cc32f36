import type { Answer } from "./answer.ts";
import { generateArtifacts, listArtifacts, regenerateArtifacts } from "./artifacts.ts";
import type { Visit } from "./call.ts";
import { createCourse, deleteCourse, listCourses, readCourse, renameCourse } from "./courses.ts";
import { launchCourse } from "./launch.ts";
import { readPreset, renamePreset } from "./presets.ts";
import type { Course, Preset } from "./store.ts";

type Methods<Handler> = Readonly<Record<string, Handler>>;

/** What stands below `/v1` and belongs to nobody, by its path. */
export const openRoutes: Readonly<Record<string, Methods<(visit: Visit) => Answer>>> = {
  courses: { GET: listCourses, POST: createCourse },
};

/** What stands below `/v1/courses/{course_id}`. */
export const courseRoutes: Readonly<Record<string, Methods<(visit: Visit, course: Course) => Answer>>> = {
  "": { GET: readCourse, PATCH: renameCourse, DELETE: deleteCourse },
  launch: { POST: launchCourse },
  generate: { POST: generateArtifacts },
  artifacts: { GET: listArtifacts },
  "artifacts/regenerate": { POST: regenerateArtifacts },
};

/** What stands below `/v1/presets/{preset_id}`. */
export const presetRoutes: Readonly<Record<string, Methods<(visit: Visit, preset: Preset) => Answer>>> = {
  "": { GET: readPreset, PATCH: renamePreset },
};
