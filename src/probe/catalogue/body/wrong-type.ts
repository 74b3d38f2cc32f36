import type { Probe } from "../../probe.ts";
import { askWith, needsBody, wrongTypes } from "./ask-with.ts";

export const wrongMediaType: Probe = {
  id: "body/wrong-type",
  summary: "a body with another Content-Type than the operation's, and with none; its members are of wrong types, too",
  needs: needsBody,
  *ask(asking) {
    yield* askWith(
      asking,
      (valid) => {
        const content = JSON.stringify(wrongTypes(valid));
        const xml = { purpose: "XML", body: { content: "<envelint/>", mediaType: "application/xml" } };
        return [
          { purpose: "JSON as text/plain", body: { content, mediaType: "text/plain" } },
          { purpose: "JSON without a Content-Type", body: { content, mediaType: undefined } },
          ...(asking.depth === "plain" ? [] : [xml]),
        ];
      },
      415,
    );
  },
};
