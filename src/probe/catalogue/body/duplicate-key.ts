import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const duplicateKey: Probe = {
  id: "body/duplicate-key",
  summary: "an object that names its members twice, each with a value of a wrong type",
  needs: needsBody,
  *ask(asking) {
    yield* askWith(asking, ({ wrong }) => {
      const members = JSON.stringify(wrong()).slice(1, -1);
      const body = { content: `{${members},${members}}`, mediaType: "application/json" };
      return [{ purpose: "each member twice, of a wrong type", body }];
    });
  },
};
