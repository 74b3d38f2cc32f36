import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const array: Probe = {
  id: "body/array",
  summary: "a list where an object belongs",
  needs: needsBody,
  *ask(asking) {
    const body = { content: "[]", mediaType: "application/json" };
    yield* askWith(asking, () => [{ purpose: "a list for an object", body }]);
  },
};
