import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const deep: Probe = {
  id: "body/deep",
  summary: "lists 200 deep that are never closed",
  needs: needsBody,
  *ask(asking) {
    const content = `{"envelint":${"[".repeat(200)}`;
    yield* askWith(asking, () => [{ purpose: "lists 200 deep, not closed", body: { content, mediaType: "application/json" } }]);
  },
};
