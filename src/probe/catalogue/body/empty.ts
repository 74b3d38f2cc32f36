import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const empty: Probe = {
  id: "body/empty",
  summary: "nothing at all, said to be JSON",
  needs: needsBody,
  *ask(asking) {
    const body = { content: "", mediaType: "application/json" };
    yield* askWith(asking, () => [{ purpose: "no body", body }]);
  },
};
