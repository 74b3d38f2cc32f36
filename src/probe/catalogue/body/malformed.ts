import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const malformed: Probe = {
  id: "body/malformed",
  summary: "JSON that breaks off",
  needs: needsBody,
  *ask(asking) {
    const body = { content: '{"envelint":', mediaType: "application/json" };
    yield* askWith(asking, () => [{ purpose: "JSON that breaks off", body }]);
  },
};
