import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const nullBody: Probe = {
  id: "body/null",
  summary: "null where an object belongs",
  needs: needsBody,
  *ask(asking) {
    const body = { content: "null", mediaType: "application/json" };
    yield* askWith(asking, () => [{ purpose: "null for an object", body }]);
  },
};
